"""发布课程、关闭课程: what the province may publish, and who may take it back."""

from dataclasses import replace
from typing import Any

from libs.decider import Rule, Scenario, refusals
from libs.events import exams as events
from libs.events.exams import CourseKind
from libs.policy import NO_PACK
from services.exams import commands
from services.exams.commands import Lesson, Question, QuestionKind
from services.exams.decider import course
from services.exams.rules import known, publishing
from services.exams.state.known import ExamsFacts
from tests.unit.exams.desk import (
    AS_LEARNER,
    DESK,
    FACTS,
    PROVINCE,
    YEAR,
    envelope,
    id_of,
    offered,
)

NOTHING_YET = replace(FACTS, courses={})
courses = Scenario(course.DECIDER, NOTHING_YET, lambda facts, events: facts.after(events))

NEW = id_of("a new course")
LESSON = Lesson(lesson_id=id_of("first lesson"), title="第一讲", link="/materials/1", minutes=45)
SINGLE = Question(
    question_id=id_of("a question"),
    kind=QuestionKind.SINGLE,
    text="本年度必修课的主题是什么？",
    options={"A": "第一项", "B": "第二项", "C": "第三项"},
    right=("A",),
    marks=1,
)
MULTIPLE = SINGLE.model_copy(update={"kind": QuestionKind.MULTIPLE, "right": ("A", "B")})


def publish(by: Any = PROVINCE, **more: Any) -> commands.PublishCourse:
    """An elective of one lesson, unless said otherwise."""
    words = {
        "course_id": NEW,
        "jurisdiction": "CN-GX",
        "year": YEAR,
        "kind": CourseKind.ELECTIVE,
        "title": "知识产权",
        "lessons": (LESSON,),
        "materials": (),
        "questions": (),
        "bank_digest": "0" * 64,
        "paper_size": 0,
    }
    return commands.PublishCourse(envelope=envelope(by), **(words | more))


def required(*questions: Question, **more: Any) -> commands.PublishCourse:
    """The year's required course, all of whose bank is on the paper."""
    bank = {"questions": questions, "paper_size": len(questions)}
    return publish(**({"kind": CourseKind.REQUIRED} | bank | more))


def close(by: Any = PROVINCE) -> commands.CloseCourse:
    """No longer offered."""
    return commands.CloseCourse(envelope=envelope(by), course_id=NEW)


def test_the_province_publishes_a_course_and_closes_it_once() -> None:
    published = courses.when(publish()).then_types(events.CoursePublished)
    published.when(close()).then(events.CourseClosed(course_id=NEW)).when(close()).then()


def test_what_was_published_stays_as_learners_know_it() -> None:
    again = courses.when(publish()).when(publish(title="另一标题"))
    again.refused(publishing.PUBLISHED_ALREADY)


def test_nobody_but_the_province_publishes_or_closes() -> None:
    published = courses.when(publish())
    for by in (AS_LEARNER, DESK):
        courses.when(publish(by)).refused(refusals.ROLE_NOT_ALLOWED)
        published.when(close(by)).refused(refusals.ROLE_NOT_ALLOWED)


def test_nothing_is_closed_that_was_not_published() -> None:
    courses.when(close()).refused(known.NO_COURSE)


def test_a_course_is_published_under_a_notice() -> None:
    courses.when(publish(year=2022)).refused(NO_PACK)
    lawless = ExamsFacts(people=FACTS.people)
    courses.knowing(lawless).when(publish()).refused(NO_PACK)
    courses.knowing(replace(lawless, heard=None)).when(publish()).refused(refusals.BEHIND)


def test_a_course_of_the_year_that_is_made_up_is_published_too() -> None:
    courses.when(publish(year=2023)).then_types(events.CoursePublished)


def test_no_number_of_a_person_in_a_title() -> None:
    courses.when(publish(title="咨询电话13800138000")).refused(refusals.PERSONAL_NUMBER)


def test_a_course_has_at_least_one_lesson() -> None:
    courses.when(publish(lessons=())).refused(publishing.NO_LESSONS)


def test_a_year_has_one_required_course_and_many_electives() -> None:
    theme = courses.knowing(replace(FACTS, courses={NEW: offered("theme", "required")}))
    theme.when(required(SINGLE)).refused(publishing.ONE_REQUIRED_COURSE)
    theme.when(publish()).then_types(events.CoursePublished)
    courses.when(required(SINGLE)).then_types(events.CoursePublished)
    one_elective = courses.knowing(replace(FACTS, courses={NEW: offered("unity")}))
    one_elective.when(publish()).then_types(events.CoursePublished)


def test_the_required_course_of_a_year_is_replaced_after_it_was_closed() -> None:
    gone = replace(offered("theme", "required"), closed=True)
    here = courses.knowing(replace(FACTS, courses={gone.course_id: gone}))
    here.when(required(SINGLE)).then_types(events.CoursePublished)


def test_the_bank_of_the_required_course_fills_its_paper() -> None:
    courses.when(required()).refused(publishing.BANK_TOO_SMALL)
    courses.when(required(SINGLE, paper_size=0)).refused(publishing.BANK_TOO_SMALL)
    courses.when(required(SINGLE, paper_size=2)).refused(publishing.BANK_TOO_SMALL)
    courses.when(required(SINGLE, MULTIPLE, paper_size=1)).then_types(events.CoursePublished)


def test_an_elective_has_no_bank_and_the_notice_says_why() -> None:
    for extra in ({"questions": (SINGLE,)}, {"paper_size": 1}):
        refused = courses.when(publish(**extra)).refused(publishing.ELECTIVE_WITHOUT_EXAM)
        assert isinstance(refused.outcome, Rule)
        assert "完成全部选修课程" in refused.outcome.detail


def test_every_question_can_be_answered_and_answered_rightly() -> None:
    judgement = {"kind": QuestionKind.JUDGEMENT}
    unsound = (
        SINGLE.model_copy(update={"right": ("A", "B")}),
        SINGLE.model_copy(update={"right": ("D",)}),
        SINGLE.model_copy(update={"options": {"A": "只有一项"}}),
        SINGLE.model_copy(update={**judgement, "right": ("A", "B")}),
        MULTIPLE.model_copy(update={"right": ("A",)}),
        MULTIPLE.model_copy(update={"right": ("A", "A")}),
        MULTIPLE.model_copy(update={"right": ("A", "D")}),
    )
    for question in unsound:
        refused = courses.when(required(SINGLE, question)).refused(publishing.QUESTION_UNSOUND)
        assert isinstance(refused.outcome, Rule)
        assert "第 2 题" in refused.outcome.detail
    sound = (SINGLE, MULTIPLE, SINGLE.model_copy(update=judgement))
    courses.when(required(*sound)).then_types(events.CoursePublished)
