"""One act of the province: 5,000 people of a roster credited, and what others wait meanwhile."""

import asyncio
import io
import time
from uuid import UUID, uuid4

import psycopg

from deploy.local.server import Servers
from libs.events.envelope import Actor
from libs.events.filing import RecognitionGranted, RosterImported, RosterRow
from libs.events.values import HalfDay, Hours
from tests.bench import told
from tests.bench.loading import Load
from tests.bench.stage import Stage, staged
from tests.component.certificates import words

CROWD, ROSTER, CHUNK = 1000, 5000, 1000
GRANTS, OFFERED = 3, 200
GOAL, P99 = 2.0, 100


async def measure(servers: Servers) -> None:
    """From the act, taken in, to GrantSettled; beside COPY of the rows that it makes."""
    async with staged(servers, CROWD + ROSTER) as stage:
        crowd, roster = stage.people[:CROWD], stage.people[CROWD:]
        with stage.workers(), stage.web(stage.hours) as port:
            for n in range(GRANTS + 1):  # the first warms up
                filing = await _rostered(stage, roster)
                load = Load(stage, port, 10 if n else 3, crowd, offered=OFFERED)
                await asyncio.sleep(2)
                took = await _granted(stage, filing, n)
                others = await asyncio.to_thread(load.found)
                if not n:
                    continue
                copied = await asyncio.to_thread(_copied, stage, filing)
                told.figure(
                    f"a grant of {ROSTER:,}: {took:.2f} s to GrantSettled; others at "
                    f"{others.rate:,.0f}/s p99 {others.p99:.0f} ms, {others.errors} errors",
                    f"COPY of the same rows {copied:.2f} s",
                    took / copied,
                    f"{GOAL:.0f} s, others' p99 {P99} ms",
                    took <= GOAL and others.p99 <= P99 and not others.errors,
                )


async def _rostered(stage: Stage, people: list[Actor]) -> UUID:
    filing = uuid4()
    for n in range(0, len(people), CHUNK):
        rows = [
            RosterRow(row=k, person_id=p.id) for k, p in enumerate(people[n : n + CHUNK], n + 2)
        ]
        await stage.feeds[0].say(
            RosterImported(
                filing_id=filing,
                roster_id=filing,
                chunk=n // CHUNK + 1,
                chunks=len(people) // CHUNK,
                rows=tuple(rows),
            ),
        )
    return filing


async def _granted(stage: Stage, filing: UUID, n: int) -> float:
    """Seconds."""
    day = HalfDay.parse(f"2024-11-{11 + n:02d}/am")
    await stage.feeds[0].say(
        RecognitionGranted(
            filing_id=filing,
            roster_id=filing,
            roster_digest="0" * 64,
            left_out=(),
            count=ROSTER,
            year=words.YEAR,
            rule="class",
            category="professional",
            hours=Hours.of(4),
            activity=f"教学能力提升培训班{n}",
            began=day,
            ended=day,
            by_unit_id=words.BUREAU,
            pack=words.version(),
        ),
    )
    began = time.perf_counter()
    query = "SELECT credited FROM grants WHERE filing_id = %s AND settled"
    with psycopg.connect(
        stage.hours.settings.database, autocommit=True, options="-c search_path=views"
    ) as conn:
        while (row := conn.execute(query, (filing,)).fetchone()) is None:
            if time.perf_counter() - began > 120:
                raise TimeoutError("the grant is not settled after two minutes")
            await asyncio.sleep(0.02)
    if row != (ROSTER,):
        raise ValueError(f"credited {row[0]} of {ROSTER}")
    return time.perf_counter() - began


def _copied(stage: Stage, filing: UUID) -> float:
    """The events and rows of this grant, once more, into tables with the same indexes."""
    with psycopg.connect(
        stage.hours.settings.database_owner, autocommit=True, options="-c search_path=views,public"
    ) as conn:
        took = 0.0
        for table, condition in (
            ("events", "type = 'hours.HoursRecognised' AND body LIKE %s"),
            ("entries", "source_id::text LIKE %s"),
        ):
            conn.execute(f"CREATE TEMP TABLE again (LIKE {table} INCLUDING ALL)".encode())
            rows = io.BytesIO()
            query = f"COPY (SELECT * FROM {table} WHERE {condition}) TO STDOUT"
            with conn.cursor() as cursor, cursor.copy(query.encode(), (f"%{filing}%",)) as out:
                for part in out:
                    rows.write(part)
            began = time.perf_counter()
            with conn.cursor() as cursor, cursor.copy(b"COPY again FROM STDIN") as into:
                into.write(rows.getvalue())
            took += time.perf_counter() - began
            conn.execute("DROP TABLE again")
    return took
