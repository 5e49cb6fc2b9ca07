"""Prometheus metrics of the machinery. Labels are names of things, never of people."""

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram

from libs.runtime.codec import LogRow

_FAST = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)

COMMANDS = Counter("jixu_commands", "Commands answered", ("service", "outcome"))
COMMAND_SECONDS = Histogram(
    "jixu_command_seconds", "From the request to its answer", ("service",), buckets=_FAST
)
BATCH_COMMANDS = Histogram(
    "jixu_batch_commands", "Commands in one transaction", ("service",), buckets=(1, 4, 16, 64, 256)
)
PUBLISHED = Counter("jixu_relay_published", "Events published", ("service",))
OUTBOX_DEPTH = Gauge("jixu_outbox_depth", "Events in the log and not yet published", ("service",))
OUTBOX_AGE = Gauge("jixu_outbox_age_seconds", "Age of the oldest unpublished event", ("service",))
TAKEN = Counter("jixu_events_taken", "Foreign events taken in", ("service",))
LAG = Gauge("jixu_lag_seconds", "Recorded there to taken in here", ("service",))
ASIDE = Counter("jixu_set_aside", "Records set aside or parked behind one", ("service",))
GAPS = Gauge("jixu_gaps", "Partitions stopped because a record is missing", ("service",))


def published(service: str, rows: Sequence[LogRow], looked_at: datetime, left: int) -> None:
    """A round was acknowledged."""
    PUBLISHED.labels(service).inc(len(rows))
    OUTBOX_DEPTH.labels(service).set(left)
    age = (looked_at - rows[0].recorded_at).total_seconds() if rows else 0.0
    OUTBOX_AGE.labels(service).set(max(age, 0.0))


def taken(service: str, events: int, aside: int, gaps: int) -> None:
    """Foreign records were taken in."""
    TAKEN.labels(service).inc(events)
    ASIDE.labels(service).inc(aside)
    GAPS.labels(service).set(gaps)
