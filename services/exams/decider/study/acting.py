"""What the decisions of a year share: who acts, whom it is about, and hours at once when earned."""

from functools import reduce
from typing import Any

from services.exams.commands import StudiesCommand
from services.exams.rules import actors, earning, known
from services.exams.state.known import ExamsFacts
from services.exams.state.study import StudyEvent, StudyYear, evolve

ONESELF = (actors.studies_oneself, *known.KNOWN)
LEARNER = (*ONESELF, known.person_is_known)
PROVINCE = (actors.province_decides, *known.KNOWN)


def about(command: Any) -> dict[str, Any]:
    """Whose study of which course a command is about."""
    return {
        "person_id": command.person_id,
        "year": command.year,
        "course_id": command.course_id,
    }


def and_earned(
    found: list[StudyEvent], command: StudiesCommand, state: StudyYear, facts: ExamsFacts
) -> list[StudyEvent]:
    """These events, and in the same append whatever hours they earn."""
    after = reduce(evolve, found, state)
    return [*found, *earning.earned(command, after, facts)]
