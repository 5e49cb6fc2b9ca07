"""Prometheus metrics of the machinery. Labels are names of things, never of people."""

from prometheus_client import Counter, Gauge, Histogram

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
TAKEN_SECONDS = Histogram(
    "jixu_taken_seconds", "Recorded there to taken in here", ("service",), buckets=_FAST
)
LAG = Gauge(
    "jixu_lag_seconds", "Age of what is known of a source; no beat yet: +Inf", ("service", "source")
)
PUT_ASIDE = Counter("jixu_records_put_aside", "Records set aside or parked behind", ("service",))
ASIDE = Gauge("jixu_set_aside", "Records that are set aside or parked now", ("service",))
DUE_UNDONE = Gauge("jixu_due_undone", "What is due and came to nothing just now", ("service",))
GAPS = Gauge("jixu_gaps", "Partitions stopped because a record is missing", ("service",))


def taken(service: str, events: int, aside: int, gaps: int, seconds: float | None) -> None:
    """Foreign records were taken in, the last of them so many seconds after it was recorded."""
    TAKEN.labels(service).inc(events)
    PUT_ASIDE.labels(service).inc(aside)
    GAPS.labels(service).set(gaps)
    if seconds is not None:
        TAKEN_SECONDS.labels(service).observe(max(seconds, 0.0))
