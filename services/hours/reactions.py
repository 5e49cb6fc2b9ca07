"""What other contexts' events mean for hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from libs.events import exams, filing, identity
from libs.events.command import Command
from libs.events.envelope import Envelope, Recorded
from libs.events.event import Event
from libs.events.hours import RevokedFor
from libs.runtime.following import RowsOf, RowsOnly, erasing, laws, people
from libs.runtime.tables import Gone, Row, Rows, Statement, Table
from services.hours.commands import HOURS, CreditCourse, ReturnClaim, RevokeEntry, StartGrant

ROSTERS = Table(
    "rosters",
    key=("roster_id", "row"),
    columns={
        "roster_id": "uuid",
        "row": "int",
        "filing_id": "uuid NOT NULL",
        "person_id": "uuid",
        "number_digest": "text",
    },
    indexes=("(number_digest)", "(roster_id) WHERE person_id IS NULL"),
)
WITHDRAWN = Table(
    "withdrawn", key=("filing_id",), columns={"filing_id": "uuid", "by_unit_id": "uuid NOT NULL"}
)
ORGANISERS = Table(
    "organisers",
    key=("filing_id",),
    columns={"filing_id": "uuid", "unit_id": "uuid NOT NULL", "client": "text"},
)

FOREIGN = (
    people.PEOPLE,
    people.UNITS,
    people.UNIT_NAMES,
    people.ADMINS,
    *laws.FOLLOWED,
    ROSTERS,
    WITHDRAWN,
    ORGANISERS,
)


def caused_by(found: Recorded[Event]) -> Envelope:
    """The envelope of what this service does because of a foreign event."""
    return Envelope(
        at=found.recorded_at,
        actor=HOURS,
        key=str(found.id),
        correlation=found.correlation,
        cause=found.id,
        on_behalf_of=found.actor.id,
        traceparent=found.traceparent,
    )


@dataclass(frozen=True)
class FollowIdentity(RowsOnly):
    """Where people belong; who moves has the pending claims back."""

    rows_of: Sequence[RowsOf] = field(
        default=(people.people, people.units, people.admins, people.sessions, erasing.erased)
    )

    def ask(self, events: Sequence[Recorded[Event]]) -> Sequence[Statement]:
        """The pending claims of those who moved."""
        moved = [e.event.subject_id for e in events if _moves(e.event)]
        if not moved:
            return ()
        return (
            Statement(
                "SELECT person_id, year, claim_id FROM claims "
                "WHERE person_id = ANY(%s) AND state IN ('submitted', 'passed_first')",
                (moved,),
            ),
        )

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """Each of them goes back."""
        pending = results[0] if results else []
        return [
            ReturnClaim(
                envelope=caused_by(found), person_id=person_id, year=year, claim_id=claim_id
            )
            for found in events
            if _moves(found.event)
            for person_id, year, claim_id in pending
            if person_id == found.event.subject_id
        ]


def _moves(event: Event) -> bool:
    return isinstance(event, identity.PersonTransferred)


class FollowExams(RowsOnly):
    """公需科目学时 enter the ledger by themselves, and leave it with the result they rest on."""

    def __init__(self) -> None:
        super().__init__(())

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """Credit or revoke."""
        del results
        return [command for found in events for command in _of_exams(found)]


def _of_exams(found: Recorded[Event]) -> Iterable[Command]:
    event = found.event
    match event:
        case exams.CourseRecognised():
            yield CreditCourse(
                envelope=caused_by(found),
                person_id=event.person_id,
                year=event.year,
                entry_id=event.entry_id,
                category=event.category,
                rule=event.rule,
                hours=event.hours,
                source_id=event.course_id,
                activity=event.title,
                began=event.began,
                ended=event.ended,
                by_unit_id=event.by_unit_id,
                pack=event.pack,
            )
        case exams.CourseRecognitionWithdrawn():
            yield RevokeEntry(
                envelope=caused_by(found),
                person_id=event.person_id,
                year=event.year,
                entry_id=event.entry_id,
                cause=RevokedFor.ANNULLED,
                by_unit_id=event.by_unit_id,
            )


class FollowFiling(RowsOnly):
    """Rosters fill our own table; the province's one act starts a grant."""

    def __init__(self) -> None:
        super().__init__((_roster, _withdrawn, _organiser))

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """Start each grant."""
        del results
        return [
            StartGrant(
                envelope=caused_by(found),
                **found.event.model_dump(include=set(StartGrant.model_fields) - {"envelope"}),
            )
            for found in events
            if isinstance(found.event, filing.RecognitionGranted)
        ]


def _roster(found: Recorded[Event]) -> Iterable[Row | Gone]:
    event = found.event
    if isinstance(event, filing.RosterImported):
        for row in event.rows:
            yield ROSTERS.row(
                roster_id=event.roster_id,
                row=row.row,
                filing_id=event.filing_id,
                person_id=row.person_id,
                number_digest=row.number_digest,
            )


def _organiser(found: Recorded[Event]) -> Iterable[Row | Gone]:
    event = found.event
    if isinstance(event, filing.FilingSubmitted):
        yield ORGANISERS.row(
            filing_id=event.filing_id, unit_id=event.unit_id, client=event.filed.client
        )


def _withdrawn(found: Recorded[Event]) -> Iterable[Row | Gone]:
    event = found.event
    if isinstance(event, filing.RecognitionWithdrawn):
        yield WITHDRAWN.row(filing_id=event.filing_id, by_unit_id=event.by_unit_id)


REACTIONS = {
    "identity": FollowIdentity(),
    "policy": RowsOnly((laws.laws,)),
    "exams": FollowExams(),
    "filing": FollowFiling(),
}
