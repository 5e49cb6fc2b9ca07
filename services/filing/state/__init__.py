"""What the decisions about filings read: a filed class, and what is known beside it."""
