"""What a course is published from: lessons, materials, questions, as the province types them."""

from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints

from libs.events.exams import CourseKind
from libs.events.text import Text
from libs.runtime.web.forms import Form, Year
from services.exams.commands import Lesson, Letter, Material, Question, QuestionKind

Short = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Link = Annotated[Text, StringConstraints(max_length=500, pattern=r"^(https?://|/)[^\s]+$")]


class LessonForm(Form):
    """课时."""

    title: Short = Field(description="课时名称", examples=["第一讲"])
    link: Link = Field(description="链接: where it is watched or read", examples=["/materials/1"])
    minutes: int = Field(ge=1, le=600, description="时长, in minutes")


class MaterialForm(Form):
    """相关资料."""

    title: Short = Field(description="资料名称")
    link: Link


class QuestionForm(Form):
    """试题. Right answers go in and never come out again."""

    kind: QuestionKind = Field(description="题型")
    text: Annotated[Text, StringConstraints(min_length=1, max_length=1000)] = Field(
        description="题干", examples=["专业技术人员每年参加继续教育的时间累计应不少于多少学时？"]
    )
    options: dict[Letter, Short] = Field(min_length=2, max_length=8)
    right: tuple[Letter, ...] = Field(min_length=1, max_length=8, examples=[["A"]])
    marks: int = Field(1, ge=1, le=100, description="分值, beside the other questions'")


class CourseForm(Form):
    """发布课程, whole."""

    jurisdiction: str = Field(max_length=20, examples=["CN-GX"])
    year: Year
    kind: CourseKind = Field(description="课程类型: 必修课 or 选修课")
    title: Short = Field(description="课程名称")
    lessons: tuple[LessonForm, ...] = Field(max_length=200)
    materials: tuple[MaterialForm, ...] = Field((), max_length=100)
    questions: tuple[QuestionForm, ...] = Field((), max_length=2000, description="题库")
    paper_size: int = Field(0, ge=0, le=200, description="试卷题数; 0: no exam")

    def lessons_of(self, course_id: UUID) -> tuple[Lesson, ...]:
        """Each with its id."""
        return tuple(
            Lesson(lesson_id=uuid5(course_id, f"lesson {n}"), **one.model_dump())
            for n, one in enumerate(self.lessons, 1)
        )

    def materials_of(self) -> tuple[Material, ...]:
        """As they are."""
        return tuple(Material(**one.model_dump()) for one in self.materials)

    def questions_of(self, course_id: UUID) -> tuple[Question, ...]:
        """Each with its id."""
        return tuple(
            Question(question_id=uuid5(course_id, f"question {n}"), **one.model_dump())
            for n, one in enumerate(self.questions, 1)
        )
