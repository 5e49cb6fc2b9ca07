"""公需科目: the required course and its exam, the electives, and the make-up of earlier years."""

from typing import Literal

from pydantic import PositiveInt

from libs.events.values import CategoryCode
from libs.policy.figures import Figure, Quantity, Sourced, Strict, Text, Word
from libs.policy.windows import Window


class RequiredCourse(Strict):
    """必修课: the year's theme and the hours for it."""

    rule: Word
    theme: Figure[Text]
    hours: Figure[Quantity]
    grant_on: Figure[Literal["course_and_exam", "course"]]


class Electives(Strict):
    """选修课: topics to choose from, and the hours for them."""

    rule: Word
    topics: Figure[tuple[Text, ...]]
    hours: Figure[Quantity]
    grant: Figure[Literal["all_or_nothing", "per_course"]]


class PublicSubjects(Strict):
    """公需科目, organised by the province; no claim is needed. `study`: the training period."""

    required: RequiredCourse
    elective: Electives
    study: Window
    platform: Figure[Text]


class Exam(Strict):
    """公需科目考试: marks of 100, attempts, minutes an attempt lasts, what a make-up opens."""

    pass_mark: Figure[PositiveInt]
    attempts: Figure[PositiveInt]
    minutes: Figure[PositiveInt]
    make_up_attempts: Figure[PositiveInt]

    def passes(self, score: int) -> bool:
        """考试成绩: whether this many marks pass."""
        return score >= self.pass_mark.value


class MakeUp(Sourced):
    """补学补考 of an earlier year's public subjects, credited to that year.

    `hours` is absent where that year's own notice is not known: the bureau states them.
    """

    of_year: int
    credited_year: int
    categories: tuple[CategoryCode, ...]
    grant_on: Literal["course_and_exam", "course"]
    window: Window
    hours: Quantity | None = None
