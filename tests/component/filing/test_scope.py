"""A list of filings is what is left of all filings when the rule has been asked of each."""

from uuid import uuid4

from hypothesis import given

from libs.events.envelope import Actor, Role
from libs.events.identity import BaseDesignated, BaseLevel
from services.filing.rules.actors import filings_of
from tests.component.filing.conftest import Filing, filed
from tests.component.organisations import FEW, Plan, heard, left_of, listed, plans


@FEW
@given(plan=plans())
async def test_a_list_is_everything_filtered_by_the_rule(filing: Filing, plan: Plan) -> None:
    made, said = heard(plan)
    bases = [
        BaseDesignated(unit_id=unit, level=BaseLevel.REGIONAL, batch="第二批")
        for unit in made.units
    ]
    await filing.feed.say(*said, *bases)
    for n, unit in enumerate(made.units):
        account = filing.as_(Actor(unit, Role.UNIT_ACCOUNT, unit, session_id=uuid4()))
        for _ in range(n % 3):
            await filed(account)
    rows = await filing.feed.lab.rows("SELECT filing_id, unit_id FROM filings")
    everything = [{"filing_id": one, "unit_id": unit} for one, unit in rows]
    for actor in made.actors:
        found = await listed(filing.as_(actor), "/filings", "filing_id")
        assert sorted(found) == left_of(everything, filings_of(actor), "filing_id"), actor
        if everything:
            one = everything[0]
            answer = await filing.as_(actor).get(f"/filings/{one['filing_id']}")
            assert answer.is_success is filings_of(actor).allows(one), actor
