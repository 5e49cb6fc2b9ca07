"""时限: what was received in time is never lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

from libs.events import hours as events
from services.hours import commands
from services.hours.commands import HOURS
from services.hours.rules import activity as activity_rules
from services.hours.rules import auditing
from tests.unit.hours.desk import (
    AS_LEARNER,
    FACTS,
    PACK,
    UNIT,
    YEAR,
    about,
    activity,
    claimed,
    envelope,
    fail,
    hours,
    pass_,
    passed,
    recognised,
    submit,
    submitted,
    withdraw,
)

WAITING = hours.given(claimed("spring"), submitted("spring"))
APRIL = datetime(2025, 4, 2, 1, 0, tzinfo=UTC)


LATE = (passed("spring", late=True), recognised("spring"))


def test_what_was_received_in_time_is_passed_after_the_window_and_flagged() -> None:
    WAITING.when(pass_("spring", at=APRIL)).then(*LATE)


def test_where_the_pack_refuses_late_audits_one_needs_an_extension_and_is_flagged() -> None:
    audit = PACK.hours.audit.model_copy(update={"late": "refuse"})
    strict = PACK.model_copy(update={"hours_": PACK.hours.model_copy(update={"audit": audit})})
    law = replace(FACTS.laws["CN-GX", YEAR], pack=strict)
    case = WAITING.knowing(replace(FACTS, laws={("CN-GX", YEAR): law}))
    case.when(pass_("spring", at=APRIL)).refused(auditing.AUDIT_TOO_LATE)
    for whom in (None, UNIT):
        longer = replace(law, extended={("hours.audit", whom): date(2025, 4, 30)})
        extended = WAITING.knowing(replace(FACTS, laws={("CN-GX", YEAR): longer}))
        extended.when(pass_("spring", at=APRIL)).then(*LATE)


def test_what_was_received_in_time_is_not_lost_by_a_move() -> None:
    returned = commands.ReturnClaim(envelope=envelope(HOURS, APRIL), **about("spring"))
    moved = WAITING.when(returned).then(events.ClaimWithdrawn(**about("spring")))
    moved.when(submit("spring", at=APRIL)).then(submitted("spring")).when(
        pass_("spring", at=APRIL)
    ).then(*LATE)


def test_what_was_received_in_time_is_not_lost_by_a_refusal() -> None:
    amended = commands.AmendClaim(
        envelope=envelope(AS_LEARNER, APRIL), **about("spring"), activity=activity(), content=""
    )
    refused = WAITING.when(fail("spring"))
    refused.when(amended).when(submit("spring", at=APRIL)).then(submitted("spring"))


def test_what_was_received_in_time_is_not_lost_by_a_withdrawal() -> None:
    withdrawn = WAITING.when(withdraw("spring"))
    withdrawn.when(submit("spring", at=APRIL)).then(submitted("spring"))


def test_what_was_only_registered_in_time_was_not_received() -> None:
    hours.given(claimed("spring")).when(submit("spring", at=APRIL)).refused(activity_rules.TOO_LATE)
