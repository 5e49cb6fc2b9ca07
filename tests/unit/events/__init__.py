"""The public language's own parts."""
