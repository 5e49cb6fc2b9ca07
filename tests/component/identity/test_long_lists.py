"""A page of identity's reads what it shows, however many people and events there are."""

from uuid import UUID

from libs.runtime import database
from services.identity.api import audit
from tests.component.identity.office import Office
from tests.component.long_lists import A_FEW, fill, md5, planned_once, rows_read

SOME, ACTS = 7, 5000  # about one person, and in all

HAPPENED = f"""
INSERT INTO events SELECT head + n, gen_random_uuid(), 'person/x', 'identity.SessionStarted', 1,
    CASE WHEN n <= {SOME} THEN md5('p')::uuid ELSE gen_random_uuid() END, now(), '{{}}', '{{}}'
FROM generate_series(1, {ACTS}) n, (SELECT max(position) AS head FROM events) e;
ANALYZE events"""


async def test_what_was_done_to_one_person_is_found_among_all(desk: Office) -> None:
    fill(desk.lab.settings, HAPPENED)
    for about, before, shown in ((md5("p"), None, SOME), (md5("p"), 10, 6), (None, None, 51)):
        found, read = await _acts(desk, about, before)
        assert found == shown
        assert read <= shown + A_FEW


async def _acts(desk: Office, about: UUID | None, before: int | None) -> tuple[int, int]:
    """How many acts were shown, and how many events were read."""
    async with await database.connect(desk.lab.settings.database) as conn, conn.transaction():
        await planned_once(conn)
        found = await audit.acts(conn, about, before, 51)
        return len(found), await rows_read(conn, "events")
