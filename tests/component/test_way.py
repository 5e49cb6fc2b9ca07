"""The way of an event from one context into another, on a real database and a real broker."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from structlog.testing import capture_logs

from libs.runtime import broker, database, operating, roles
from libs.runtime.inbound import marks
from libs.runtime.inbound.aside import Raw
from libs.runtime.log import codec
from libs.runtime.outbound import relay
from libs.runtime.outbound.relay import partition_of
from tests.component import mirror
from tests.component.conftest import Pair
from tests.component.lab import until
from tests.component.test_batch import add, outcomes


async def noted(pair: Pair) -> list[tuple[object, ...]]:
    return await pair.mirror.rows("SELECT account_id, amounts FROM notes ORDER BY 1")


async def all_noted(pair: Pair) -> bool:
    count = await pair.mirror.one("SELECT count(*) FROM events")
    return bool(count == await pair.tally.one("SELECT count(*) FROM events"))


async def fill(pair: Pair, *accounts: UUID, each: int = 5) -> None:
    async with pair.tally.writer() as writer:
        await outcomes(writer, *(add(a, n) for n in range(1, each + 1) for a in accounts))


async def send(pair: Pair, *records: tuple[bytes, bytes, list[tuple[str, bytes]]]) -> None:
    """Records that no relay sent."""
    topic = f"{pair.tally.settings.prefix}tally.events"
    async with AIOKafkaProducer(bootstrap_servers=pair.tally.settings.kafka, acks="all") as to:
        for key, value, headers in records:
            await to.send_and_wait(topic, value, key, partition_of(key), headers=headers)


async def test_each_event_is_noted_once_and_in_order(pair: Pair) -> None:
    accounts = [uuid4() for _ in range(20)]
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await fill(pair, *accounts)
        await until(lambda: all_noted(pair))
    assert await noted(pair) == [(a, "1 2 3 4 5") for a in sorted(accounts)]
    assert await pair.mirror.one("SELECT count(*) FROM kept") == 100
    assert await pair.mirror.one("SELECT count(*) FROM last_seen WHERE amount = 5") == 20


async def test_the_cause_and_the_correlation_go_along(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await fill(pair, account, each=1)
        await until(lambda: all_noted(pair))
    there = await pair.tally.rows("SELECT id::text, meta::json->>'correlation' FROM events")
    here = await pair.mirror.rows(
        "SELECT meta::json->>'cause', meta::json->>'correlation' FROM events"
    )
    assert there == here


async def test_republishing_everything_changes_nothing(pair: Pair) -> None:
    accounts = [uuid4() for _ in range(20)]
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await fill(pair, *accounts)
        await until(lambda: all_noted(pair))
        await operating.republish(pair.tally.found, pair.tally.settings, [])
        await until(lambda: _cursor_is_at(pair, 100))
        await fill(pair, accounts[0], each=1)
        await until(lambda: all_noted(pair))
    assert await pair.mirror.one("SELECT count(*) FROM kept") == 101
    assert await pair.mirror.one(
        "SELECT amounts FROM notes WHERE account_id = %s", accounts[0]
    ) == ("1 2 3 4 5 1")


async def _cursor_is_at(pair: Pair, position: int) -> bool:
    return bool(await pair.tally.one("SELECT cursor FROM relay") == position)


async def test_an_operator_s_zero_wins_over_a_round_under_way(pair: Pair) -> None:
    await fill(pair, uuid4())
    async with await database.connect(pair.tally.settings.database) as conn:
        place = relay.start_of(0, ())
        this = await relay.read(conn, place)
        await relay.move(conn, place, relay.Place(3, (3,) * broker.PARTITIONS))
        await operating.republish(pair.tally.found, pair.tally.settings, [])
        after = relay.Place(this.rows[-1].position, (5,) * broker.PARTITIONS)
        assert not await relay.move(conn, relay.Place(3, ()), after)


async def test_a_missing_record_stops_its_partition_until_it_is_republished(pair: Pair) -> None:
    account = uuid4()
    settings = pair.tally.settings
    await fill(pair, account, each=5)
    topic = f"{settings.prefix}tally.events"
    async with (
        broker.producer(settings.kafka) as producer,
        await database.connect(settings.database) as conn,
    ):
        log_id = str(await pair.tally.one("SELECT id FROM log"))
        publisher = relay.Publisher(producer, topic, log_id)
        this = await relay.read(conn, relay.start_of(0, ()))
        first = relay.Round(this.rows[:2], this.place, complete=True)
        place = await publisher.publish(first)
        third = relay.Round(this.rows[2:3], place, complete=True)
        numbers = list(place.numbers)
        numbers[partition_of(str(account).encode())] = 3  # the third is never sent
        await publisher.publish(
            relay.Round(this.rows[3:], relay.Place(3, tuple(numbers)), complete=True)
        )
        async with pair.mirror.at_work("react"):
            await until(lambda: _has_read(pair, 4))
            assert await noted(pair) == [(account, "1 2")]
            await publisher.publish(third)
            await publisher.publish(
                relay.Round(this.rows[3:], relay.Place(3, tuple(numbers)), complete=True)
            )
            await until(lambda: all_noted(pair))
    assert await noted(pair) == [(account, "1 2 3 4 5")]


async def _has_read(pair: Pair, records: int) -> bool:
    return await _read_so_far(pair) == records


async def _read_so_far(pair: Pair) -> int:
    """How many records of the topic the follower's group has behind it."""
    admin = AIOKafkaAdminClient(bootstrap_servers=pair.mirror.settings.kafka)
    await admin.start()
    try:
        group = f"{pair.mirror.settings.prefix}mirror"
        return sum(o.offset for o in (await admin.list_consumer_group_offsets(group)).values())
    finally:
        await admin.close()


