"""Cases at the counter about packs."""
