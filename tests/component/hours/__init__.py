"""Hours over HTTP, on a real database."""
