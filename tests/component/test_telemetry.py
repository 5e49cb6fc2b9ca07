"""What operators see: for every click a span that ends for certain, and how far behind all is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from prometheus_client import REGISTRY

from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.runtime import measuring
from libs.runtime.database import connect
from libs.runtime.inbound.aside import Raw, Seal, SetAside, put
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from libs.runtime.telemetry import tracing
from libs.runtime.web.limits import MOST_BYTES
from libs.runtime.working import working
from tests.component import lab, signing, tally
from tests.component.conftest import Pair
from tests.component.lab import AT, until
from tests.component.test_batch import add, outcomes

TRACE = "0af7651916cd43dd8448eb211c80319c"
SAMPLED = f"00-{TRACE}-b7ad6b7169203331-01"


@dataclass
class Spans(SpanProcessor):
    """Every span that began, and every one that ended."""

    began: list[str] = field(default_factory=list)
    ended: list[ReadableSpan] = field(default_factory=list)

    def on_start(self, span: ReadableSpan, parent_context: object = None) -> None:  # noqa: ARG002
        """One begins."""
        self.began.append(span.name)

    def on_end(self, span: ReadableSpan) -> None:
        """One is over."""
        self.ended.append(span)

    @property
    def last_click(self) -> dict[str, object]:
        """What the last click's span says; all that began are over, each once."""
        assert sorted(self.began) == sorted(span.name for span in self.ended)
        (*_, last) = [span for span in self.ended if span.name == "click"]
        return dict(last.attributes or {})


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Spans:
    """All spans of this test, kept in memory."""
    found, provider = Spans(), TracerProvider()
    provider.add_span_processor(found)
    monkeypatch.setattr(tracing, "tracer", lambda: provider.get_tracer("jixu"))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)  # as a process has it
    return found


@pytest.fixture
async def client(servers: Servers, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the small context's API, whose traces are recorded."""
    more = {"token_keys": signing.write_keys(tmp_path)}
    mine = await lab.make(servers, tally.compose(Settings()), "", more, topics=False)
    async with signing.clients(app_of(mine.found, mine.settings), mine.clock) as as_:
        made = as_(Actor(uuid4(), Role.LEARNER, session_id=uuid4()))
        made.headers["traceparent"] = SAMPLED
        yield made
    lab.unmake(servers, [mine])


WORDS = {"amount": 4}
CASES: dict[str, tuple[int, dict[str, str], dict[str, Any], dict[str, str]]] = {
    "granted": (201, {}, {"json": WORDS}, {"jixu.command": "Add"}),
    "without a key": (400, {"Idempotency-Key": ""}, {"json": WORDS}, {"jixu.rule": "key-missing"}),
    "a stale copy": (412, {"If-Match": '"99"'}, {"json": WORDS}, {"jixu.rule": "stale-version"}),
    "no version": (400, {"If-Match": "x"}, {"json": WORDS}, {"jixu.rule": "if-match-malformed"}),
    "no login": (401, {"Authorization": "x"}, {"json": WORDS}, {"jixu.rule": "token-missing"}),
    "another form": (422, {}, {"json": {"amount": "?"}}, {"jixu.rule": "body-invalid"}),
    "too large": (413, {}, {"content": b" " * (MOST_BYTES + 1)}, {}),
    "refused": (409, {}, {"json": {"amount": tally.LIMIT + 1}}, {"jixu.rule": "over-the-limit"}),
    "it fails": (500, {}, {"json": {"amount": -1}}, {"error.type": "ZeroDivisionError"}),
}


@pytest.mark.parametrize("case", CASES)
async def test_every_click_has_one_span_that_ends(
    client: httpx.AsyncClient, spans: Spans, case: str
) -> None:
    status, headers, body, said = CASES[case]
    answer = await client.post(f"/accounts/{uuid4()}/amounts", headers=headers, **body)
    assert answer.status_code == status, answer.text
    found = spans.last_click
    assert found | said == found
    assert status == 500 or found["http.response.status_code"] == status
    assert {f"{span.context.trace_id:032x}" for span in spans.ended if span.context} == {TRACE}


async def test_no_span_is_made_but_those_by_hand(client: httpx.AsyncClient, spans: Spans) -> None:
    assert (await client.post(f"/accounts/{uuid4()}/amounts", json=WORDS)).is_success
    assert set(spans.began) == {"click", "batch"}


async def test_a_query_has_none(client: httpx.AsyncClient, spans: Spans) -> None:
    assert (await client.get(f"/accounts/{uuid4()}")).is_success
    assert not spans.began


async def test_what_a_click_causes_elsewhere_is_in_its_trace(pair: Pair, spans: Spans) -> None:
    asked = add(uuid4(), 1)
    clicked = replace(asked.command.envelope, traceparent=SAMPLED)
    async with pair.tally.writer() as writer:
        command = asked.command.model_copy(update={"envelope": clicked})
        await outcomes(writer, replace(asked, command=command), add(uuid4(), 2))
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):

        async def taken() -> bool:
            return len(spans.ended) > 0

        await until(taken)
    (take,) = spans.ended
    assert take.name == "take"
    assert take.context is not None
    assert take.parent is not None
    assert (f"{take.context.trace_id:032x}", f"{take.parent.span_id:016x}") == (
        TRACE,
        "b7ad6b7169203331",
    )
    assert (take.attributes or {})["jixu.service"] == "mirror"


