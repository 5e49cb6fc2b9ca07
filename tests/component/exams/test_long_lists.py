"""A page of how far people are reads what it shows, however many there are in the scope."""

from functools import partial

import pytest

from services.exams import queries
from tests.component.counting import read_for
from tests.component.crowd import ACTORS, MIDDLE, PLACED, fill, most
from tests.component.exams.conftest import Exams

COURSES, PAGE = 3, 50

FILL = f"""{PLACED}
INSERT INTO courses SELECT md5('c' || c)::uuid, 'CN-GX', 2020 + c, 'required', '公需科目', '[]', 1,
    1, '', md5('b')::uuid, false, c FROM generate_series(1, {COURSES}) c;
INSERT INTO studies SELECT person_id, md5('c' || c)::uuid, 2020 + c, NULL, '[]', false, 0, 0, '[]',
    false, NULL, 'none', n FROM one, generate_series(1, {COURSES}) c;
ANALYZE courses; ANALYZE studies"""


ASKED = {
    "the first page": (2021, None),
    "a later page": (2021, (MIDDLE, MIDDLE)),
    "a year without any": (2030, None),
}


@pytest.mark.parametrize("asked", ASKED)
async def test_a_page_reads_what_it_shows(exams: Exams, asked: str) -> None:
    settings = exams.feed.lab.settings
    fill(settings, FILL)
    year, last = ASKED[asked]
    for actor in ACTORS:
        for table in ("studies", "people"):
            read, _ = await read_for(
                settings.database,
                table,
                partial(queries.completion, actor=actor, year=year, last=last, limit=PAGE),
            )
            assert read <= most(PAGE), (actor.role, table, read)
