"""The required course and the electives of 2024, published, studied, examined."""

import tomllib
from pathlib import Path
from typing import Any

from deploy.local.layout import ROOT
from deploy.local.story.caller import Caller
from deploy.local.story.claims import YEAR
from deploy.local.story.scene import Scene, seen
from deploy.local.telling import expect

SAMPLES: Path = ROOT / "services/exams/samples/2024.toml"


def courses() -> list[dict[str, Any]]:
    """The sample's courses, the required one first."""
    found: list[dict[str, Any]] = tomllib.loads(SAMPLES.read_text())["courses"]
    return found


def answered(paper: list[dict[str, Any]], score: int) -> dict[str, list[str]]:
    """Answers that come to exactly this score of 100: the right ones of some questions."""
    right = {q["text"]: q["right"] for q in courses()[0]["questions"]}
    whole = sum(question["marks"] for question in paper)
    wanted = next(m for m in range(whole + 1) if 100 * m // whole == score)
    ways: dict[int, list[dict[str, Any]]] = {0: []}
    for question in paper:
        for marks, chosen in list(ways.items()):
            ways.setdefault(marks + question["marks"], [*chosen, question])
    return {q["question_id"]: right[q["text"]] for q in ways[wanted]}


async def the_courses_are_published(scene: Scene) -> str:
    """By the province, with lessons, materials and the question bank."""
    province = scene.cast.callers["author"]
    for course in courses():
        await province.do("POST", "/exams/courses", course)
    shown = await province.do("GET", f"/exams/courses?year={YEAR}")
    scene.notes["required"] = next(c["course_id"] for c in shown if c["kind"] == "required")
    return f"{len(shown)} courses: the year's theme, and one for each of the five topics"


async def studied(learner: Caller, kind: str) -> None:
    """Every lesson of every course of this kind."""
    path = f"/exams/people/{learner.account_id}/{YEAR}"

    async def listed() -> bool:
        answer = await learner.ask("GET", path)
        return answer.is_success and bool(answer.json()["courses"])

    await seen(listed, "the year's courses")
    for course in (await learner.do("GET", path))["courses"]:
        if course["kind"] != kind:
            continue
        one = f"{path}/courses/{course['course_id']}"
        await learner.do("POST", f"{one}/enrolment")
        for lesson in course["lessons"]:
            await learner.do("POST", f"{one}/lessons/{lesson}")


async def sat(learner: Caller, course: str, score: int) -> dict[str, Any]:
    """One attempt that scores so much."""
    path = f"/exams/people/{learner.account_id}/{YEAR}/courses/{course}/attempts"
    attempt = await learner.do("POST", path)
    answers = answered(attempt["questions"], score)
    result: dict[str, Any] = await learner.do(
        "POST", f"{path}/{attempt['attempt_id']}/submission", {"answers": answers}
    )
    expect(result["score"] == score, f"the attempt scored {result['score']}, not {score}")
    return result


async def ledger_says(learner: Caller, category: str, hours: str) -> float:
    """Until the ledger counts so much of a category; how many seconds it took."""

    async def is_so() -> bool:
        year = await learner.do("GET", f"/hours/people/{learner.account_id}/{YEAR}")
        return bool(year["by_category"].get(category) == hours)

    return await seen(is_so, f"{hours} hours of {category}")


async def a_learner_studies(scene: Scene) -> str:
    """59, then 60: 15 hours; the electives give 10 when all are done."""
    cast, course = scene.cast, scene.notes["required"]
    learner = cast.callers["learner"]
    await studied(learner, "required")
    await sat(learner, course, 59)
    await sat(learner, course, 60)
    await ledger_says(learner, "public.required", "15.00")
    await studied(learner, "elective")
    await ledger_says(learner, "public.elective", "10.00")
    return "59 failed, 60 passed: 15 hours; all electives: 10 hours"


async def another_fails_three_times(scene: Scene) -> str:
    """The third failure exhausts the attempts; only a make-up of the bureau gives more."""
    cast, course = scene.cast, scene.notes["required"]
    other = await cast.learner(cast.callers["general"], "陆小军")
    await studied(other, "required")
    for score in (0, 30, 59):
        await sat(other, course, score)
    path = f"/exams/people/{other.account_id}/{YEAR}/courses/{course}"
    fourth = await other.refused("POST", f"{path}/attempts")
    await cast.callers["author"].do("POST", f"{path}/make-up", {})
    await sat(other, course, 75)
    await ledger_says(other, "public.required", "15.00")
    return f"the fourth attempt was refused: {fourth}; after the make-up 75 passed"
