"""The rules about filings: who may, what a form says, what follows what, what is granted."""
