"""The decisions about courses and about people's years of study."""
