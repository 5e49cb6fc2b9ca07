"""The relay: a log of 200,000 events to Kafka, and how late an event is on the broker."""

import asyncio
import json
import time

import psycopg
from aiokafka.admin import NewTopic

from deploy.local.server import Servers
from libs.runtime import broker
from libs.runtime.log import codec
from tests.bench import told
from tests.bench.loading import load
from tests.bench.process import process, said
from tests.bench.stage import Stage, staged
from tests.component.certificates import words
from tests.component.lab import AT, envelope

PEOPLE, EVENTS, PAIRS, SECONDS, OFFERED = 2000, 200_000, 3, 8.0, 1000
GOAL, LAG = 20_000, 250

# What the log of hours would hold, made by the server itself.
_FILL = """
INSERT INTO events
SELECT head + n, gen_random_uuid(), 'bench/' || n, 'hours.HoursRecognised', 1,
       ('00000000-0000-4000-8000-' || lpad((n %% 5000)::text, 12, '0'))::uuid,
       %(at)s, %(meta)s, %(body)s
FROM (SELECT coalesce(max(position), 0) AS head FROM events) h, generate_series(1, %(events)s) n"""


async def measure(servers: Servers) -> None:
    """Events a second beside a bare producer; lag at 1,000 commands a second."""
    async with staged(servers, PEOPLE) as stage:
        await asyncio.to_thread(_late, stage)
        await asyncio.to_thread(_rate, stage)


def _rate(stage: Stage) -> None:
    body = words.recognised(stage.people[0].id, "20").model_dump_json()
    values = {
        "at": AT,
        "meta": codec.encode_meta(envelope()),
        "body": body,
        "events": EVENTS,
    }
    kafka, bare_topic = stage.hours.settings.kafka, f"{stage.hours.settings.prefix}bare"
    with psycopg.connect(stage.hours.settings.database_owner, autocommit=True) as conn:
        conn.execute(_FILL.encode(), values)
        asyncio.run(broker.create_topics(kafka, [NewTopic(bare_topic, broker.PARTITIONS, 1)]))
        pairs = []
        for _ in range(PAIRS):
            argv = ("tests.bench.producing", kafka, bare_topic, str(EVENTS), str(len(body)))
            bare = float(said(*argv))
            pairs.append((_relayed(stage, conn), bare))
    rate = told.median(mine for mine, _ in pairs)
    told.figure(
        f"relay {rate:,.0f} events/s",
        f"a bare aiokafka producer {told.median(bare for _, bare in pairs):,.0f}/s",
        told.median(mine / bare for mine, bare in pairs),
        f"{GOAL:,}/s",
        rate >= GOAL,
    )


def _relayed(stage: Stage, conn: psycopg.Connection) -> float:
    """Everything published again, from the first round that is done to the last."""
    conn.execute("UPDATE relay SET cursor = 0")
    head = _one(conn, "SELECT max(position) FROM events")
    environment = stage.environment(stage.hours)
    with process(stage.folder, environment, "libs.runtime", "hours", "relay"):
        while not (first := _one(conn, "SELECT cursor FROM relay")):
            time.sleep(0.01)
        began = time.perf_counter()
        while _one(conn, "SELECT cursor FROM relay") < head:
            time.sleep(0.02)
        return (head - first) / (time.perf_counter() - began)


def _one(conn: psycopg.Connection, query: str) -> int:
    row = conn.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0


def _late(stage: Stage) -> None:
    settings = stage.hours.settings
    with stage.web(stage.hours) as port, stage.workers():
        load(stage, port, 3)
        while stage.left():  # the workers are there, and have caught up
            time.sleep(0.2)
        listening = ("tests.bench.listening", settings.kafka, f"{settings.prefix}hours.events")
        begun = stage.folder / "listening"
        with process(stage.folder, stage.environment(stage.hours), *listening) as listener:
            while not begun.exists() and listener.poll() is None:
                time.sleep(0.1)
            loaded = load(stage, port, SECONDS, offered=OFFERED)
            time.sleep(1)
            begun.unlink()
            if listener.wait(60):
                raise RuntimeError((stage.folder / "processes.log").read_text()[-2000:])
    found = json.loads((stage.folder / "lags.json").read_text())
    told.figure(
        f"relay at {loaded.rate:,.0f} commands/s ({OFFERED:,} offered, {loaded.errors} errors): "
        f"from click to consumer p50 {found['p50']:.0f} ms, p99 {found['p99']:.0f} ms "
        f"of {found['events']:,} events",
        f"click to answer p99 {loaded.p99:.0f} ms",
        found["p99"] / loaded.p99,
        f"p99 {LAG} ms",
        found["p99"] <= LAG,
    )
