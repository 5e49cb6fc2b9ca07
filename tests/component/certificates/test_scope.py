"""A list of certificates is what is left of all when the rule has been asked of each."""

from hypothesis import given

from libs.events.scope import people_of
from tests.component.certificates import words
from tests.component.certificates.conftest import Office
from tests.component.organisations import FEW, Plan, heard, left_of, listed, moves, plans

OF_CERTIFICATE = ("certificate_id", "person_id", "unit_id", "department_id", "bureau_id")
ALL = f"SELECT {', '.join(OF_CERTIFICATE)} FROM certificates LEFT JOIN people USING (person_id)"


@FEW
@given(plan=plans())
async def test_a_list_is_everything_filtered_by_the_rule(office: Office, plan: Plan) -> None:
    made, said = heard(plan)
    await office.feed.say(*said)
    for learner in made.learners[:4]:
        await office.named(learner.id, "张三丰")
        await office.has(*words.enough(learner.id))
        await office.heard()
        await office.as_(learner).post("/years/2024/annual")
    await office.feed.say(*moves(plan, made))
    everything = [dict(zip(OF_CERTIFICATE, row, strict=True)) for row in await office.lab.rows(ALL)]
    for actor in made.actors:
        client = office.as_(actor)
        found = await listed(client, "/issued", "certificate_id")
        assert sorted(found) == left_of(everything, people_of(actor), "certificate_id"), actor
        for one in everything[:2]:
            answer = await client.get(f"/issued/{one['certificate_id']}")
            assert answer.is_success is people_of(actor).allows(one), actor
