"""Cases at the counter about certificates."""
