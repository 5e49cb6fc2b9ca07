"""Cases of identity."""
