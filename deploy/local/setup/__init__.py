"""Set-up: from a bare Python to everything that one machine needs."""
