"""People by the thousand, straight into the tables, and who may ask for them."""

import hashlib
from uuid import UUID

import psycopg

from libs.events.envelope import Actor, Role
from libs.runtime.settings import Settings

PEOPLE = 8_000
PLACED = f"""
CREATE TEMP TABLE one AS SELECT n, md5('p' || n)::uuid AS person_id, md5('u' || n % 8)::uuid
    AS unit_id, md5('d' || n % 8)::uuid AS department_id, md5('b' || n % 4)::uuid AS bureau_id
FROM generate_series(1, {PEOPLE}) n;
INSERT INTO people SELECT person_id, unit_id, department_id, NULL, bureau_id, '南宁市', '青秀区',
    NULL, 'CN-GX', '2024-01-01', true FROM one;
ANALYZE people;
"""
"""In eight units of a department each, under four bureaus, as services follow people."""


def md5(text: str) -> UUID:
    """As PostgreSQL makes one of a text."""
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


MIDDLE = UUID("80000000-0000-0000-0000-000000000000")
"""The place of a later page."""
ACTORS = [
    Actor(md5("p3"), Role.LEARNER),
    Actor(md5("p3"), Role.DEPARTMENT_ADMIN, md5("u3"), md5("d3")),
    Actor(md5("p3"), Role.UNIT_ADMIN, md5("u3")),
    Actor(md5("p3"), Role.CITY_BUREAU, md5("b3")),
    Actor(md5("p3"), Role.PROVINCE_BUREAU, md5("b0")),
]


def most(page: int) -> int:
    """Rows that a page may read of an eighth of the people, who have a thousand or more."""
    return 16 * (page + 1)


def fill(settings: Settings, script: str) -> None:
    """Rows by the thousand, straight into the tables."""
    options = "-c search_path=views,private,public"
    with psycopg.connect(settings.database_owner, autocommit=True, options=options) as conn:
        conn.execute(script.encode())
