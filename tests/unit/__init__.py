"""Decisions and other pure things."""
