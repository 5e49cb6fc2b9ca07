"""What lists read: each pack, what of it is published or waits, which windows end later."""

import json
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from libs.runtime.service import Touch
from libs.runtime.tables import Gone, Row, Table
from services.policy.state import PackState

PUBLISHED = Table(
    "published",
    key=("pack",),
    columns={
        "pack": "text",
        "version": "int",
        "jurisdiction": "text",
        "year": "int",
        "digest": "text",
        "content": "text",
        "waiting": "text NOT NULL",  # digests proposed and not published, as JSON
        "etag": "bigint NOT NULL",
    },
)

EXTENSIONS = Table(
    "extensions",
    key=("pack", "window_name", "unit_key"),
    columns={
        "pack": "text",
        "window_name": "text",
        "unit_key": "text",  # a unit's id; empty: everybody
        "until": "date NOT NULL",
        "reason_id": "uuid NOT NULL",
    },
)


def rows(
    state: PackState, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """One row a pack, and one for each window of it that ends later, written when it does."""
    said, last = state.published, list(state.proposed.values())[-1]
    done = said.pack_version if said else 0
    waiting = [d for d, p in state.proposed.items() if p.pack_version > done]
    yield PUBLISHED.row(
        pack=last.pack,
        version=said and said.pack_version,
        jurisdiction=said and said.jurisdiction,
        year=said and said.year,
        digest=said and said.digest,
        content=said and said.content,
        waiting=json.dumps(waiting),
        etag=touches[last.pack_key].position,
    )
    for (window, unit_id), longer in state.extended.items():
        if longer.reason_id in touched:
            yield EXTENSIONS.row(
                pack=last.pack,
                window_name=window,
                unit_key=str(unit_id or ""),
                until=longer.until,
                reason_id=longer.reason_id,
            )
