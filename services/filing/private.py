"""What people wrote, and who they are: forms, remarks, opinions, rosters not yet confirmed.

Never in an event, which carries a keyed digest. A pending roster holds row numbers, ids or
keyed digests, and reasons; never a number or a name.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from libs.events.command import Command
from libs.events.event import Event
from libs.events.filing import RosterRow
from libs.runtime.following.directory import DIRECTORY
from libs.runtime.tables import Gone, Row, Table
from services.filing.commands import (
    BadRow,
    ImportRoster,
    PrepareRoster,
    RefuseRecognition,
    Registration,
    ReportExecution,
    SubmitFiling,
    WithdrawRecognition,
)

FORMS = Table(
    "forms",
    key=("filing_id",),
    columns={"filing_id": "uuid", "digest": "text NOT NULL", "form": "text NOT NULL"},
)

TEXTS = Table(
    "texts",
    key=("filing_id", "digest"),
    columns={
        "filing_id": "uuid",
        "digest": "text",
        "kind": "text NOT NULL",  # remark, opinion, reason
        "text": "text NOT NULL",
    },
)

PENDING = Table(
    "pending_rosters",
    key=("filing_id",),
    columns={
        "filing_id": "uuid",
        "roster_id": "uuid NOT NULL",
        "good": "text NOT NULL",  # row, person, number's digest, as JSON
        "bad": "text NOT NULL",  # row, reason, as JSON
        "at": "timestamptz NOT NULL",
    },
)

OWN = (FORMS, TEXTS, PENDING, DIRECTORY)


def rows(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    """The rows of an accepted command."""
    match command:
        case SubmitFiling() if events:
            form = command.form.model_dump_json()
            yield FORMS.row(filing_id=command.filing_id, digest=command.form_digest, form=form)
        case ReportExecution():
            yield _text(command.filing_id, "remark", command.remark, command.remark_digest)
        case RefuseRecognition():
            yield _text(command.filing_id, "opinion", command.opinion, command.opinion_digest)
        case WithdrawRecognition():
            yield _text(command.filing_id, "reason", command.reason, command.reason_digest)
        case PrepareRoster():
            yield PENDING.row(
                filing_id=command.filing_id,
                roster_id=command.roster_id,
                good=_good(command.good),
                bad=json.dumps([[bad.row, bad.reason] for bad in command.bad]),
                at=command.envelope.at,
            )
        case ImportRoster() if events:
            yield PENDING.gone(command.filing_id)


def _text(filing_id: UUID, kind: str, text: str, digest: str) -> Row:
    return TEXTS.row(filing_id=filing_id, digest=digest, kind=kind, text=text)


def _good(rows: Sequence[RosterRow]) -> str:
    return json.dumps([[r.row, r.person_id and str(r.person_id), r.number_digest] for r in rows])


def form_of(row: Mapping[str, Any]) -> Registration:
    """The form in a row of FORMS."""
    return Registration.model_validate_json(row["form"])


def pending_of(row: Mapping[str, Any]) -> tuple[list[RosterRow], list[BadRow]]:
    """The good rows and the bad ones in a row of PENDING."""
    good = [
        RosterRow(row=number, person_id=person and UUID(person), number_digest=digest)
        for number, person, digest in json.loads(row["good"])
    ]
    return good, [BadRow(row=number, reason=reason) for number, reason in json.loads(row["bad"])]
