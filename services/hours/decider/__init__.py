"""The decisions about hours: of a person's year, and of a class's grant."""
