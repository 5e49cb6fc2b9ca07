"""The rules about courses, study, exams and make-ups: small functions in lists."""
