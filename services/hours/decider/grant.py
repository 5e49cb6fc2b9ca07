"""The grant of one class (培训学时认定): one act, everybody on its roster, each exactly once."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider
from libs.events.hours import GrantEntryRefused, GrantEntryReopened, GrantSettled, GrantStarted
from services.hours.commands import (
    GrantsCommand,
    RefuseGrantEntry,
    ReopenGrantEntry,
    SettleGrant,
    StartGrant,
)
from services.hours.state.grant import Grant, GrantEvent, evolve
from services.hours.state.known import HoursFacts


def decide(command: GrantsCommand, state: Grant, _facts: HoursFacts) -> Sequence[GrantEvent]:
    """What happens; asking again for what has happened changes nothing."""
    match command:
        case StartGrant():
            if state.started is not None:
                return []
            return [GrantStarted.model_validate(command, from_attributes=True)]
        case RefuseGrantEntry():
            if command.person_id in state.refused:
                return []
            return [GrantEntryRefused.model_validate(command, from_attributes=True)]
        case ReopenGrantEntry(filing_id=filing_id, person_id=person_id):
            if person_id not in state.refused:
                return []
            return [GrantEntryReopened(filing_id=filing_id, person_id=person_id)]
        case SettleGrant():
            settled = GrantSettled(
                filing_id=command.filing_id,
                credited=command.credited,
                waiting=command.waiting,
                refused=len(state.refused),
            )
            return [] if settled == state.settled else [settled]
        case _:
            assert_never(command)


DECIDER = Decider(Grant, decide, evolve)
