"""How far hours has come with what the province granted, as its events tell."""

from collections.abc import Iterable

from libs.events import hours
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.runtime.tables import Gone, Row, Table

STARTED = Table(
    "grants_started",
    key=("filing_id",),
    columns={"filing_id": "uuid", "count": "int NOT NULL", "at": "timestamptz NOT NULL"},
)
REFUSED = Table(
    "grants_refused",
    key=("filing_id", "person_id"),
    columns={"filing_id": "uuid", "person_id": "uuid", "rule": "text NOT NULL"},
)
SETTLED = Table(
    "grants_settled",
    key=("filing_id",),
    columns={
        "filing_id": "uuid",
        "credited": "int NOT NULL",
        "waiting": "int NOT NULL",
        "refused": "int NOT NULL",
        "at": "timestamptz NOT NULL",
    },
)

FOLLOWED = (STARTED, REFUSED, SETTLED)


def grants(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The rows of an event about a grant."""
    event = found.event
    match event:
        case hours.GrantStarted():
            yield STARTED.row(filing_id=event.filing_id, count=event.count, at=found.recorded_at)
        case hours.GrantEntryRefused():
            yield REFUSED.row(filing_id=event.filing_id, person_id=event.person_id, rule=event.rule)
        case hours.GrantEntryReopened():
            yield REFUSED.gone(event.filing_id, event.person_id)
        case hours.GrantSettled():
            yield SETTLED.row(
                filing_id=event.filing_id,
                credited=event.credited,
                waiting=event.waiting,
                refused=event.refused,
                at=found.recorded_at,
            )
