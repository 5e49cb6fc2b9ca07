"""The grant of one class (培训学时认定): one act, everybody on its roster, each exactly once."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider
from libs.events.hours import GrantEntryRefused, GrantSettled, GrantStarted
from services.hours.commands import GrantsCommand, RefuseGrantEntry, SettleGrant, StartGrant
from services.hours.state.grant import Grant, GrantEvent, evolve
from services.hours.state.known import HoursFacts


def decide(command: GrantsCommand, state: Grant, _facts: HoursFacts) -> Sequence[GrantEvent]:
    """What happens; asking again for what has happened changes nothing."""
    match command:
        case StartGrant():
            if state.started is not None:
                return []
            return [GrantStarted.model_validate(command, from_attributes=True)]
        case RefuseGrantEntry(filing_id=filing_id, person_id=person_id, rule=rule):
            if person_id in state.refused:
                return []
            return [GrantEntryRefused(filing_id=filing_id, person_id=person_id, rule=rule)]
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
