"""How fast the certificates' views are made anew, beside a COPY of the same rows."""

import asyncio
import json
import resource
import time
from uuid import uuid4

import psycopg

from deploy.local.server import Servers
from libs.runtime.log import codec
from libs.runtime.rebuild import filling, plan
from libs.runtime.settings import Settings
from services.certificates.service import compose
from tests.bench import told
from tests.component import lab
from tests.component.certificates import words
from tests.component.lab import envelope

SIZES = (250_000, 1_000_000, 4_000_000)
GOAL = 100_000
A_PERSON = 25  # events: 1 of identity, 20 joined, 1 left, 3 standings of the own log

# What a person's partition of the logs would hold, made by the server itself.
_KEPT = """
INSERT INTO kept SELECT row_number() OVER (ORDER BY n, person), topic, %(log)s, row_number() OVER
    (ORDER BY n, person), gen_random_uuid(), type, 1, person, %(at)s, %(meta)s, body
FROM (
    SELECT p.person, 0 AS n, 'identity.events' AS topic, 'identity.PersonRegistered' AS type,
           replace(%(registered)s, %(nobody)s, p.person::text) AS body
    FROM bench_people p
    UNION ALL
    SELECT p.person, e.n, 'hours.events', 'hours.HoursRecognised',
           replace(replace(%(recognised)s, %(nobody)s, p.person::text), %(entry)s, e.entry::text)
    FROM bench_entries e JOIN bench_people p USING (person)
    UNION ALL
    SELECT p.person, 21, 'hours.events', 'hours.HoursRevoked',
           replace(replace(%(revoked)s, %(nobody)s, p.person::text), %(entry)s, e.entry::text)
    FROM bench_entries e JOIN bench_people p USING (person) WHERE e.n = 20
) said"""
_OWN = """
INSERT INTO events SELECT row_number() OVER (ORDER BY n, person), gen_random_uuid(),
    'certificates/' || person, 'certificates.StandingChanged', 1, person, %(at)s, %(meta)s,
    replace(%(standing)s, %(nobody)s, person::text)
FROM bench_people, generate_series(1, 3) n"""


async def measure(servers: Servers) -> None:
    """Each size: events a second, the same rows by COPY, and the most memory a part took."""
    for size in SIZES:
        made = await lab.make(servers, compose(Settings()), "", topics=False)
        try:
            await asyncio.to_thread(_one, made.settings.database_owner, made, size)
        finally:
            lab.unmake(servers, [made])


def _one(owner: str, made: lab.Lab, size: int) -> None:
    service = made.found.service
    with psycopg.connect(owner, autocommit=True) as conn:
        events = _fill(conn, size // A_PERSON)
        began = time.perf_counter()
        for table in ("kept", "events"):
            with conn.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT".encode()) as copy:
                for _ in copy:
                    pass
        copied = time.perf_counter() - began
        plan.begin(conn, service)
        began = time.perf_counter()
        filling.fill(service, owner, 2, lambda _events: None)
        folded = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        standings = conn.execute("SELECT count(*) FROM views_next.standings").fetchone()
    told.figure(
        f"rebuild of {events:,} events: {events / folded:,.0f}/s, {folded:.1f} s, "
        f"{memory:.0f} MB a part, {standings and standings[0]:,} standings",
        f"COPY of the same rows {events / copied:,.0f}/s",
        copied / folded,
        f"{GOAL:,}/s",
        events / folded >= GOAL,
    )


def _fill(conn: psycopg.Connection, people: int) -> int:
    nobody, law = uuid4(), words.published()
    entry = words.recognised(nobody, "4")
    standing = {
        "person_id": str(nobody),
        "year": words.YEAR,
        "satisfied": ["annual"],
        "total": "76.00",
        "pack": words.version().model_dump(mode="json"),
    }
    said = {
        "log": uuid4(),
        "at": lab.AT,
        "meta": codec.encode_meta(envelope()),
        "nobody": str(nobody),
        "entry": str(entry.entry_id),
        "registered": words.registered(nobody).model_dump_json(),
        "recognised": entry.model_dump_json(),
        "revoked": words.revoked(entry).model_dump_json(),
        "standing": json.dumps(standing),
    }
    for line in (
        "CREATE TEMP TABLE bench_people AS SELECT gen_random_uuid() AS person "
        f"FROM generate_series(1, {people})",
        "CREATE TEMP TABLE bench_entries AS SELECT person, n, gen_random_uuid() AS entry "
        "FROM bench_people, generate_series(1, 20) n",
    ):
        conn.execute(line.encode())
    conn.execute(_KEPT.encode(), said)
    conn.execute(_OWN.encode(), said)
    conn.execute(
        "INSERT INTO kept SELECT max(position) + 1, 'policy.events', %s, 1, gen_random_uuid(), "
        "'policy.PackPublished', 1, %s, %s, %s, %s FROM kept",
        (uuid4(), law.pack_key, lab.AT, said["meta"], law.model_dump_json()),
    )
    conn.execute("ANALYZE kept, events")
    heads = plan.now(conn)
    return heads.events + heads.kept
