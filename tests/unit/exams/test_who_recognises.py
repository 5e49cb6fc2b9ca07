"""Who recognises a course's hours: the bureau that offers it, whoever ends the attempt."""

from dataclasses import replace

from libs.decider import Scenario, refusals
from libs.events import exams as events
from libs.events.envelope import Actor
from libs.events.exams import CourseKind
from services.exams import commands
from services.exams.decider import course
from tests.unit.exams.desk import (
    AS_LEARNER,
    BUREAU,
    ELECTIVES,
    FACTS,
    LEARNER,
    PROVINCE,
    YEAR,
    all_of,
    annul,
    begun,
    complete,
    completed,
    end,
    enrolled,
    envelope,
    exams,
    id_of,
    learnt,
    passed,
    recognised,
    submit,
)

in_exam = exams.given(*all_of(), begun())
courses = Scenario(course.DECIDER, FACTS, lambda facts, events: facts.after(events))
NOWHERE = replace(PROVINCE, unit_id=None)
WHOEVER_ENDS_IT = {LEARNER, AS_LEARNER.unit_id, commands.EXAMS.id}


def test_the_learner_hands_in_and_the_bureau_recognises() -> None:
    assert BUREAU not in WHOEVER_ENDS_IT
    in_exam.when(submit()).then(passed(), recognised(by_unit_id=BUREAU))


def test_the_time_ends_it_and_the_bureau_recognises() -> None:
    in_exam.when(end(score=60)).then(passed(), recognised(by_unit_id=BUREAU))


def test_the_last_elective_is_learnt_and_the_bureau_recognises() -> None:
    *before, last = ELECTIVES
    case = exams.given(*(e for name in before for e in all_of(name)), enrolled(last))
    given = case.when(complete(last)).outcome
    assert isinstance(given, tuple)
    assert given[:2] == (learnt(last), completed(last))
    assert [getattr(event, "by_unit_id", None) for event in given] == [None, None, BUREAU]


def publish(by: Actor = PROVINCE) -> commands.PublishCourse:
    """An elective of the year."""
    lesson = commands.Lesson(lesson_id=id_of("a lesson"), title="一", link="/1", minutes=45)
    return commands.PublishCourse(
        envelope=envelope(by),
        course_id=id_of("a sixth"),
        jurisdiction="CN-GX",
        year=YEAR,
        kind=CourseKind.ELECTIVE,
        title="第六门",
        lessons=(lesson,),
        materials=(),
        questions=(),
        bank_digest="0" * 64,
        paper_size=0,
    )


def test_a_course_is_offered_by_the_official_s_bureau() -> None:
    case = courses.when(publish())
    case.then_types(events.CoursePublished)
    assert case.facts.courses[id_of("a sixth")].by_unit_id == BUREAU


def test_an_official_of_no_bureau_decides_nothing() -> None:
    courses.when(publish(NOWHERE)).refused(refusals.ROLE_NOT_ALLOWED)
    in_exam.when(submit()).when(annul(by=NOWHERE)).refused(refusals.ROLE_NOT_ALLOWED)
