"""Who recognised a course: its bureau, whoever handed the exam in or ended it."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from libs.events import exams
from libs.events.envelope import Actor, Recorded, Role
from libs.events.event import Event
from libs.events.hours import HoursRecognised, HoursRevoked
from libs.events.values import HalfDay, Hours
from services.hours.commands import CreditCourse, RevokeEntry
from services.hours.reactions import FollowExams
from tests.unit.hours.desk import DECEMBER, LEARNER, UNIT, VERSION, YEAR, hours, id_of

BUREAU = id_of("自治区人力资源社会保障厅")
STUDY = {"person_id": LEARNER, "year": YEAR, "course_id": id_of("theme")}
RECOGNISED = exams.CourseRecognised(
    **STUDY,
    entry_id=id_of("entry"),
    category="public.required",
    rule="course.required",
    hours=Hours.of(15),
    title="公需科目",
    began=HalfDay.parse("2024-11-11/am"),
    ended=HalfDay.parse("2024-11-13/pm"),
    by_unit_id=BUREAU,
    pack=VERSION,
)
ANNULLED = exams.CourseRecognitionWithdrawn(**STUDY, entry_id=id_of("entry"), by_unit_id=BUREAU)
HANDED_IN_BY = {
    "the learner, whose session is of the employer": Actor(LEARNER, Role.LEARNER, UNIT),
    "the learner": Actor(LEARNER, Role.LEARNER),
    "the timer of exams": Actor(id_of("exams"), Role.SERVICE),
}


def followed(told: Sequence[Event], by: Actor) -> list[UUID]:
    """Who recognised and who revoked, by the ledger."""
    case = hours
    for command in FollowExams().commands([recorded(n, e, by) for n, e in enumerate(told, 1)], []):
        assert isinstance(command, CreditCourse | RevokeEntry)
        case = case.when(command)
    return [e.by_unit_id for e in case.history if isinstance(e, HoursRecognised | HoursRevoked)]


def recorded(position: int, event: Event, by: Actor) -> Recorded[Event]:
    """As it came over the broker."""
    return Recorded(position, id_of(f"event {position}"), event, DECEMBER, by, id_of("click"))


@pytest.mark.parametrize("by", HANDED_IN_BY.values(), ids=HANDED_IN_BY)
def test_the_bureau_that_offers_the_course_has_recognised_it(by: Actor) -> None:
    assert followed([RECOGNISED], by) == [BUREAU]
    assert followed([RECOGNISED, ANNULLED], by) == [BUREAU, BUREAU]
