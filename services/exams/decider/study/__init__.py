"""The decisions about one person's year of public subjects (公需科目学习与考试)."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider, keep
from libs.events import exams as events
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
from services.exams.decider.study import learning, making_up, sitting
from services.exams.decider.study.acting import about, and_earned
from services.exams.rules.earning import earned
from services.exams.state.known import ExamsFacts
from services.exams.state.study import AttemptState, MakeUpState, StudyEvent, StudyYear, evolve


def decide(command: StudiesCommand, state: StudyYear, facts: ExamsFacts) -> Sequence[StudyEvent]:
    """What happens; asking again for what has happened changes nothing. Refused by the first
    rule that is broken."""
    match command:
        case Enrol():
            return learning.enrol(command, state, facts)
        case CompleteLesson():
            return learning.lesson(command, state, facts)
        case AskRecognition():
            keep(learning.ON_ASK, command, state, facts)
            return earned(command, state, facts)
        case StartAttempt():
            return sitting.start(command, state, facts)
        case SaveAnswers():
            keep(sitting.ON_SAVE, command, state, facts)
            return []
        case SubmitAnswers():
            keep(sitting.ON_SUBMIT, command, state, facts)
            return sitting.scored(command, state, facts)
        case EndAttempt():
            keep(sitting.ON_END, command, state, facts)
            is_open = state.attempts[command.attempt_id].state is AttemptState.OPEN
            return sitting.scored(command, state, facts) if is_open else []
        case AnnulResult():
            return sitting.annul(command, state, facts)
        case PrepareMakeUp():
            keep(making_up.ON_PREPARE, command, state, facts)
            if state.study(command.course_id).make_up is MakeUpState.PREPARED:
                return []
            return [events.MakeUpPrepared(**about(command), note_digest=command.note_digest)]
        case OpenMakeUp():
            keep(making_up.ON_OPEN, command, state, facts)
            return and_earned([making_up.opened(command, state, facts)], command, state, facts)
        case DeclineMakeUp():
            keep(making_up.ON_DECLINE, command, state, facts)
            return [events.MakeUpDeclined(**about(command))]
        case _:
            assert_never(command)


DECIDER = Decider(StudyYear, decide, evolve)
