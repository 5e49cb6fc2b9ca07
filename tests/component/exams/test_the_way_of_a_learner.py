"""From the first lesson to the hours, over HTTP."""

import json
from typing import Any

from libs.events.envelope import Actor, Role
from tests.component.exams.conftest import (
    BANK,
    PROVINCE,
    Exams,
    courses,
    handed_in,
    of,
    started,
    studied,
)


async def test_59_then_60_and_fifteen_hours(exams: Exams, learner: Actor) -> None:
    (course,) = await exams.publish(courses()[0])
    me = exams.as_(learner)
    early = await me.post(of(learner, course, "/attempts"))
    assert (early.status_code, early.json()["rule"]) == (409, "not-enrolled")
    await studied(me, learner, course)
    first = await handed_in(me, learner, await started(me, learner, course), 59)
    assert (first["state"], first["score"]) == ("failed", 59)
    (listed,) = (await me.get(f"/people/{learner.id}/2024/exams")).json()
    assert (listed["attempts_left"], listed["passed"]) == (2, False)
    second = await handed_in(me, learner, await started(me, learner, course), 60)
    assert (second["state"], second["score"]) == ("passed", 60)
    (listed,) = (await me.get(f"/people/{learner.id}/2024/exams")).json()
    assert (listed["attempts_left"], listed["passed"]) == (0, True)
    year = (await me.get(f"/people/{learner.id}/2024")).json()
    assert [(e["category"], e["hours"]) for e in year["earned"]] == [("public.required", "15.00")]
    third = await me.post(of(learner, course, "/attempts"))
    assert (third.status_code, third.json()["rule"]) == (409, "exam-passed-already")


async def test_electives_give_ten_hours_only_when_all_are_done(
    exams: Exams, learner: Actor
) -> None:
    electives = await exams.publish(*courses()[1:])
    me = exams.as_(learner)
    for course in electives:
        year = (await me.get(f"/people/{learner.id}/2024")).json()
        assert year["earned"] == []
        await studied(me, learner, course)
    year = (await me.get(f"/people/{learner.id}/2024")).json()
    assert [(e["category"], e["hours"]) for e in year["earned"]] == [("public.elective", "10.00")]
    assert all(c["completed"] and c["passed"] is None for c in year["courses"])


async def test_right_answers_leave_the_service_on_no_way(exams: Exams, learner: Actor) -> None:
    (course,) = await exams.publish(courses()[0])
    me = exams.as_(learner)
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    shown = {"question_id", "kind", "text", "options", "marks"}
    assert all(set(question) == shown for question in paper["questions"])
    assert len(paper["questions"]) == 30
    bank = (await exams.as_(PROVINCE).get(f"/courses/{course}/bank")).json()
    assert len(bank) == len(BANK)
    assert all(set(question) == shown | {"number"} for question in bank)
    refused = await me.get(f"/courses/{course}/bank")
    assert (refused.status_code, refused.json()["rule"]) == (403, "role-not-allowed")
    bodies = await exams.feed.lab.rows("SELECT body FROM events")
    assert not any("right" in body or "丝绸之路" in body for (body,) in bodies)


async def test_a_lost_connection_loses_nothing(exams: Exams, learner: Actor) -> None:
    (course,) = await exams.publish(courses()[0])
    me = exams.as_(learner)
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    path = of(learner, course, f"/attempts/{paper['attempt_id']}")
    some = {q["question_id"]: BANK[q["text"]] for q in paper["questions"]}
    saved = await me.put(f"{path}/answers", json={"answers": some})
    assert saved.status_code == 200, saved.text
    again = await started(me, learner, course)
    assert again["attempt_id"] == paper["attempt_id"]
    assert [q["question_id"] for q in again["questions"]] == [
        q["question_id"] for q in paper["questions"]
    ]
    assert again["answers"] == some
    result = (await me.post(f"{path}/submission", json={})).json()
    assert (result["state"], result["score"]) == ("passed", 100)
    assert await exams.feed.lab.one("SELECT count(*) FROM attempts") == 1


async def test_lists_are_of_the_own_scope(exams: Exams, learner: Actor) -> None:
    (course,) = await exams.publish(courses()[3])
    other = await exams.person()
    for who in (learner, other):
        await studied(exams.as_(who), who, course)

    async def seen(by: Actor) -> set[str]:
        answer = await exams.as_(by).get("/completion/2024")
        return {item["person_id"] for item in answer.json()["items"]}

    assert await seen(exams.admin()) == {str(learner.id), str(other.id)}
    assert await seen(exams.admin(exams.department)) == {str(learner.id)}
    assert await seen(learner) == {str(learner.id)}
    stranger = await exams.as_(other).get(f"/people/{learner.id}/2024")
    assert stranger.status_code == 404


async def test_another_s_course_and_another_s_attempt(exams: Exams, learner: Actor) -> None:
    (course,) = await exams.publish(courses()[0])
    me, other = exams.as_(learner), await exams.person()
    refused = await me.post(of(other, course, "/enrolment"))
    assert (refused.status_code, refused.json()["rule"]) == (403, "studies-oneself")
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    path = of(other, course, f"/attempts/{paper['attempt_id']}")
    assert (await exams.as_(other).get(path)).status_code == 404
    stolen = await exams.as_(other).post(f"{path}/submission", json={"answers": {}})
    assert (stolen.status_code, stolen.json()["rule"]) == (404, "no-such-attempt")
    admin = exams.as_(exams.admin())
    shown = (await admin.get(of(learner, course, f"/attempts/{paper['attempt_id']}"))).json()
    assert (shown["state"], shown["questions"]) == ("open", [])


async def test_only_the_province_publishes(exams: Exams, learner: Actor) -> None:
    refused = await exams.as_(learner).post("/courses", json=courses()[0])
    assert (refused.status_code, refused.json()["rule"]) == (403, "role-not-allowed")
    desk = Actor(PROVINCE.id, Role.SERVICE_DESK, session_id=PROVINCE.session_id)
    assert (await exams.as_(desk).post("/courses", json=courses()[0])).status_code == 403
    assert await exams.feed.lab.one("SELECT count(*) FROM questions") == 0


async def test_what_can_t_be_a_course_is_refused_and_changes_nothing(exams: Exams) -> None:
    def broken(**changes: Any) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(json.dumps(courses()[0]))
        return found | changes

    question = courses()[0]["questions"][0]
    cases = {
        "no-pack-for-the-year": broken(year=2022),
        "bank-too-small": broken(paper_size=41),
        "question-unsound": broken(questions=[question | {"right": ["A", "B"]}], paper_size=1),
        "course-without-lessons": broken(lessons=[]),
        "elective-without-exam": broken(kind="elective"),
        "personal-number": broken(title="电话13800138000"),
        "body-invalid": broken(title="\x00"),
    }
    for rule, form in cases.items():
        answer = await exams.as_(PROVINCE).post("/courses", json=form)
        assert answer.json()["rule"] == rule, answer.text
        assert 400 <= answer.status_code < 500
    assert await exams.feed.lab.one("SELECT count(*) FROM events") == 0
    await exams.publish(courses()[0])
    second = await exams.as_(PROVINCE).post("/courses", json=courses()[0])
    assert (second.status_code, second.json()["rule"]) == (409, "one-required-course")
