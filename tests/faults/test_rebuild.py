"""A rebuild that dies in the middle of its swap has changed nothing, and is begun again."""

from pathlib import Path
from uuid import uuid4

from tests.component.certificates.conftest import Province
from tests.component.certificates.words import enough, published, recognised, registered, unit
from tests.component.feeding import Feed
from tests.faults.process import STATUS
from tests.faults.running import Process, processes

MODULE = "services.certificates.service"
IN_THE_SWAP = "libs.runtime.rebuild.swapping:_grant:entry:1"


async def test_a_crash_in_the_middle_of_a_swap(province: Province, tmp_path: Path) -> None:
    own = province.certificates
    feed, people = Feed(own), [uuid4() for _ in range(20)]
    await feed.say(published(), unit(), *(registered(person) for person in people))
    await feed.say(*(entry for person in people for entry in enough(person)))
    standings = "SELECT person_id, satisfied, digest FROM standings ORDER BY 1"
    before = await own.rows(standings)
    operator = Process(own, MODULE, "rebuild", tmp_path)
    with processes(operator):
        operator.start(IN_THE_SWAP)
        assert await operator.crashed() == STATUS
        assert await own.rows(standings) == before
        assert await own.one("SELECT to_regnamespace('views_old')") is None
        more = uuid4()
        await feed.say(registered(more), *enough(more))
        operator.start()
        assert await operator.crashed() == 0
    assert await own.one("SELECT to_regnamespace('views_next')") is None
    assert len(await own.rows(standings)) == 21
    await feed.say(recognised(more, "4"))
    assert await own.one("SELECT count(*) FROM aside") == 0
