"""What lists read: each pack with what is published and what waits for approval."""

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


def rows(
    state: PackState, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """One row a pack."""
    said = state.published
    names = [p.pack for p in state.proposed.values()] + ([said.pack] if said else [])
    done = said.pack_version if said else 0
    waiting = [d for d, p in state.proposed.items() if p.pack_version > done]
    for key in touched:
        yield PUBLISHED.row(
            pack=names[-1],
            version=said and said.pack_version,
            jurisdiction=said and said.jurisdiction,
            year=said and said.year,
            digest=said and said.digest,
            content=said and said.content,
            waiting=json.dumps(waiting),
            etag=touches[key].position,
        )
