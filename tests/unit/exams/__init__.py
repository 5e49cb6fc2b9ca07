"""Cases at the counter about courses and exams."""
