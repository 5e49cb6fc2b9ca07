"""A page of how far people are reads what it shows, however many there are in the scope."""

import hashlib
from functools import partial
from uuid import UUID

import psycopg
import pytest

from libs.events.envelope import Actor, Role
from services.exams import queries
from tests.component.counting import rows_read
from tests.component.exams.conftest import Exams

PEOPLE, COURSES, PAGE = 8_000, 3, 50

FILL = f"""
CREATE TEMP TABLE one AS SELECT n, md5('p' || n)::uuid AS person_id, md5('u' || n % 8)::uuid
    AS unit_id, md5('d' || n % 8)::uuid AS department_id, md5('b' || n % 4)::uuid AS bureau_id
FROM generate_series(1, {PEOPLE}) n;
INSERT INTO people SELECT person_id, unit_id, department_id, NULL, bureau_id, '南宁市', '青秀区',
    NULL, 'CN-GX', '2024-01-01', true FROM one;
INSERT INTO courses SELECT md5('c' || c)::uuid, 'CN-GX', 2020 + c, 'required', '公需科目', '[]', 1,
    1, '', md5('b')::uuid, false, c FROM generate_series(1, {COURSES}) c;
INSERT INTO studies SELECT person_id, md5('c' || c)::uuid, 2020 + c, NULL, '[]', false, 0, 0, '[]',
    false, NULL, 'none', n FROM one, generate_series(1, {COURSES}) c;
ANALYZE people; ANALYZE courses; ANALYZE studies"""


def _md5(text: str) -> UUID:
    """As PostgreSQL makes one of a text."""
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


MIDDLE = UUID("80000000-0000-0000-0000-000000000000")
ACTORS = [
    Actor(_md5("p3"), Role.LEARNER),
    Actor(_md5("p3"), Role.DEPARTMENT_ADMIN, _md5("u3"), _md5("d3")),
    Actor(_md5("p3"), Role.UNIT_ADMIN, _md5("u3")),
    Actor(_md5("p3"), Role.CITY_BUREAU, _md5("b3")),
    Actor(_md5("p3"), Role.PROVINCE_BUREAU, _md5("b0")),
]
ASKED = {
    "the first page": (2021, None),
    "a later page": (2021, (MIDDLE, MIDDLE)),
    "a year without any": (2030, None),
}
MOST = 16 * (PAGE + 1)  # of an eighth of the people; all of theirs are a thousand or more


@pytest.mark.parametrize("asked", ASKED)
async def test_a_page_reads_what_it_shows(exams: Exams, asked: str) -> None:
    settings = exams.feed.lab.settings
    options = "-c search_path=views,private,public"
    with psycopg.connect(settings.database_owner, autocommit=True, options=options) as conn:
        conn.execute(FILL.encode())
    year, last = ASKED[asked]
    for actor in ACTORS:
        for table in ("studies", "people"):
            read, _ = await rows_read(
                settings.database,
                table,
                partial(queries.completion, actor=actor, year=year, last=last, limit=PAGE),
            )
            assert read <= MOST, (actor.role, table, read)
