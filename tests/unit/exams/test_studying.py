"""学习课程: who studies what, until when, and what it earns."""

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from libs.decider import Rule, refusals
from libs.events import exams as events
from libs.events.values import Hours
from libs.policy import NO_PACK, Says
from services.exams.rules import actors, known, studying
from services.exams.state.known import ExamsFacts, Place
from tests.unit.exams.desk import (
    AS_LEARNER,
    ELECTIVES,
    FACTS,
    HERSELF_AT_THE_PROVINCE,
    LAST_MINUTE,
    LEARNER,
    NEW_YEAR,
    PACK,
    PROVINCE,
    UNIT,
    all_of,
    ask,
    closed,
    complete,
    completed,
    enrol,
    enrolled,
    exams,
    extended,
    id_of,
    learnt,
    lesson_of,
    passed,
    start,
    submit,
)


def in_the_words_of(says: Says) -> Rule:
    """The refusal that the notice itself states."""
    return PACK.refusal(says, remedy="")


def test_a_learner_takes_up_a_course_once() -> None:
    first = exams.when(enrol()).then_types(events.CourseEnrolled)
    first.when(enrol()).then()


def test_the_last_lesson_completes_the_course() -> None:
    (
        exams.given(enrolled())
        .when(complete(number=1))
        .then(learnt(number=1))
        .when(complete(number=2))
        .then(learnt(number=2), completed())
        .when(complete(number=2))
        .then()
    )


def test_no_lesson_of_a_course_that_was_not_taken_up() -> None:
    exams.when(complete()).refused(studying.NOT_ENROLLED)


def test_who_can_t_enrol_any_more_is_told_so_and_not_to_enrol() -> None:
    for late in (complete(at=NEW_YEAR), start(at=NEW_YEAR)):
        exams.when(late).refused(in_the_words_of(Says.EXAM_WINDOW))
    exams.knowing(closed("theme")).when(complete()).refused(studying.COURSE_CLOSED)


def test_no_lesson_of_another_course() -> None:
    command = complete().model_copy(update={"lesson_id": lesson_of("safety")})
    exams.given(enrolled()).when(command).refused(studying.NO_LESSON)


def test_nobody_studies_for_another() -> None:
    for actor in (PROVINCE, HERSELF_AT_THE_PROVINCE, replace(AS_LEARNER, id=UNIT)):
        exams.when(enrol(by=actor)).refused(actors.STUDIES_ONESELF)


def test_the_last_day_counts_and_the_next_does_not() -> None:
    exams.when(enrol(at=LAST_MINUTE)).then_types(events.CourseEnrolled)
    refused = exams.when(enrol(at=NEW_YEAR)).refused(in_the_words_of(Says.EXAM_WINDOW))
    assert isinstance(refused.outcome, Rule)
    assert "2024年12月31日前" in refused.outcome.text
    assert str(refused.outcome.source) == "2024年度学习通知 二（三）"
    assert "截止 2024年12月31日" in refused.outcome.detail
    assert refused.outcome.remedy == studying.AFTERWARDS
    exams.given(enrolled()).when(complete(at=NEW_YEAR)).refused(in_the_words_of(Says.EXAM_WINDOW))


def test_a_longer_period_is_for_everybody_or_for_one_unit() -> None:
    later = date(2025, 1, 10)
    for unit in (None, UNIT):
        here = exams.knowing(extended(later, unit))
        here.when(enrol(at=NEW_YEAR)).then_types(events.CourseEnrolled)
    elsewhere = exams.knowing(extended(later, id_of("another unit")))
    elsewhere.when(enrol(at=NEW_YEAR)).refused(in_the_words_of(Says.EXAM_WINDOW))


def test_what_is_closed_is_not_taken_up_but_finished() -> None:
    here = exams.knowing(closed("theme"))
    here.when(enrol()).refused(studying.COURSE_CLOSED)
    here.given(enrolled()).when(complete()).then(learnt())


def test_the_course_of_another_province() -> None:
    moved = replace(FACTS, people={LEARNER: Place(UNIT, "CN-GD")})
    exams.knowing(moved).when(enrol()).refused(studying.OTHER_JURISDICTION)


def test_what_is_not_heard_of_yet_is_not_refused_for_good() -> None:
    nobody = ExamsFacts(laws=FACTS.laws, courses=FACTS.courses)
    lawless = ExamsFacts(people=FACTS.people, courses=FACTS.courses)
    for facts, rule in ((nobody, known.NO_PERSON), (lawless, NO_PACK)):
        exams.knowing(facts).when(enrol()).refused(rule)
        exams.knowing(replace(facts, heard=None)).when(enrol()).refused(refusals.BEHIND)
    exams.knowing(replace(FACTS, courses={})).when(enrol()).refused(known.NO_COURSE)


def test_electives_end_with_the_required_course_in_our_own_words() -> None:
    late = exams.when(enrol(ELECTIVES[0], at=NEW_YEAR)).refused(studying.ELECTIVES_OVER)
    assert isinstance(late.outcome, Rule)
    assert late.outcome.source.document == "平台约定"
    assert "截止 2024年12月31日" in late.outcome.detail
    assert late.outcome.remedy == studying.AFTERWARDS


def test_electives_are_all_or_nothing() -> None:
    four = [event for name in ELECTIVES[:4] for event in all_of(name)]
    fifth = ELECTIVES[4]
    case = exams.given(*four, enrolled(fifth)).when(complete(fifth))
    case.then_types(events.LessonCompleted, events.CourseCompleted, events.CourseRecognised)
    (entry,) = case.state.recognised.values()
    assert (entry.hours, entry.category) == (Hours.of(10), "public.elective")
    year = uuid5(NAMESPACE_URL, "electives:CN-GX:2024")
    assert entry.entry_id == uuid5(year, str(LEARNER))
    case.when(complete(fifth)).then()
    case.when(ask(fifth)).then()
    exams.given(*four).when(ask(ELECTIVES[0])).then()


def test_a_sixth_elective_takes_nothing_away_and_gives_nothing_more() -> None:
    five = [event for name in ELECTIVES for event in all_of(name)]
    done = exams.given(*five).when(ask("unity")).then_types(events.CourseRecognised)
    sixth = replace(FACTS.courses[id_of("unity")], course_id=id_of("a sixth"))
    more = replace(FACTS, courses={**FACTS.courses, sixth.course_id: sixth})
    done.knowing(more).when(ask("unity")).then()
    exams.given(*five).knowing(more).when(ask("unity")).then()


def test_who_lacks_only_what_was_closed_has_the_hours_when_asking() -> None:
    four = [event for name in ELECTIVES[:4] for event in all_of(name)]
    here = exams.knowing(closed(ELECTIVES[4])).given(*four)
    here.when(ask(ELECTIVES[0])).then_types(events.CourseRecognised)


def test_the_course_alone_earns_nothing_where_the_exam_is_asked_for() -> None:
    case = exams.given(*all_of()).when(ask("theme")).then()
    case = case.when(start()).when(submit(score=60))
    case.then_types(events.ExamAttemptPassed, events.CourseRecognised)
    (entry,) = case.state.recognised.values()
    assert entry.entry_id == uuid5(id_of("theme"), str(LEARNER))
    assert (entry.hours, entry.category) == (Hours.of(15), "public.required")
    assert case.history[-2] == passed()
