"""What people hand in and are handed: files, sheets, papers, and the characters on them."""
