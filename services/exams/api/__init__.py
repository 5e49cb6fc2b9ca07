"""The HTTP API of exams."""

from services.exams.api import courses, deciding, lists, publishing, sitting, studying

ROUTERS = tuple(part.router for part in (publishing, courses, studying, sitting, deciding, lists))
