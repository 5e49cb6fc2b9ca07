"""Malformed, foreign, repeated and misplaced records on a topic of the product."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer
from uuid_utils.compat import uuid7

from libs.events.envelope import Actor, Envelope, Role
from libs.runtime.log import codec
from libs.runtime.outbound.relay import partition_of
from tests.component.lab import until
from tests.faults import settling
from tests.faults.living import Living
from tests.faults.product import Product

TOPIC = "hours.events"
FOLLOWERS = ("filing", "certificates")  # a plain consumer, and Faust
KNOWN = "hours.HoursRecognised"
STRANGER = Actor(UUID(int=5), Role.SERVICE)


@dataclass
class Stranger:
    """Somebody who speaks on the topic of hours with a log of its own."""

    product: Product
    log_id: UUID = field(default_factory=uuid4)
    said: dict[int, int] = field(default_factory=dict)  # the last position, a partition each

    async def sends(self, key: UUID, value: bytes, headers: list[codec.Header]) -> None:
        """Raw bytes."""
        raw = str(key).encode()
        async with AIOKafkaProducer(bootstrap_servers=self.product.servers.kafka) as to:
            await to.send_and_wait(TOPIC, value, raw, partition_of(raw), headers=headers)

    def record(
        self, person: UUID, body: Any, type_: str = KNOWN, version: int = 1
    ) -> tuple[UUID, bytes, list[codec.Header]]:
        """The next record of this log, in a proper envelope."""
        now = datetime(2024, 12, 20, 2, tzinfo=UTC)
        position = max(self.said.values(), default=0) + 1
        partition = partition_of(str(person).encode())
        meta = codec.encode_meta(Envelope(now, STRANGER, "key", uuid7()))
        text = json.dumps(body)
        row = codec.LogRow(position, uuid7(), type_, version, person, now, meta, text)
        headers = codec.headers(row, str(self.log_id), self.said.get(partition, 0))
        self.said[partition] = position
        return person, text.encode(), headers


def aside(product: Product, person: UUID) -> list[list[tuple[object, ...]]]:
    """What each follower has set aside of this key: why, and whether only for what came before."""
    query = "SELECT reason, behind FROM aside WHERE key = %s AND NOT given_up ORDER BY id"
    return [product.rows(name, query, str(person).encode()) for name in FOLLOWERS]


async def all_aside(product: Product, person: UUID, count: int) -> None:
    """Each follower has set aside so many records of this key."""

    async def so() -> bool:
        return all(len(found) == count for found in aside(product, person))

    await until(so)


async def test_it_is_set_aside_with_what_follows_and_redriven_in_order(product: Product) -> None:
    stranger, living = Stranger(product), Living.of(product, 3)
    bytes_, body, good = (life.person for life in living.lives)
    await stranger.sends(bytes_, b"\x00garbage", [("ce_type", KNOWN.encode())])
    await stranger.sends(*stranger.record(body, {"hours": "many"}))
    await living.claim()
    for bad, reason in ((bytes_, "envelope"), (body, f"{KNOWN} v1")):
        await all_aside(product, bad, 21)
        for found in aside(product, bad):
            assert str(found[0][0]).startswith(reason)
            assert [behind for _, behind in found] == [False, *[True] * 20]
        assert not await _has_enough(product, bad)
    await until(lambda: _has_enough(product, good))
    for follower in FOLLOWERS:
        said = await product.operate(follower, "redrive")
        assert said.count("0 handled, stopped by") == 2
        for bad in (bytes_, body):
            await product.operate(follower, "discard", TOPIC, str(bad), str(uuid4()), "JX-1")
        said = await product.operate(follower, "redrive")
        assert said.count("20 handled") == 2
    assert aside(product, bytes_) == aside(product, body) == [[], []]
    await settling.settled(product)
    await living.generate()
    await living.lose()
    await living.all_is_exact()


async def _has_enough(product: Product, person: UUID) -> bool:
    query = "SELECT satisfied FROM standings WHERE person_id = %s"
    return product.rows("certificates", query, person) == [("annual",)]


@pytest.mark.parametrize(
    ("type_", "version"), [("hours.HoursGivenAway", 1), (KNOWN, 9)], ids=["type", "version"]
)
async def test_what_a_newer_release_says_is_kept_raw_and_parks_nothing(
    product: Product, type_: str, version: int
) -> None:
    stranger, living = Stranger(product), Living.of(product, 1)
    (life,) = living.lives
    await stranger.sends(*stranger.record(life.person, {"new": "words"}, type_, version))
    query = "SELECT type, version, body FROM kept WHERE log_id = %s"

    async def kept() -> bool:
        raw = [(type_, version, '{"new": "words"}')]
        return all(product.rows(name, query, stranger.log_id) == raw for name in FOLLOWERS)

    await until(kept)
    await living.live()
    await living.all_is_exact()
    assert aside(product, life.person) == [[], []]


async def test_repeated_records_are_skipped_and_a_misplaced_one_waits(product: Product) -> None:
    """Twice, and the third before the second: nothing is taken that others should go before."""
    stranger, (person,) = Stranger(product), product.somebody(1)
    one, two, three = (stranger.record(person, {"n": n}, "hours.Later") for n in (1, 2, 3))
    for record in (one, one, three, one):
        await stranger.sends(*record)
    await until(lambda: _kept(product, stranger, ["1"]))
    await until(lambda: _gap_is_told(product))
    await until(lambda: _kept(product, stranger, ["1"]))
    for record in (two, two, three):
        await stranger.sends(*record)
    await until(lambda: _kept(product, stranger, ["1", "2", "3"]))
    assert aside(product, person) == [[], []]


PROCESSES = ("filing-worker", "certificates-project")


async def _gap_is_told(product: Product) -> bool:
    return all(product.said(name, "gap: a record is missing") for name in PROCESSES)


async def _kept(product: Product, stranger: Stranger, said: list[str]) -> bool:
    query = "SELECT body::json->>'n' FROM kept WHERE log_id = %s ORDER BY position"
    found = [[n for (n,) in product.rows(name, query, stranger.log_id)] for name in FOLLOWERS]
    return found == [said] * len(FOLLOWERS)
