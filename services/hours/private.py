"""Texts that people wrote: contents of activities and opinions. Never in an event.

The event carries a keyed digest; the row goes when its person is erased.
"""

from collections.abc import Iterable, Sequence

from libs.events.command import Command
from libs.events.event import Event
from libs.runtime.tables import Gone, Row, Table
from services.hours.commands import AmendClaim, ClaimHours, FailAudit, PassAudit

TEXTS = Table(
    "texts",
    key=("claim_id", "kind"),
    columns={
        "claim_id": "uuid",
        "kind": "text",  # content, opinion
        "person_id": "uuid NOT NULL",
        "digest": "text NOT NULL",
        "text": "text NOT NULL",
    },
    indexes=("(person_id)",),
    owner="person_id",
)


def rows(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    """The texts of an accepted command."""
    if not events:
        return
    match command:
        case ClaimHours() | AmendClaim():
            if command.activity.content_digest is None:
                yield TEXTS.gone(command.claim_id, "content")
            else:
                yield TEXTS.row(
                    claim_id=command.claim_id,
                    kind="content",
                    person_id=command.person_id,
                    digest=command.activity.content_digest,
                    text=command.content,
                )
        case PassAudit(opinion_digest=None):
            return
        case FailAudit() | PassAudit():
            yield TEXTS.row(
                claim_id=command.claim_id,
                kind="opinion",
                person_id=command.person_id,
                digest=command.opinion_digest,
                text=command.opinion,
            )
