"""What the links of the sample courses open: a page that says it is a sample."""

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape

from deploy.local.story.courses import SAMPLES

_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{lesson}</title>
<h1>{course}</h1><h2>{lesson}</h2>
<p>示范内容：正式课程的学习资料由自治区人力资源社会保障厅发布。</p></html>"""


@cache
def _titles() -> Mapping[str, tuple[str, str]]:
    """Course and lesson, or material, by its link."""
    courses = tomllib.loads(SAMPLES.read_text("utf-8"))["courses"]
    return {
        part["link"]: (course["title"], part["title"])
        for course in courses
        for part in (*course["lessons"], *course.get("materials", ()))
    }


def sample_page(link: str) -> str | None:
    """The page of a link of the sample, if it is one."""
    if (titles := _titles().get(link)) is None:
        return None
    course, lesson = map(escape, titles)
    return _PAGE.format(course=course, lesson=lesson)