HEADERS = [("ce_type", b"tally.Added")]


async def test_garbage_is_set_aside_with_what_follows_it_and_the_stream_goes_on(
    pair: Pair,
) -> None:
    bad, good = uuid4(), uuid4()
    await send(pair, (str(bad).encode(), b"garbage", HEADERS), (b"", b"", []))
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await fill(pair, bad, good)
        await until(lambda: _is(pair, "SELECT count(*) FROM events", 5))
        await until(lambda: _is(pair, "SELECT count(*) FROM aside", 7))
    assert await noted(pair) == [(good, "1 2 3 4 5")]
    assert await pair.mirror.rows("SELECT reason, behind FROM aside ORDER BY id LIMIT 1") == [
        ("envelope: ValidationError", False)
    ]
    topic = f"{pair.tally.settings.prefix}tally.events"
    stored = await pair.mirror.rows("SELECT sealed FROM aside")
    assert not any(b"garbage" in bytes(sealed) for (sealed,) in stored)
    who, words = uuid4(), [topic, str(bad)]
    with pytest.raises(SystemExit, match="TICKET"):
        await operating.discard(pair.mirror.found, pair.mirror.settings, [*words, str(who)])
    with capture_logs() as logged:
        await operating.discard(
            pair.mirror.found, pair.mirror.settings, [*words, str(who), "JX-12"]
        )
    (given_up,) = [line for line in logged if line["event"] == "set aside and given up"]
    assert (given_up["by"], given_up["ticket"]) == (str(who), "JX-12")
    assert given_up["reason"] == "envelope: ValidationError"
    await operating.redrive(pair.mirror.found, pair.mirror.settings, [topic, str(bad)])
    assert sorted(await noted(pair)) == sorted([(good, "1 2 3 4 5"), (bad, "1 2 3 4 5")])


