"""A page of identity's reads what it shows, however many people and events there are."""

from uuid import UUID

from libs.events.envelope import Actor, Role
from libs.runtime import database
from services.identity import listing
from services.identity.api import audit
from services.identity.filling import fill as fill_listed
from services.identity.listing import Wanted
from services.identity.timers import ClosedDepartments
from tests.component.counting import A_FEW, planned_once, rows_read
from tests.component.crowd import fill, md5
from tests.component.identity.office import Office
from tests.component.lab import AT

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


UNITS, ALL = 500, 20_000  # half of the people are of the first unit, in two departments
FULL = 50  # people on a page
PAGES_READ = 14  # what is asked so often is prepared, and planned without its values

EVERYBODY = f"""
CREATE TEMP TABLE one AS
SELECT n, md5('p' || n)::uuid AS person_id, CASE WHEN n % 2 = 0 THEN 0 ELSE n % {UNITS} END AS u
FROM generate_series(1, {ALL}) n;
INSERT INTO people SELECT person_id, md5('u' || u)::uuid, md5('d' || u || '-' || n % 4)::uuid, NULL,
    md5('b' || u % 10)::uuid, CASE n % 1000 WHEN 8 THEN 'pending' WHEN 17 THEN 'declined'
    ELSE 'member' END, '2024-01-01', n FROM one;
INSERT INTO shown SELECT person_id, name, 'wei' || md5(n::text), 'w' || left(md5(n::text), 3), '***'
FROM (SELECT *, '韦' || chr(20000 + n % 3000) AS name FROM one) named;
"""
ANALYSED = "ANALYZE people; ANALYZE shown; ANALYZE listed; ANALYZE credentials; ANALYZE vault"


def _bureau(n: int) -> Actor:
    return Actor(md5("p1"), Role.CITY_BUREAU, md5(f"b{n}"))


BIG = Actor(md5("p2"), Role.UNIT_ADMIN, md5("u0"))
DEPARTMENT = Actor(md5("p2"), Role.DEPARTMENT_ADMIN, md5("u0"), md5("d0-2"))
PROVINCE = Actor(md5("p1"), Role.PROVINCE_BUREAU, md5("province"))
WAITING = Wanted(membership="pending")
PAGE = FULL + A_FEW
PAGES = {  # who asks for whom; how many are shown, and how many are looked at
    "the big unit": (BIG, Wanted(), FULL, PAGE),
    "its department": (DEPARTMENT, Wanted(), FULL, PAGE),
    "a bureau": (_bureau(0), Wanted(), FULL, PAGE),
    "the province": (PROVINCE, Wanted(), FULL, PAGE),
    "who waits, of the big unit": (BIG, WAITING, 20, 20 + A_FEW),
    "who waits, of a bureau": (_bureau(0), WAITING, 20, 20 + A_FEW),
    "who waits, of the province": (PROVINCE, WAITING, 20, 20 + A_FEW),
    "nobody waits": (_bureau(3), WAITING, 0, A_FEW),
    "a name": (PROVINCE, Wanted(name="韦" + chr(20100)), 7, 7 + A_FEW),
    "initials": (PROVINCE, Wanted(name="Wa0b"), 5, 5 + A_FEW),
    "a letter": (PROVINCE, Wanted(name="w"), FULL, PAGE),
    "pinyin": (PROVINCE, Wanted(name="wei a"), FULL, PAGE),
    "nobody's name": (PROVINCE, Wanted(name="覃小明"), 0, A_FEW),
    "within a name, of a unit": (
        _bureau(7),
        Wanted(name=chr(20007), unit_id=md5("u7")),
        7,
        40 + A_FEW,
    ),
}


async def test_a_page_of_people_reads_what_it_shows(desk: Office) -> None:
    settings = desk.lab.settings
    fill(settings, EVERYBODY)
    await fill_listed(settings.database)
    fill(settings, ANALYSED)
    for name, (actor, wanted, shown, most) in PAGES.items():
        async with await database.connect(settings.database) as conn, conn.transaction():
            page = await listing.people(conn, actor, wanted)
            assert (len(page.items), bool(page.next)) == (shown, shown == FULL), name
            assert await rows_read(conn, "listed") <= most, name
            for joined in ("people", "shown", "credentials"):
                assert await rows_read(conn, joined) <= shown + A_FEW, (name, joined)


async def test_the_next_page_begins_where_the_last_ended(desk: Office) -> None:
    settings = desk.lab.settings
    fill(settings, EVERYBODY)
    await fill_listed(settings.database)
    fill(settings, ANALYSED)
    seen: list[UUID] = []
    cursor = None
    async with await database.connect(settings.database) as conn, conn.transaction():
        for _ in range(PAGES_READ):
            page = await listing.people(conn, _bureau(0), Wanted(name="w", cursor=cursor))
            seen, cursor = [*seen, *(one.person_id for one in page.items)], page.next
        read = await rows_read(conn, "listed")
        rows = await conn.execute(
            "SELECT person_id FROM listed WHERE bureau_id = %s ORDER BY pinyin, person_id LIMIT %s",
            (md5("b0"), len(seen)),
        )
        assert seen == [person for (person,) in await rows.fetchall()]
    assert read <= PAGES_READ * (FULL + A_FEW)


CLOSED = f"""
INSERT INTO departments SELECT md5('d' || n)::uuid, md5('u' || n)::uuid, '部门', true, n
FROM generate_series(1, {UNITS}) n;
ANALYZE departments"""
CONFIRMED = """
INSERT INTO people SELECT md5('p')::uuid, md5('u7')::uuid, md5('d7')::uuid, NULL, md5('b')::uuid,
    'member', '2024-01-01', head FROM (SELECT max(position) + 1 AS head FROM events) e;
INSERT INTO events SELECT max(position) + 1, gen_random_uuid(), 'person/x',
    'identity.MembershipConfirmed', 1, md5('p')::uuid, now(), '{}', '{}' FROM events"""


async def test_departments_that_nobody_is_left_in_are_looked_at_once(desk: Office) -> None:
    settings, look = desk.lab.settings, ClosedDepartments()
    fill(settings, f"{EVERYBODY};{CLOSED}")
    async with await database.connect(settings.database) as conn:

        async def left() -> tuple[int, int]:
            """How many people have to leave one, and how many departments were looked at."""
            async with conn.transaction():
                before = await rows_read(conn, "departments")
                found = await look(conn, AT, 0)
                return len(found), await rows_read(conn, "departments") - before

        assert await left() == (0, UNITS)
        for _ in range(12):  # also as a prepared statement
            found, read = await left()
            assert found == 0
            assert read <= A_FEW
        fill(settings, CONFIRMED)
        found, read = await left()
        assert found == 1
        assert read <= A_FEW
        assert (await left())[0] == 1  # until it is done
        fill(settings, "UPDATE people SET department_id = NULL WHERE person_id = md5('p')::uuid")
        assert await left() == (0, UNITS)
