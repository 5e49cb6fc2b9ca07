"""Cases at the counter about hours."""
