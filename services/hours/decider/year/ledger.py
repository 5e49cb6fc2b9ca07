"""What joins the ledger by itself, and what leaves it."""

from libs.events import hours as events
from libs.events.hours import HoursRecognised, SourceKind
from services.hours.commands import CreditEntry, RevokeEntry
from services.hours.rules import sameness
from services.hours.state.year import PersonYear, YearEvent


def credited(command: CreditEntry, state: PersonYear, source: SourceKind) -> list[YearEvent]:
    """The entry joins the ledger; what is pending for the same activity is held and names it."""
    if command.entry_id in state.entries or command.entry_id in state.revoked:
        return []
    said = command.model_dump(exclude={"envelope", "hours", "organisers"})
    found: list[YearEvent] = [
        HoursRecognised(**said, asked=command.hours, recognised=command.hours, source=source)
    ]
    who = {"person_id": command.person_id, "year": command.year}
    found += [
        events.ClaimHeld(**who, claim_id=claim_id, same_as=command.entry_id)
        for claim_id in sameness.twins_of(command, state)
    ]
    return found


def revoked(command: RevokeEntry, state: PersonYear) -> list[YearEvent]:
    """Also before the entry is seen: it never joins then."""
    if command.entry_id in state.revoked:
        return []
    return [
        events.HoursRevoked(
            person_id=command.person_id,
            year=command.year,
            entry_id=command.entry_id,
            cause=command.cause,
            by_unit_id=command.by_unit_id,
        )
    ]