def gauge(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)


async def test_what_hangs_is_seen_to_hang(pair: Pair) -> None:
    """No relay, nothing heard: the figures grow; they fall as soon as both are at work."""
    settings, clock = pair.tally.settings, pair.tally.clock
    async with pair.tally.writer() as writer:
        await outcomes(writer, add(uuid4(), 1), add(uuid4(), 2))
    waiting = (clock.now() - AT).total_seconds()

    async def hangs() -> bool:
        age = gauge("jixu_outbox_age_seconds", service="tally")
        return gauge("jixu_outbox_depth", service="tally") == 2 and (age or 0) >= waiting

    async def never_heard() -> bool:
        return gauge("jixu_lag_seconds", service="mirror", source="tally") == float("inf")

    async def current() -> bool:
        lag = gauge("jixu_lag_seconds", service="mirror", source="tally")
        depth = gauge("jixu_outbox_depth", service="tally")
        age = gauge("jixu_outbox_age_seconds", service="tally")
        return (depth, age) == (0, 0) and lag is not None and lag < 60

    async with working(measuring.outbox("tally", settings.database, clock)):
        await until(hangs)
    async with working(
        measuring.inbound("mirror", ["tally"], pair.mirror.settings.database, clock)
    ):
        await until(never_heard)
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await until(current)


async def test_what_is_set_aside_now_is_counted(pair: Pair) -> None:
    raw = Raw("tally.events", 0, 0, b"key", (), b"nonsense")
    async with await connect(pair.mirror.settings.database) as conn:
        statement = put([SetAside(raw, "envelope")], Seal(bytes(32)), AT)
        await conn.execute(statement.sql.encode(), statement.params)

    async def one() -> bool:
        return gauge("jixu_set_aside", service="mirror") == 1

    async def none() -> bool:
        return gauge("jixu_set_aside", service="mirror") == 0

    clock, where = pair.mirror.clock, pair.mirror.settings.database
    async with working(measuring.inbound("mirror", ["tally"], where, clock)):
        await until(one)
        async with await connect(where) as conn:
            await conn.execute("DELETE FROM aside")
        await until(none)


async def test_of_what_is_set_aside_no_more_is_counted_than_tells_something(pair: Pair) -> None:
    many = measuring.MOST_ASIDE + 1
    async with await connect(pair.mirror.settings.database) as conn:
        await conn.execute(
            'INSERT INTO aside (topic, partition, "offset", digest, key, reason, behind, sealed, '
            "at) SELECT 'tally.events', 0, n, '', '', '', true, '', %s "
            "FROM generate_series(1, %s) AS n",
            (AT, many),
        )

    async def told() -> bool:
        return gauge("jixu_set_aside", service="mirror") == many - 1

    clock, where = pair.mirror.clock, pair.mirror.settings.database
    async with working(measuring.inbound("mirror", ["tally"], where, clock)):
        await until(told)
