"""What services promise one another: the public language, and who may import whom."""
