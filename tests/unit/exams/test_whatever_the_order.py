"""Whatever is asked in whatever order and however often: nothing is given twice."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from libs.decider import Refused
from libs.events import exams as events
from services.exams import commands
from services.exams.decider.study import DECIDER
from services.exams.state.study import AttemptState, StudyEvent, StudyYear
from tests.unit.exams.desk import (
    AS_LEARNER,
    COURSES,
    DECEMBER,
    DESK,
    ELECTIVES,
    FACTS,
    HOUR,
    PACK,
    PAPER,
    PROVINCE,
    YEAR,
    about,
    envelope,
    id_of,
)

Ask = tuple[type[commands.StudiesCommand], dict[str, Any], timedelta]
NAMES = ("theme", *ELECTIVES)
ATTEMPTS = [id_of(f"attempt {n}") for n in range(8)]
minutes = st.integers(0, 90).map(lambda n: timedelta(minutes=n))


@st.composite
def asked(draw: st.DrawFn) -> Ask:
    """One thing that somebody asks, some minutes after the last."""
    course = draw(st.sampled_from(["theme"] * 6 + list(ELECTIVES)))
    words: dict[str, Any] = about(course)
    number = draw(st.sampled_from(ATTEMPTS))
    score = draw(st.sampled_from([0, 59, 60, 100]))
    lesson = draw(st.sampled_from(FACTS.courses[id_of(course)].lessons))
    extra: dict[Any, dict[str, Any]] = {
        commands.Enrol: {},
        commands.CompleteLesson: {"lesson_id": lesson},
        commands.AskRecognition: {},
        commands.StartAttempt: {"attempt_id": number, "paper": PAPER},
        commands.SubmitAnswers: {"attempt_id": number, "answers": {}, "score": score},
        commands.EndAttempt: {"attempt_id": number, "score": score},
        commands.AnnulResult: {"attempt_id": number, "reason": "替考", "reason_digest": "0" * 64},
        commands.PrepareMakeUp: {"note": "", "note_digest": None},
        commands.OpenMakeUp: {},
    }
    kind = draw(st.sampled_from([*extra, commands.StartAttempt, commands.SubmitAnswers]))
    return kind, words | extra[kind], draw(minutes)


ACTORS = {
    commands.EndAttempt: commands.EXAMS,
    commands.AnnulResult: PROVINCE,
    commands.OpenMakeUp: PROVINCE,
    commands.PrepareMakeUp: DESK,
}


def played(
    asks: list[Ask],
) -> tuple[StudyYear, list[StudyEvent]]:
    """The year after all of it; what is refused changes nothing. The learner has studied."""
    log: list[StudyEvent] = []
    state, now = StudyYear(), DECEMBER
    studied: list[Ask] = [(commands.Enrol, about(name), timedelta()) for name in NAMES] + [
        (commands.CompleteLesson, {**about(c.title), "lesson_id": lesson}, timedelta())
        for c in COURSES
        if c.year == YEAR and c.title != ELECTIVES[0]
        for lesson in c.lessons
    ]
    for kind, words, later in [*studied, *asks]:
        now += later
        command = kind(envelope=envelope(ACTORS.get(kind, AS_LEARNER), now), **words)
        try:
            found = DECIDER.decide(command, state, FACTS)
        except Refused:
            continue
        state = DECIDER.fold(found, state)
        log += found
    return state, log


@settings(max_examples=300, deadline=None)
@given(st.lists(asked(), max_size=40))
def test_nothing_is_given_twice_and_no_attempt_is_left_over(
    asks: list[Ask],
) -> None:
    state, log = played(asks)
    entries = Counter(e.entry_id for e in log if isinstance(e, events.CourseRecognised))
    assert set(entries.values()) <= {1}
    assert set(Counter(r.category for r in state.recognised.values()).values()) <= {1}
    opened = sum(e.attempts for e in log if isinstance(e, events.MakeUpOpened))
    begun = [e for e in log if isinstance(e, events.ExamAttemptStarted)]
    assert len(begun) <= PACK.exam.attempts.value + opened
    assert [e.number for e in begun] == list(range(1, len(begun) + 1))
    ends: Counter[UUID] = Counter(
        e.attempt_id
        for e in log
        if isinstance(e, events.ExamAttemptPassed | events.ExamAttemptFailed)
    )
    assert set(ends.values()) <= {1}
    is_open = [a for a in state.attempts.values() if a.state is AttemptState.OPEN]
    assert len(is_open) <= 1
    has_required = any(r.category == "public.required" for r in state.recognised.values())
    assert has_required == state.passed(id_of("theme"))


def test_the_worst_case_is_among_what_is_tried() -> None:
    """The rules let a whole year through: else the property would hold of nothing."""
    start = {**about("theme"), "paper": PAPER}
    asks: list[Ask] = []
    for attempt in ATTEMPTS[:3]:
        asks.append((commands.StartAttempt, {**start, "attempt_id": attempt}, HOUR))
        words = {**about("theme"), "attempt_id": attempt, "answers": {}, "score": 59}
        asks.append((commands.SubmitAnswers, words, timedelta()))
    asks.append((commands.OpenMakeUp, about("theme"), timedelta()))
    asks.append((commands.StartAttempt, {**start, "attempt_id": ATTEMPTS[3]}, timedelta()))
    state, _ = played(asks)
    assert len(state.attempts) == 4
