"""The HTTP API of exams."""

from services.exams.api import courses, deciding, lists, sitting, studying

ROUTERS = (courses.router, studying.router, sitting.router, deciding.router, lists.router)
