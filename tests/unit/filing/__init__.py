"""Cases at the counter about filings."""
