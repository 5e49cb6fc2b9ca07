"""What has happened to courses and in people's years, and what is known beside them."""
