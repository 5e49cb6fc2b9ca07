"""The bounded contexts. None imports another: they meet through events."""
