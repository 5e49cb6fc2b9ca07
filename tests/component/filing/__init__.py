"""Filing over HTTP, on a real database."""
