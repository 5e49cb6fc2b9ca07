"""What the decisions about hours read: a person's year, a grant, and what is known beside them."""
