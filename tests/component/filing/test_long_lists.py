"""A page of filings reads what it shows, however many there are."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from libs.events.envelope import Actor, Role
from services.filing import queries
from services.filing.views import UNSEALED
from tests.component.counting import read_for
from tests.component.crowd import fill
from tests.component.filing.conftest import Filing

MANY, PAGE = 5_000, 50
A_FEW = 60  # that the planner looks at, and that are of the index and not of the list
DAY = date(2024, 12, 20)

FILL = f"""
INSERT INTO filings
SELECT gen_random_uuid(), md5('u' || n % 100)::uuid, 2015 + n * 10 / ({MANY} + 1),
    'gx', '研修班', 'own', 'offline', '2024-12-09/am', '2024-12-11/pm', '2024-12-11',
    3, 2400, '2024-12-02', false,
    CASE WHEN n > {MANY - 10} THEN NULL ELSE n % 7 > 0 END, NULL, NULL,
    CASE WHEN n % 7 > 0 AND n <= {MANY - 10} THEN 'scan' END, NULL, NULL, 'granted',
    1, NULL, NULL, '[]', NULL, NULL, now(), n FROM generate_series(1, {MANY}) n;
ANALYZE filings"""

ASKED: dict[str, dict[str, Any]] = {
    "all": {},
    "later pages": {"f.version < %s": 4_000},
    "a year": {"f.year = %s": 2024},
    "an early year": {"f.year = %s": 2016},
    "a year without any": {"f.year = %s": 2030},
    "nothing requested": {"f.recognition = %s": "requested"},
    "of a unit": {"f.unit_id = %s": UUID(int=1)},
    "sealed form": {f"{UNSEALED} AND f.ended_on < %s": DAY},
}


@pytest.mark.parametrize("asked", ASKED)
async def test_a_page_reads_what_it_shows(filing: Filing, asked: str) -> None:
    settings = filing.feed.lab.settings
    fill(settings, FILL)
    province = Actor(uuid4(), Role.PROVINCE_BUREAU, uuid4())
    order = "ASC" if asked == "sealed form" else "DESC"
    read, found = await read_for(
        settings.database,
        "filings",
        lambda conn: queries.filings(conn, province, ASKED[asked], PAGE, order),
    )
    assert read <= found + A_FEW, (read, found)
