"""The decisions about one person's year of public subjects (公需科目学习与考试)."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from typing import Any, assert_never

from libs.decider import Decider, Refused, keep
from libs.events import exams as events
from libs.policy import china_half_day
from services.exams.commands import (
    AnnulResult,
    AskRecognition,
    CompleteLesson,
    DeclineMakeUp,
    EndAttempt,
    Enrol,
    OpenMakeUp,
    PrepareMakeUp,
    SaveAnswers,
    StartAttempt,
    StudiesCommand,
    SubmitAnswers,
)
from services.exams.rules import actors, earning, examining, known, making_up, studying
from services.exams.rules.known import course_of, terms_of
from services.exams.state.known import ExamsFacts
from services.exams.state.study import (
    AttemptState,
    MakeUpState,
    StudyEvent,
    StudyYear,
    evolve,
)

_ONESELF = (actors.studies_oneself, *known.KNOWN)
_LEARNER = (*_ONESELF, known.person_is_known)
_PROVINCE = (actors.province_decides, *known.KNOWN)

ON_ENROL = (*_LEARNER, *studying.ON_ENROL)
ON_LESSON = (*_LEARNER, *studying.ON_LESSON)
ON_ASK = (*_LEARNER, studying.is_enrolled)
ON_START = (*_LEARNER, *examining.ON_START)
ON_SAVE = (*_ONESELF, *examining.ON_SAVE)
ON_SUBMIT = (*_ONESELF, *examining.ON_SUBMIT)
ON_END = (actors.platform_acts, *known.KNOWN, *examining.ON_END)
ON_ANNUL = (*_PROVINCE, *examining.ON_ANNUL, making_up.text_is_clean)
ON_PREPARE = (
    actors.desk_takes_the_call,
    *known.KNOWN,
    known.person_is_known,
    *making_up.ON_PREPARE,
)
ON_OPEN = (*_PROVINCE, known.person_is_known, *making_up.ON_OPEN)
ON_DECLINE = (*_PROVINCE, *making_up.ON_DECLINE)


def decide(command: StudiesCommand, state: StudyYear, facts: ExamsFacts) -> Sequence[StudyEvent]:
    """What happens; asking again for what has happened changes nothing. Refused by the first
    rule that is broken."""
    match command:
        case Enrol():
            keep((*_ONESELF,), command, state, facts)
            return [] if _enrolled(command, state) else _enrol(command, state, facts)
        case CompleteLesson():
            return _lesson(command, state, facts)
        case AskRecognition():
            keep(ON_ASK, command, state, facts)
            return earning.earned(command, state, facts)
        case StartAttempt():
            return _start(command, state, facts)
        case SaveAnswers():
            keep(ON_SAVE, command, state, facts)
            return []
        case SubmitAnswers():
            keep(ON_SUBMIT, command, state, facts)
            return _scored(command, state, facts)
        case EndAttempt():
            keep(ON_END, command, state, facts)
            is_open = state.attempts[command.attempt_id].state is AttemptState.OPEN
            return _scored(command, state, facts) if is_open else []
        case AnnulResult():
            return _annul(command, state, facts)
        case PrepareMakeUp():
            keep(ON_PREPARE, command, state, facts)
            if state.study(command.course_id).make_up is MakeUpState.PREPARED:
                return []
            return [events.MakeUpPrepared(**_about(command), note_digest=command.note_digest)]
        case OpenMakeUp():
            keep(ON_OPEN, command, state, facts)
            return _and_earned([_opened(command, facts)], command, state, facts)
        case DeclineMakeUp():
            keep(ON_DECLINE, command, state, facts)
            return [events.MakeUpDeclined(**_about(command))]
        case _:
            assert_never(command)


def _about(command: Any) -> dict[str, Any]:
    return {
        "person_id": command.person_id,
        "year": command.year,
        "course_id": command.course_id,
    }


def _and_earned(
    found: list[StudyEvent], command: StudiesCommand, state: StudyYear, facts: ExamsFacts
) -> list[StudyEvent]:
    """These events, and in the same append whatever hours they earn."""
    after = reduce(evolve, found, state)
    return [*found, *earning.earned(command, after, facts)]


def _enrolled(command: Enrol, state: StudyYear) -> bool:
    return state.study(command.course_id).enrolled


def _enrol(command: Enrol, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    keep(ON_ENROL, command, state, facts)
    course = course_of(command, facts)
    began = china_half_day(command.envelope.at)
    return [
        events.CourseEnrolled(
            **_about(command), kind=course.kind, lessons=course.lessons, began=began
        )
    ]


def _lesson(command: CompleteLesson, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    study = state.study(command.course_id)
    if command.lesson_id in study.done:
        keep(_ONESELF, command, state, facts)
        return []
    keep(ON_LESSON, command, state, facts)
    found: list[StudyEvent] = [
        events.LessonCompleted(**_about(command), lesson_id=command.lesson_id)
    ]
    if study.done | {command.lesson_id} >= set(study.lessons):
        found.append(events.CourseCompleted(**_about(command)))
    return _and_earned(found, command, state, facts)


def _start(command: StartAttempt, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    """A new attempt, or none where one is under way: a lost connection costs no attempt."""
    keep(_LEARNER, command, state, facts)
    under_way = state.open_attempt(command.course_id)
    if under_way is not None and command.envelope.at >= under_way.ends:
        raise Refused(examining.BEING_SCORED)
    if under_way is not None:
        return []
    keep(ON_START, command, state, facts)
    minutes = terms_of(command, facts).law.pack.exam.minutes.value
    return [
        events.ExamAttemptStarted(
            **_about(command),
            attempt_id=command.attempt_id,
            number=len(state.study(command.course_id).attempts) + 1,
            paper=command.paper,
            minutes=minutes,
            ends=command.envelope.at + timedelta(minutes=minutes),
        )
    ]


def _scored(
    command: SubmitAnswers | EndAttempt, state: StudyYear, facts: ExamsFacts
) -> list[StudyEvent]:
    """Passed, and the hours with it; or failed, perhaps for the last time."""
    said = {**_about(command), "attempt_id": command.attempt_id, "score": command.score}
    if terms_of(command, facts).law.pack.exam.passes(command.score):
        return _and_earned([events.ExamAttemptPassed(**said)], command, state, facts)
    failed: list[StudyEvent] = [events.ExamAttemptFailed(**said)]
    if not examining.left(command, state, facts):
        failed.append(events.AttemptsExhausted(**_about(command)))
    return failed


def _annul(command: AnnulResult, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    """The hours that rest on the result go in the same append."""
    attempt = state.attempts.get(command.attempt_id)
    if attempt is not None and attempt.state is AttemptState.ANNULLED:
        keep(_PROVINCE, command, state, facts)
        return []
    keep(ON_ANNUL, command, state, facts)
    about = _about(command)
    annulled = events.ExamResultAnnulled(
        **about, attempt_id=command.attempt_id, reason_digest=command.reason_digest
    )
    if earning.still_earned(command, evolve(state, annulled), facts):
        return [annulled]
    return [
        annulled,
        *(
            events.CourseRecognitionWithdrawn(**about, entry_id=entry)
            for entry, given in state.recognised.items()
            if given.course_id == command.course_id
        ),
    ]


def _opened(command: OpenMakeUp, facts: ExamsFacts) -> StudyEvent:
    """As many attempts as the notice (or, where it gives no number, the platform) says."""
    course, terms = course_of(command, facts), terms_of(command, facts)
    opener = terms.opener
    in_period = studying.in_training(command, terms, facts)
    law = terms.law if in_period or opener is None else opener
    return events.MakeUpOpened(
        **_about(command),
        attempts=law.pack.exam.make_up_attempts.value if course.questions else 0,
        pack=law.version,
        hours=command.hours,
    )


DECIDER = Decider(StudyYear, decide, evolve)
