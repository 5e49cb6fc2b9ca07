"""How far people are: what is left of all studies when the rule has been asked of each."""

from hypothesis import given

from libs.events.envelope import Role
from libs.events.scope import people_of
from tests.component.exams.conftest import DESK, PROVINCE, Exams, courses, of
from tests.component.organisations import FEW, Plan, heard, left_of, listed, moves, plans

OF_PERSON = ("person_id", "unit_id", "department_id", "bureau_id")
ALL = (
    f"SELECT {', '.join(OF_PERSON)}, make_up FROM studies "
    "JOIN courses USING (course_id) LEFT JOIN people USING (person_id) WHERE studies.year = 2024"
)


@FEW
@given(plan=plans())
async def test_a_list_is_everything_filtered_by_the_rule(exams: Exams, plan: Plan) -> None:
    if not (found := (await exams.as_(PROVINCE).get("/courses")).json()):
        await exams.publish(courses()[0])
        found = (await exams.as_(PROVINCE).get("/courses")).json()
    course = found[0]["course_id"]
    made, said = heard(plan)
    await exams.feed.say(*said)
    for n, learner in enumerate(made.learners[:6]):
        enrolled = await exams.as_(learner).post(of(learner, course, "/enrolment"))
        if enrolled.is_success and n % 2:
            call = {"note": "来电申请补学"}
            await exams.as_(DESK).post(of(learner, course, "/make-up-call"), json=call)
    await exams.feed.say(*moves(plan, made))
    rows = [
        dict(zip((*OF_PERSON, "make_up"), r, strict=True)) for r in await exams.feed.lab.rows(ALL)
    ]
    waiting = [row for row in rows if row["make_up"] == "prepared"]
    for actor in made.actors:
        client = exams.as_(actor)
        seen = await listed(client, "/completion/2024", "person_id")
        assert sorted(seen) == left_of(rows, people_of(actor), "person_id"), actor
        if actor.role is Role.PROVINCE_BUREAU:
            calls = await listed(client, "/make-ups", "person_id")
            assert sorted(calls) == left_of(waiting, people_of(actor), "person_id")
        else:
            assert (await client.get("/make-ups")).status_code == 403
