"""A list of claims is what is left of all claims when the rule has been asked of each."""

from hypothesis import given
from hypothesis import strategies as st

from services.hours.queries import claims_of
from tests.component.hours.conftest import Hours, claimed, of
from tests.component.organisations import FEW, Plan, heard, left_of, listed, moves, plans

OF_CLAIM = ("claim_id", "person_id", "to_unit_id", "unit_id", "department_id", "bureau_id")
ALL = (
    f"SELECT claim_id, person_id, to_unit_id, {', '.join(OF_CLAIM[3:])} "
    "FROM claims LEFT JOIN people USING (person_id) WHERE state <> 'deleted'"
)


@FEW
@given(plan=plans(), data=st.data())
async def test_a_list_is_everything_filtered_by_the_rule(
    hours: Hours, plan: Plan, data: st.DataObject
) -> None:
    made, said = heard(plan)
    await hours.feed.say(*said)
    for learner in made.learners[:6]:
        client = hours.as_(learner)
        if (await client.get(f"/people/{learner.id}/2024")).is_success:
            claim = await claimed(client, learner)
            to = data.draw(st.none() | st.sampled_from(made.units))
            words = {"to_unit_id": to and str(to)}
            await client.post(f"{of(learner, claim)}/submission", json=words)
    await hours.feed.say(*moves(plan, made))
    everything = [dict(zip(OF_CLAIM, row, strict=True)) for row in await hours.feed.lab.rows(ALL)]
    for actor in made.actors:
        found = await listed(hours.as_(actor), "/claims", "claim_id")
        assert sorted(found) == left_of(everything, claims_of(actor), "claim_id"), actor
