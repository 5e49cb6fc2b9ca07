"""Whatever is asked in whatever order: hours are granted only for what was done first."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from libs.events import filing as events
from services.filing.commands import FilingsCommand
from tests.unit.filing.desk import (
    AFTER,
    BASE,
    LAST_DAY,
    OTHER_BASE,
    PROVINCE,
    filing,
    grant,
    import_,
    refuse,
    report,
    request,
    scan,
    submit,
    withdraw,
)

_ACTORS = st.sampled_from([BASE, BASE, BASE, OTHER_BASE, PROVINCE])
_TIMES = st.sampled_from([LAST_DAY, AFTER, AFTER, AFTER + timedelta(days=30)])
_BY_BASE = st.sampled_from(
    [
        lambda by, at: report(by=by, at=at),
        lambda by, at: report(held=False, by=by, at=at),
        lambda by, at: scan(by=by, at=at),
        lambda by, at: scan("b" * 64, by=by, at=at),
        lambda by, at: import_(by=by, at=at),
        lambda by, at: import_("second", by=by, at=at),
        lambda by, at: request(by=by, at=at),
        lambda by, at: request(by=by, at=at),
    ]
)
_DECISIONS = st.sampled_from([grant(), grant(2), grant(hours="20"), refuse(), refuse(), withdraw()])
_COMMANDS = st.one_of(
    st.builds(lambda make, by, at: make(by, at), _BY_BASE, _ACTORS, _TIMES), _DECISIONS
)


@given(st.lists(_COMMANDS, max_size=40))
def test_no_hours_without_report_scan_roster_and_request(commands: list[FilingsCommand]) -> None:
    case = filing.when(submit())
    for command in commands:
        case = case.when(command)
    happened = [type(event) for event in case.history]
    requests = [n for n, kind in enumerate(happened) if kind is events.RecognitionRequested]
    grants = [n for n, kind in enumerate(happened) if kind is events.RecognitionGranted]
    assert len(requests) <= 2
    assert len(grants) <= 1
    for asked in requests:
        assert {
            events.ExecutionReported,
            events.SealedFormUploaded,
            events.RosterImported,
        } <= set(happened[:asked])
    for at in grants:
        last = max(n for n in requests if n < at)
        between = set(happened[last + 1 : at])
        assert not between, "what was requested is what is granted"
        asked_for, given_ = case.history[last], case.history[at]
        assert isinstance(asked_for, events.RecognitionRequested)
        assert isinstance(given_, events.RecognitionGranted)
        assert given_.roster_digest == asked_for.roster_digest
        assert given_.count + len(given_.left_out) == asked_for.count
        assert all(kind is events.RecognitionWithdrawn for kind in happened[at + 1 :])


@given(st.lists(_COMMANDS, max_size=25))
def test_the_way_to_a_grant_is_found_by_who_keeps_the_order(commands: list[FilingsCommand]) -> None:
    """The property above is not empty: from any beginning that is still open there is a way."""
    case = filing.when(submit())
    for command in commands:
        case = case.when(command)
    state = case.state
    for command in (report(), scan(), import_(), request(), grant()):
        case = case.when(command)
    closed = state.was_not_held or state.requests > 1 or state.granted is not None
    assert closed or case.state.granted is not None
