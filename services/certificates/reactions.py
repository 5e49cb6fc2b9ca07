"""What events of hours, identity and policy mean here: rows, and years to reassess."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from libs.events import hours, identity
from libs.events.command import Command
from libs.events.envelope import Envelope, Recorded
from libs.events.event import Event
from libs.runtime.following import RowsOnly, laws
from libs.runtime.following.people import people, sessions, units
from libs.runtime.service import Reaction
from libs.runtime.tables import Gone, Row, Rows, Statement
from services.certificates.commands import ITSELF, Reassess
from services.certificates.ledgers import JOINED


def reassess(person: UUID, year: int, cause: Recorded[Event]) -> Reassess:
    """Reassess this year because of that event, as of its time."""
    return Reassess(
        envelope=Envelope(
            at=cause.recorded_at,
            actor=ITSELF,
            key=str(cause.id),
            correlation=cause.correlation,
            cause=cause.id,
            traceparent=cause.traceparent,
        ),
        person_id=person,
        year=year,
    )


class OfHours:
    """An entry that joins or leaves: its year is reassessed, once a batch."""

    def rows(self, events: Sequence[Recorded[Event]]) -> Iterable[Row | Gone]:
        """None: the ledger is folded from the kept events themselves."""
        del events
        return ()

    def ask(self, events: Sequence[Recorded[Event]]) -> Sequence[Statement]:
        """Nothing."""
        del events
        return ()

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """One a person and year, caused by the last event."""
        del results
        touched: dict[tuple[UUID, int], Recorded[Event]] = {}
        for found in events:
            event = found.event
            if isinstance(event, hours.HoursRevoked):
                touched[event.person_id, event.year] = found
            elif isinstance(event, hours.HoursRecognised):
                key = event.person_id, event.year
                before = touched.get(key)
                # a deletion in the same batch stays the cause: it is what made things fall
                if before is None or isinstance(before.event, hours.HoursRecognised):
                    touched[key] = found
        return [reassess(person, year, cause) for (person, year), cause in touched.items()]


PLACES = identity.PersonRegistered | identity.PersonTransferred


class OfIdentity(RowsOnly):
    """Where people belong; a person who is placed anew is judged by the law of that place."""

    def ask(self, events: Sequence[Recorded[Event]]) -> Sequence[Statement]:
        """The years that these people have entries of."""
        placed = [f.event.person_id for f in events if isinstance(f.event, PLACES)]
        if not placed:
            return ()
        return (
            Statement(
                "SELECT DISTINCT subject, (body::json->>'year')::int FROM kept "
                "WHERE subject = ANY(%s) AND type = %s",
                (placed, JOINED),
            ),
        )

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """One for each of those years."""
        if not results:
            return ()
        last = {f.event.person_id: f for f in events if isinstance(f.event, PLACES)}
        return [reassess(person, year, last[person]) for person, year in results[0]]


REACTIONS: Mapping[str, Reaction] = {
    "policy": RowsOnly((laws.laws,)),
    "identity": OfIdentity((people, units, sessions)),
    "hours": OfHours(),
}
