"""Who is erased leaves hours that nobody can tie to a word or a file of that person."""

from datetime import timedelta
from pathlib import Path

from libs.events.envelope import Actor
from libs.events.identity import PersonErased
from libs.runtime import clock
from tests.component.hours.conftest import Hours, claimed, of
from tests.component.lab import until

PDF = b"%PDF-1.7 a certificate of attendance"


async def with_texts_and_a_file(hours: Hours, learner: Actor) -> str:
    """A claim with evidence, refused with an opinion."""
    me = hours.as_(learner)
    sent = {"file": ("a.pdf", PDF, "application/pdf")}
    digest = (await me.post(f"/people/{learner.id}/evidence", files=sent)).json()["digest"]
    claim = await claimed(me, learner, content="岩土工程的新进展", evidence=[digest])
    await me.post(f"{of(learner, claim)}/submission", json={})
    said = {"passed": False, "opinion": "材料与内容不符"}
    failed = await hours.as_(hours.admin()).post(f"{of(learner, claim)}/audit", json=said)
    assert failed.status_code == 200, failed.text
    return claim


async def test_texts_and_files_of_the_erased_go_and_of_nobody_else(
    hours: Hours, learner: Actor, tmp_path: Path
) -> None:
    lab, other = hours.feed.lab, await hours.person(hours.department)
    for who in (learner, other):
        await with_texts_and_a_file(hours, who)
    before = await lab.rows("SELECT position, body FROM events ORDER BY position")
    await hours.feed.say(PersonErased(person_id=learner.id))

    async def gone() -> bool:
        return not (tmp_path / str(learner.id)).exists() and not await lab.rows(
            "SELECT FROM texts WHERE person_id = %s", learner.id
        )

    async with lab.at_work("timer"):
        await until(gone)
        (tmp_path / str(learner.id)).mkdir()  # an upload that was under way
        await until(gone)
        clock.move_to(tmp_path / "clock.json", lab.clock.now() + timedelta(minutes=11))
        await until(lambda: _nobody_left(hours))
    assert len(await lab.rows("SELECT FROM texts WHERE person_id = %s", other.id)) == 2
    assert (tmp_path / str(other.id)).exists()
    assert await lab.rows("SELECT position, body FROM events ORDER BY position") == before


async def _nobody_left(hours: Hours) -> bool:
    return not await hours.feed.lab.rows("SELECT FROM erased")
