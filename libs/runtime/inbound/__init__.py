"""What arrives: carried here, taken once and in order, or set aside."""
