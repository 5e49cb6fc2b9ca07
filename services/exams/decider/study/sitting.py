"""An exam is sat, scored, and perhaps annulled (网络考试)."""

from datetime import timedelta

from libs.decider import Refused, keep
from libs.events import exams as events
from libs.events.roles import bureau_of
from services.exams.commands import AnnulResult, EndAttempt, StartAttempt, SubmitAnswers
from services.exams.decider.study.acting import LEARNER, ONESELF, PROVINCE, about, and_earned
from services.exams.rules import actors, earning, examining, known, making_up
from services.exams.rules.known import terms_of
from services.exams.state.known import ExamsFacts
from services.exams.state.study import AttemptState, StudyEvent, StudyYear, evolve

ON_START = (*LEARNER, *examining.ON_START)
ON_SAVE = (*ONESELF, *examining.ON_SAVE)
ON_SUBMIT = (*ONESELF, *examining.ON_SUBMIT)
ON_END = (actors.platform_acts, *known.KNOWN, *examining.ON_END)
ON_ANNUL = (*PROVINCE, *examining.ON_ANNUL, making_up.text_is_clean)


def start(command: StartAttempt, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    """A new attempt, or none where one is under way: a lost connection costs no attempt."""
    keep(LEARNER, command, state, facts)
    under_way = state.open_attempt(command.course_id)
    if under_way is not None and command.envelope.at >= under_way.ends:
        raise Refused(examining.BEING_SCORED)
    if under_way is not None:
        return []
    keep(ON_START, command, state, facts)
    minutes = terms_of(command, facts).law.pack.exam.minutes.value
    return [
        events.ExamAttemptStarted(
            **about(command),
            attempt_id=command.attempt_id,
            number=len(state.study(command.course_id).attempts) + 1,
            paper=command.paper,
            minutes=minutes,
            ends=command.envelope.at + timedelta(minutes=minutes),
        )
    ]


def scored(
    command: SubmitAnswers | EndAttempt, state: StudyYear, facts: ExamsFacts
) -> list[StudyEvent]:
    """Passed, and the hours with it; or failed, perhaps for the last time."""
    said = {**about(command), "attempt_id": command.attempt_id, "score": command.score}
    if terms_of(command, facts).law.pack.exam.passes(command.score):
        return and_earned([events.ExamAttemptPassed(**said)], command, state, facts)
    failed: list[StudyEvent] = [events.ExamAttemptFailed(**said)]
    if not examining.left(command, state, facts):
        failed.append(events.AttemptsExhausted(**about(command)))
    return failed


def annul(command: AnnulResult, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    """The hours that rest on the result go in the same append."""
    attempt = state.attempts.get(command.attempt_id)
    if attempt is not None and attempt.state is AttemptState.ANNULLED:
        keep(PROVINCE, command, state, facts)
        return []
    keep(ON_ANNUL, command, state, facts)
    said = about(command)
    annulled = events.ExamResultAnnulled(
        **said, attempt_id=command.attempt_id, reason_digest=command.reason_digest
    )
    if earning.still_earned(command, evolve(state, annulled), facts):
        return [annulled]
    return [
        annulled,
        *(
            events.CourseRecognitionWithdrawn(
                **said, entry_id=entry, by_unit_id=bureau_of(command.envelope.actor)
            )
            for entry, given in state.recognised.items()
            if given.course_id == command.course_id
        ),
    ]
