"""公需科目: the province's courses, their lessons and exams, and the hours that they earn.

A learner enrols, completes the lessons, and sits the exam of the required course; papers are
drawn and scored by the server, and an attempt ends by itself at its time limit. What is earned
enters the ledger of hours by CourseRecognised and leaves it by CourseRecognitionWithdrawn.
"""
