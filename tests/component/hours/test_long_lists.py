"""What a list reads grows with what is in its caller's scope, not with the province."""

from datetime import date
from typing import Any

import pytest

from libs.decider.predicate import Predicate
from libs.events.envelope import Actor, Role
from libs.events.scope import people_of
from libs.runtime import database
from libs.runtime.following import laws
from services.hours import queries
from tests.component.counting import A_FEW, planned_once, rows_read
from tests.component.crowd import fill, md5
from tests.component.hours.conftest import Hours

UNITS, PEOPLE, EACH = 500, 10, 4  # people a unit, claims and entries a person
OWN = PEOPLE * EACH

FILL = f"""
CREATE TEMP TABLE one AS
SELECT u, md5('u' || u)::uuid AS unit_id, md5('d' || u)::uuid AS department_id,
       md5('p' || u || '-' || p)::uuid AS person_id
FROM generate_series(1, {UNITS}) u, generate_series(1, {PEOPLE}) p;
INSERT INTO people SELECT person_id, unit_id, department_id, NULL, md5('b' || u % 10)::uuid,
    '南宁市', '青秀区', NULL, 'CN-GX', '2024-01-01', true FROM one;
INSERT INTO claims SELECT gen_random_uuid(), person_id, 2024, 'submitted', 'learner', unit_id,
    'professional', 'training', '研修班', '中心', '线下', '合格', '2024-11-04/am', '2024-11-06/pm',
    800, NULL, '[]', 0, NULL, NULL, NULL, false, now(), row_number() OVER ()
FROM one, generate_series(1, {EACH});
INSERT INTO entries SELECT gen_random_uuid(), person_id, 2024, 'professional', 'training', 800, 800,
    'claim', gen_random_uuid(), '研修班', '2024-11-04/am', '2024-11-06/pm', unit_id, 'gx-2024',
    now(), row_number() OVER () FROM one, generate_series(1, {EACH});
ANALYZE people; ANALYZE claims; ANALYZE entries"""


def somebody(role: Role) -> Actor:
    """Of one of the units."""
    person, unit, department = (md5(text) for text in ("p7-1", "u7", "d7"))
    return Actor(person, role, unit, department)


LISTS = {
    "claims": (queries.LIST, queries.claims_of),
    "entries": (queries.ENTRIES, people_of),
}
MOST = {
    Role.LEARNER: EACH,
    Role.DEPARTMENT_ADMIN: 2 * OWN,  # by person, and what was sent to the unit
    Role.UNIT_ADMIN: 2 * OWN,
    Role.PROVINCE_BUREAU: 51,
}


@pytest.mark.parametrize("table", LISTS)
async def test_a_page_reads_what_is_in_scope(hours: Hours, table: str) -> None:
    settings = hours.feed.lab.settings
    fill(settings, FILL)
    query, scope_of = LISTS[table]
    for role, most in MOST.items():
        scope: Predicate = scope_of(somebody(role))
        read, rows = await _read(settings.database, table, query, scope)
        assert rows, role
        assert 0 < read <= most + A_FEW, (role, read)


async def _read(conninfo: str, table: str, query: str, scope: Predicate) -> tuple[int, int]:
    """How many rows of the table were read, and how many were shown."""
    async with await database.connect(conninfo) as conn, conn.transaction():
        filters: dict[str, Any] = {}
        found = await queries.rows_of(conn, query, scope, filters, 50)
        return await rows_read(conn, table), len(found)


LENGTHENED = f"""
INSERT INTO extensions SELECT 'gx-2024', 'hours.audit', md5('u' || u), '2025-04-30'
FROM generate_series(1, {UNITS}) u;
UPDATE extensions SET unit_key = unit_key::uuid::text, until = '2025-05-31'
WHERE unit_key = md5('u7');
UPDATE extensions SET unit_key = unit_key::uuid::text;
INSERT INTO extensions VALUES ('gx-2024', 'hours.claim', '', '2025-06-30');
ANALYZE extensions"""


async def test_only_what_concerns_somebody_is_read_of_the_windows_extended(hours: Hours) -> None:
    settings = hours.feed.lab.settings
    fill(settings, f"{FILL};{LENGTHENED}")
    async with await database.connect(settings.database) as conn, conn.transaction():
        await planned_once(conn)
        found = await laws.read(conn, (md5("p7-1"), md5("p8-1")))
        assert 0 < await rows_read(conn, "extensions") <= 3 + A_FEW
    law = found.newest["CN-GX", 2024]
    assert law.window("hours.audit", md5("u7")).closes == date(2025, 5, 31)
    assert law.window("hours.audit", md5("u8")).closes == date(2025, 4, 30)
    assert law.window("hours.claim", md5("u9")).closes == date(2025, 6, 30)
