"""A make-up is prepared, opened or declined (补学补考)."""

from libs.events import exams as events
from services.exams.commands import OpenMakeUp
from services.exams.decider.study.acting import PROVINCE, about
from services.exams.rules import actors, known, making_up, studying
from services.exams.rules.known import course_of, terms_of
from services.exams.state.known import ExamsFacts
from services.exams.state.study import StudyEvent, StudyYear

ON_PREPARE = (
    actors.desk_takes_the_call,
    *known.KNOWN,
    known.person_is_known,
    *making_up.ON_PREPARE,
)
ON_OPEN = (*PROVINCE, known.person_is_known, *making_up.ON_OPEN)
ON_DECLINE = (*PROVINCE, *making_up.ON_DECLINE)


def opened(command: OpenMakeUp, state: StudyYear, facts: ExamsFacts) -> StudyEvent:
    """As many attempts as the notice (or, where it gives no number, the platform) says; none with
    hours that are put right."""
    course, terms = course_of(command, facts), terms_of(command, facts)
    opener = terms.opener
    in_period = terms.in_training(studying.unit_of(command, facts), command.envelope.at)
    law = terms.law if in_period or opener is None else opener
    gives_attempts = course.questions and not making_up.restates(command, state, facts)
    return events.MakeUpOpened(
        **about(command),
        attempts=law.pack.exam.make_up_attempts.value if gives_attempts else 0,
        pack=law.version,
        hours=command.hours,
    )
