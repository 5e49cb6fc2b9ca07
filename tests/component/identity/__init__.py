"""identity on a real database, through its HTTP API."""
