"""Courses and exams over HTTP, on a real database."""
