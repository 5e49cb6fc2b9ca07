"""A page of certificates reads what it shows, whoever asks for whatever."""

from functools import partial

import pytest

from services.certificates import queries
from services.certificates.queries import Wanted
from tests.component.certificates.conftest import Office
from tests.component.counting import read_for
from tests.component.crowd import ACTORS, MIDDLE, PLACED, fill, most

YEARS, PAGE = 4, 50

FILL = f"""{PLACED}
INSERT INTO certificates SELECT md5('c' || n || year)::uuid, person_id, 'annual', year, 'n' || n,
    '合格证书', '{{}}', unit_id, '某单位', '2024-12-01', 'gx-2024', 1, NULL, true,
    NULL, NULL, NULL, NULL, NULL, NULL, n FROM one, generate_series(2021, 2020 + {YEARS}) year;
ANALYZE certificates"""


ASKED = {
    "all": Wanted(),
    "a year": Wanted(year=2021),
    "later pages": Wanted(last=(MIDDLE, MIDDLE)),
    "a year without any": Wanted(year=2030),
    "a kind without any": Wanted(kind="public"),
    "what has fallen": Wanted(valid=False),
}


@pytest.mark.parametrize("asked", ASKED)
async def test_a_page_reads_what_it_shows(office: Office, asked: str) -> None:
    settings = office.lab.settings
    fill(settings, FILL)
    for actor in ACTORS:
        for table in ("certificates", "people"):
            read, _ = await read_for(
                settings.database,
                table,
                partial(queries.certificates, actor=actor, wanted=ASKED[asked], limit=PAGE),
            )
            assert read <= most(PAGE), (actor.role, table, read)
