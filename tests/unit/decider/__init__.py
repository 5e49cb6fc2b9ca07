"""The pure core, by cases that can fail."""