async def test_a_key_that_is_no_text_is_named_as_it_is_shown(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    lab, good = pair.mirror, str(uuid4())
    taker = roles.taker(lab.found, lab.settings)
    for offset, key in enumerate((b"\xff\xfe\x00bin\\", good.encode())):
        garbage = Raw("tally.events", 0, offset, key, (), b"garbage")
        await taker.take([marks.arrived(garbage)])
    await taker.close()
    await operating.redrive(lab.found, lab.settings, ["tally.events", good])
    await operating.list_aside(lab.found, lab.settings, [])
    shown = capsys.readouterr().out
    assert f"tally.events {good}: 0 handled, stopped by: envelope" in shown
    name = r"\377\376\000bin\\"
    assert f"tally.events {name}: 1 since" in shown
    words = ["tally.events", name, str(uuid4()), "JX-1"]
    await operating.discard(lab.found, lab.settings, words)
    assert "1 record discarded" in capsys.readouterr().out


async def test_what_was_given_up_is_nothing_when_its_topic_is_read_again(pair: Pair) -> None:
    """It has no position by which a mark could tell it from a new one."""
    lab, key = pair.mirror, str(uuid4())
    garbage = Raw("tally.events", 0, 7, key.encode(), (), b"garbage")
    taker = roles.taker(lab.found, lab.settings)
    assert (await taker.take([marks.arrived(garbage)])).aside == 1
    assert (await taker.take([marks.arrived(garbage)])).aside == 1
    assert await lab.one("SELECT count(*) FROM aside") == 1
    await operating.discard(lab.found, lab.settings, [garbage.topic, key, str(uuid4()), "JX-1"])
    assert (await taker.take([marks.arrived(garbage)])).aside == 0
    other = replace(garbage, value=b"other garbage")  # the topic was made anew
    assert (await taker.take([marks.arrived(other)])).aside == 1
    assert await lab.rows("SELECT given_up, sealed = '' FROM aside ORDER BY id") == [
        (True, True),
        (False, False),
    ]
    await taker.close()


async def test_a_defect_while_deciding_sets_aside_the_one_and_parks_its_key(pair: Pair) -> None:
    bad, good = uuid4(), uuid4()
    async with pair.tally.writer() as writer:
        await outcomes(writer, add(bad, 1), add(bad, mirror.BROKEN), add(bad, 2), add(good, 1))
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await until(lambda: _is(pair, "SELECT count(*) FROM aside", 2))
        await until(lambda: _is(pair, "SELECT count(*) FROM events", 2))
    assert await pair.mirror.rows("SELECT reason, behind FROM aside ORDER BY id") == [
        ("ZeroDivisionError while deciding", False),
        ("behind one that was set aside", True),
    ]
    assert await pair.mirror.one("SELECT count(*) FROM kept") == 2


async def test_a_type_from_a_newer_release_is_kept_raw(pair: Pair) -> None:
    account = uuid4()
    await fill(pair, account, each=1)
    headers = [("ce_type", b"tally.Multiplied"), ("ce_schemaversion", b"1")]
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await until(lambda: all_noted(pair))
        (row,) = await pair.tally.rows(
            "SELECT position + 1, id, type, version, subject, recorded_at, meta, body FROM events"
        )
        log_id = str(await pair.tally.one("SELECT id FROM log"))
        found = dict(codec.headers(codec.LogRow(*row), log_id, 1)) | dict(headers)
        await send(pair, (str(account).encode(), b'{"factor": 2}', list(found.items())))
        await until(lambda: _is(pair, "SELECT count(*) FROM kept", 2))
    assert await pair.mirror.one("SELECT count(*) FROM aside") == 0


async def test_how_current_a_follower_is_comes_from_heartbeats(pair: Pair) -> None:
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await fill(pair, uuid4())
        await until(lambda: _is(pair, "SELECT count(*) FROM heard WHERE position = 5", 1))
    stopped = await pair.mirror.one("SELECT as_of FROM heard")
    async with pair.tally.at_work("relay"):
        await fill(pair, uuid4())
        await until(lambda: _cursor_is_at(pair, 10))
    assert await pair.mirror.one("SELECT as_of FROM heard") == stopped


async def _is(pair: Pair, query: str, expected: object) -> bool:
    return bool(await pair.mirror.one(query) == expected)
