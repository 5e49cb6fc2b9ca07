"""公需科目学时获得: what a year's study has earned, as far as it isn't recognised yet."""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.events.exams import CourseKind, CourseRecognised
from libs.events.values import HalfDay, Hours
from libs.policy import china_half_day
from services.exams.commands import StudyCommand
from services.exams.rules.known import course_of, terms_of
from services.exams.state.known import ExamsFacts, Offered, Terms
from services.exams.state.study import Study, StudyYear


def category_of(course: Offered, terms: Terms) -> str:
    """The subject that a course's hours belong to."""
    return terms.law.pack.rule(rule_of(course, terms)).category


def rule_of(course: Offered, terms: Terms) -> str:
    """The recognition rule of a course's kind."""
    public = terms.law.pack.public
    return public.required.rule if course.kind is CourseKind.REQUIRED else public.elective.rule


def recognition_of(course: Offered, terms: Terms, state: StudyYear) -> CourseRecognised | None:
    """The recognition that stands for a course: one of its kind a year, where that is the rule."""
    rule = rule_of(course, terms)
    standing = [one for one in state.recognised.values() if one.rule == rule]
    if course.kind is CourseKind.ELECTIVE and not _all_or_nothing(terms):
        standing = [one for one in standing if one.course_id == course.course_id]
    return next(iter(standing), None)


def entry_of(course: Offered, terms: Terms, person_id: UUID, state: StudyYear) -> UUID:
    """The entry that a course, or a year's electives, gives one person: the same whoever
    computes it. What was withdrawn and is earned again is another entry."""
    source = course.course_id
    if course.kind is CourseKind.ELECTIVE and _all_or_nothing(terms):
        source = uuid5(NAMESPACE_URL, f"electives:{course.jurisdiction}:{course.year}")
    again = sum(one.rule == rule_of(course, terms) for one in state.withdrawn.values())
    return uuid5(source, f"{person_id} {again}" if again else str(person_id))


def earned(
    command: StudyCommand, state: StudyYear, facts: ExamsFacts
) -> Sequence[CourseRecognised]:
    """What the state, as it now is, has earned by this course and has not been given."""
    course, terms = course_of(command, facts), terms_of(command, facts)
    hours = _hours(course, terms, state)
    if hours is None or recognition_of(course, terms, state) is not None:
        return []
    if course.kind is CourseKind.REQUIRED:
        studies = _of_required(course, terms, state)
    else:
        studies = _of_electives(course, terms, state, facts)
    began = min((study.began for study in studies if study.began), default=None)
    if began is None:
        return []
    return [_recognised(command, course, terms, state, hours, began)]


def still_earned(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> bool:
    """Whether the required course still has all that its hours rest on."""
    return bool(_of_required(course_of(command, facts), terms_of(command, facts), state))


def _recognised(
    command: StudyCommand,
    course: Offered,
    terms: Terms,
    state: StudyYear,
    hours: Hours,
    began: HalfDay,
) -> CourseRecognised:
    pack, rule = terms.law.pack, rule_of(course, terms)
    together = course.kind is CourseKind.ELECTIVE and _all_or_nothing(terms)
    return CourseRecognised(
        person_id=command.person_id,
        year=command.year,
        course_id=course.course_id,
        entry_id=entry_of(course, terms, command.person_id, state),
        category=category_of(course, terms),
        rule=rule,
        hours=hours,
        title=pack.rule(rule).name if together else course.title,
        began=began,
        ended=china_half_day(command.envelope.at),
        by_unit_id=course.by_unit_id,
        pack=terms.law.version,
    )


def _hours(course: Offered, terms: Terms, state: StudyYear) -> Hours | None:
    """By the year's own notice; else by the make-up's; else as the bureau has stated them."""
    public = terms.law.pack.public
    if terms.own:
        required = course.kind is CourseKind.REQUIRED
        return public.required.hours.value if required else public.elective.hours.value
    if terms.make_up is not None and terms.make_up.hours is not None:
        return terms.make_up.hours
    stated = (s.stated for s in state.studies.values() if _same_kind(s, course) and s.stated)
    return next(stated, None)


def _same_kind(study: Study, course: Offered) -> bool:
    return study.kind is course.kind or study.course_id == course.course_id


def _of_required(course: Offered, terms: Terms, state: StudyYear) -> list[Study]:
    """完成必修课课程学习并通过考试后: both, unless the notice asks for the course alone."""
    study = state.study(course.course_id)
    make_up = terms.make_up
    grant_on = terms.law.pack.public.required.grant_on.value
    if not terms.own and make_up is not None:
        grant_on = make_up.grant_on
    needs_exam = grant_on == "course_and_exam"
    done = study.completed and (not needs_exam or state.passed(course.course_id))
    return [study] if done else []


def _of_electives(
    course: Offered, terms: Terms, state: StudyYear, facts: ExamsFacts
) -> list[Study]:
    """完成全部选修课程后: every one that is offered; a closed one counts for who has it."""
    if not _all_or_nothing(terms):
        study = state.study(course.course_id)
        return [study] if study.completed else []
    offered = facts.offered(course.jurisdiction, course.year, course.kind)
    wanted = [state.study(one.course_id) for one in offered if not one.closed]
    done = [state.study(one.course_id) for one in offered if state.study(one.course_id).completed]
    return done if all(study.completed for study in wanted) else []


def _all_or_nothing(terms: Terms) -> bool:
    return terms.law.pack.public.elective.grant.value == "all_or_nothing"
