"""From a deletion's answer to a verification that says revoked, under 500 commands a second."""

import asyncio
import time

from aiokafka import TopicPartition
from aiokafka.admin import NewTopic

from deploy.local.server import Servers
from libs.events.envelope import Actor
from libs.runtime import broker
from tests.bench import told
from tests.bench.clicking import Clicking
from tests.bench.generator import ACTIVITY
from tests.bench.loading import Load
from tests.bench.stage import ADMIN, Stage, entered, staged
from tests.component.lab import until

CROWD, HOLDERS, CLAIMS = 1500, 200, 5
OFFERED, SECONDS = 500, 30.0
GOAL = 250

Held = tuple[Actor, str, str]  # holder, a claim that counts, the certificate's number


async def measure(servers: Servers) -> None:
    """One deletion after the other, each beside a round trip to the broker at that moment."""
    async with staged(servers, CROWD + HOLDERS) as stage:
        holders, crowd = stage.people[:HOLDERS], stage.people[HOLDERS:]
        with (
            stage.workers(),
            stage.web(stage.hours) as hours,
            stage.web(stage.certificates) as certificates,
        ):
            claims, papers = Clicking(hours), Clicking(certificates)
            held = await _issued(stage, holders, claims, papers)
            load = Load(stage, hours, SECONDS, crowd, offered=OFFERED)
            fallen, trips = await _deleted(stage, held, claims, papers, load)
            loaded = await asyncio.to_thread(load.found)
    p99, trip = told.share(fallen, 99), told.share(trips, 99)
    told.figure(
        f"deletion answered to revoked, under {loaded.rate:,.0f} commands/s ({loaded.errors} "
        f"errors): p50 {told.share(fallen, 50):.0f} ms, p99 {p99:.0f} ms of {len(fallen)}",
        f"one Kafka round trip p50 {told.share(trips, 50):.0f} ms, p99 {trip:.0f} ms",
        p99 / trip,
        f"p99 {GOAL} ms",
        p99 <= GOAL and not loaded.errors,
    )


async def _issued(
    stage: Stage, holders: list[Actor], claims: Clicking, papers: Clicking
) -> list[Held]:
    """Each with five claims passed, and the certificate that rests on them."""
    admin = stage.token(ADMIN)

    async def entered_by(holder: Actor) -> str:
        token, claim = stage.token(holder), ""
        for _ in range(CLAIMS):
            claim = (await claims.ask("POST", entered(holder.id), token, ACTIVITY))["id"]
            path = entered(holder.id, claim)
            await claims.ask("POST", f"{path}/submission", token, {})
            await claims.ask("POST", f"{path}/audit", admin, {"passed": True, "distinct": True})
        return claim

    async def issued_to(holder: Actor) -> str:
        token = stage.token(holder)
        issued = await papers.ask("POST", "/years/2024/annual", token, {})
        return str((await papers.ask("GET", f"/issued/{issued['id']}", token))["number"])

    async def all_satisfied() -> bool:
        query = "SELECT count(*) FROM standings WHERE satisfied LIKE %s"
        return bool(await stage.certificates.one(query, "%annual%") == len(holders))

    entries = await asyncio.gather(*(entered_by(holder) for holder in holders))
    await until(all_satisfied, 120)
    await asyncio.sleep(2)  # a heartbeat later the projection is current
    numbers = await asyncio.gather(*(issued_to(holder) for holder in holders))
    return list(zip(holders, entries, numbers, strict=True))


async def _deleted(
    stage: Stage, held: list[Held], claims: Clicking, papers: Clicking, load: Load
) -> tuple[list[float], list[float]]:
    fallen, trips = [], []
    kafka, topic = stage.hours.settings.kafka, f"{stage.hours.settings.prefix}trips"
    await broker.create_topics(kafka, [NewTopic(topic, 1, 1)])
    async with broker.producer(kafka) as producer, broker.consumer(kafka, None) as consumer:
        await producer.send_and_wait(topic, b"first", partition=0)
        consumer.assign([TopicPartition(topic, 0)])
        await consumer.getone()
        await asyncio.sleep(2)  # the load is there
        for holder, claim, number in held:
            if not load.goes_on:
                break
            fallen.append(await _falls(stage, holder, claim, number, claims, papers))
            began = time.perf_counter()
            await producer.send_and_wait(topic, b"there", partition=0)
            await consumer.getone()
            trips.append((time.perf_counter() - began) * 1000)
    return fallen, trips


async def _falls(
    stage: Stage, holder: Actor, claim: str, number: str, claims: Clicking, papers: Clicking
) -> float:
    """Milliseconds from the answer to the first verification that says so."""
    admin = stage.token(ADMIN)
    await claims.ask("DELETE", entered(holder.id, claim), admin, {})
    began = time.perf_counter()
    while (await papers.ask("GET", f"/v/{number}", admin))["status"] != "revoked":  # noqa: ASYNC110
        await asyncio.sleep(0.002)
    return (time.perf_counter() - began) * 1000
