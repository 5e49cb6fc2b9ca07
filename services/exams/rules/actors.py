"""Who studies, who publishes, who takes the call, who decides."""

from libs.decider import Kind, Rule, conventions, refusals
from libs.events.envelope import Role
from libs.events.roles import for_these
from services.exams.commands import CoursesCommand, StudyCommand
from services.exams.state.known import ExamsFacts

STUDIES_ONESELF = Rule(
    "studies-oneself",
    "公需科目须由本人学习和考试",
    conventions.ONESELF,
    "请以本人的专业技术人员身份登录后办理",
    Kind.FORBIDDEN,
)

STUDY = frozenset({Role.LEARNER})
"""Who studies and sits exams."""
THE_PROVINCE = frozenset({Role.PROVINCE_BUREAU})
"""Who publishes and decides."""
TAKE_CALLS = THE_PROVINCE | {Role.SERVICE_DESK}
"""Who takes calls for make-ups."""


def studies_oneself(command: StudyCommand, _state: object, _facts: ExamsFacts) -> Rule | None:
    """Nobody learns or sits an exam for another."""
    actor = command.envelope.actor
    if actor.role in STUDY and actor.id == command.person_id:
        return None
    return STUDIES_ONESELF


def province_decides(
    command: CoursesCommand | StudyCommand, _state: object, _facts: ExamsFacts
) -> Rule | None:
    """自治区人力资源社会保障厅 organises public subjects; nobody decides on the own exam.
    What it decides names the bureau, so that an official acts for one."""
    actor = command.envelope.actor
    if actor.role not in THE_PROVINCE or actor.unit_id is None:
        return for_these(refusals.ROLE_NOT_ALLOWED, THE_PROVINCE)
    return _not_for_oneself(command)


def desk_takes_the_call(command: StudyCommand, _state: object, _facts: ExamsFacts) -> Rule | None:
    """客服, or the bureau itself."""
    if command.envelope.actor.role not in TAKE_CALLS:
        return for_these(refusals.ROLE_NOT_ALLOWED, TAKE_CALLS)
    return _not_for_oneself(command)


def platform_acts(command: StudyCommand, _state: object, _facts: ExamsFacts) -> Rule | None:
    """Only this service's own timer."""
    is_own = command.envelope.actor.role is Role.SERVICE
    return None if is_own else refusals.ROLE_NOT_ALLOWED


def _not_for_oneself(command: CoursesCommand | StudyCommand) -> Rule | None:
    person = command.person_id if isinstance(command, StudyCommand) else None
    return STUDIES_ONESELF if command.envelope.actor.id == person else None
