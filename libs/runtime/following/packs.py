"""The packs that policy has published, and the windows that it has extended."""

from collections.abc import Collection, Iterable

from libs.events import policy
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.runtime.tables import Gone, Row, Statement, Table

PACKS = Table(
    "packs",
    key=("jurisdiction", "year"),
    columns={
        "jurisdiction": "text",
        "year": "int",
        "pack": "text NOT NULL",
        "version": "int NOT NULL",
        "digest": "text NOT NULL",
        "content": "text NOT NULL",
    },
)

EXTENSIONS = Table(
    "extensions",
    key=("pack", "window_name", "unit_key"),
    columns={
        "pack": "text",
        "window_name": "text",
        "unit_key": "text",  # the unit's id, or empty for everybody
        "until": "date NOT NULL",
    },
)

EXTENDED = Statement("SELECT pack, window_name, unit_key, until FROM extensions")
"""Every window that was extended."""


def published(known: Collection[str]) -> Statement:
    """The packs: jurisdiction, year, pack, version, digest, and the content of those that are not
    known by digest."""
    return Statement(
        "SELECT jurisdiction, year, pack, version, digest, "
        "CASE WHEN digest = ANY(%s) THEN NULL ELSE content END FROM packs",
        (list(known),),
    )


def packs(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The latest version of each pack; extensions beside it."""
    event = found.event
    match event:
        case policy.PackPublished():
            yield PACKS.row(
                jurisdiction=event.jurisdiction,
                year=event.year,
                pack=event.pack,
                version=event.pack_version,
                digest=event.digest,
                content=event.content,
            )
        case policy.WindowExtended():
            yield EXTENSIONS.row(
                pack=event.pack,
                window_name=event.window,
                unit_key=str(event.unit_id or ""),
                until=event.until,
            )
