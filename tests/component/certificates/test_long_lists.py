"""A page of certificates reads what it shows, whoever asks for whatever."""

import hashlib
from functools import partial
from uuid import UUID

import psycopg
import pytest

from libs.events.envelope import Actor, Role
from services.certificates import queries
from services.certificates.queries import Wanted
from tests.component.certificates.conftest import Office
from tests.component.counting import rows_read

PEOPLE, YEARS, PAGE = 8_000, 4, 50

FILL = f"""
CREATE TEMP TABLE one AS SELECT n, md5('p' || n)::uuid AS person_id, md5('u' || n % 8)::uuid
    AS unit_id, md5('d' || n % 8)::uuid AS department_id, md5('b' || n % 4)::uuid AS bureau_id
FROM generate_series(1, {PEOPLE}) n;
INSERT INTO people SELECT person_id, unit_id, department_id, NULL, bureau_id, '南宁市', '青秀区',
    NULL, 'CN-GX', '2024-01-01', true FROM one;
INSERT INTO certificates SELECT md5('c' || n || year)::uuid, person_id, 'annual', year, 'n' || n,
    '合格证书', '{{}}', unit_id, '某单位', '2024-12-01', 'gx-2024', 1, NULL, true,
    NULL, NULL, NULL, NULL, NULL, NULL, n FROM one, generate_series(2021, 2020 + {YEARS}) year;
ANALYZE people; ANALYZE certificates"""


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
    "all": Wanted(),
    "a year": Wanted(year=2021),
    "later pages": Wanted(last=(MIDDLE, MIDDLE)),
    "a year without any": Wanted(year=2030),
    "a kind without any": Wanted(kind="public"),
    "what has fallen": Wanted(valid=False),
}
MOST = 16 * (PAGE + 1)  # of an eighth of the people; all of theirs are a thousand or more


@pytest.mark.parametrize("asked", ASKED)
async def test_a_page_reads_what_it_shows(office: Office, asked: str) -> None:
    settings = office.lab.settings
    options = "-c search_path=views,private,public"
    with psycopg.connect(settings.database_owner, autocommit=True, options=options) as conn:
        conn.execute(FILL.encode())
    for actor in ACTORS:
        for table in ("certificates", "people"):
            read, _ = await rows_read(
                settings.database,
                table,
                partial(queries.certificates, actor=actor, wanted=ASKED[asked], limit=PAGE),
            )
            assert read <= MOST, (actor.role, table, read)
