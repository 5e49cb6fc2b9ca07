"""时限: what was received in time is never lost."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from libs.decider import Rule
from libs.events import hours as events
from libs.events.hours import Activity
from libs.policy import Pack
from services.hours import commands
from services.hours.commands import HOURS
from services.hours.rules import deadlines
from services.hours.state.known import HoursFacts
from tests.unit.hours.desk import (
    ADMIN,
    AS_LEARNER,
    FACTS,
    LAW,
    OTHER_UNIT,
    PACK,
    SUPERIOR,
    UNIT,
    YEAR,
    about,
    activity,
    claimed,
    delete,
    envelope,
    fail,
    failed,
    hours,
    pass_,
    passed,
    recognised,
    submit,
    submitted,
    withdraw,
)


def saying(**words: object) -> Pack:
    """The notice, had it said otherwise of hours."""
    return PACK.model_copy(update={"hours_": PACK.hours.model_copy(update=words)})


def extended(until: date, whom: UUID | None = None) -> HoursFacts:
    """The bureau has lengthened 单位审验: for everybody, or for one unit."""
    longer = replace(LAW, extended={("hours.audit", whom): until})
    return replace(FACTS, laws={("CN-GX", YEAR): longer})


WAITING = hours.given(claimed("spring"), submitted("spring"))
LAST_MINUTE = datetime(2025, 3, 31, 15, 59, tzinfo=UTC)
APRIL = datetime(2025, 4, 2, 1, 0, tzinfo=UTC)
LENGTHENED = extended(date(2025, 4, 30))

LATE = (passed("spring", late=True), recognised("spring"))


def test_on_the_last_day_one_passes_and_nothing_is_flagged() -> None:
    WAITING.when(pass_("spring", at=LAST_MINUTE)).then(passed("spring"), recognised("spring"))


def test_after_the_window_neither_answer_is_given_and_the_claim_waits() -> None:
    WAITING.when(pass_("spring", at=APRIL)).refused(deadlines.AUDIT_TOO_LATE)
    WAITING.when(fail("spring", at=APRIL)).refused(deadlines.AUDIT_TOO_LATE)


def test_a_second_stage_keeps_the_same_window() -> None:
    stages = PACK.hours.stages.model_copy(update={"value": ("unit", "superior")})
    law = {("CN-GX", YEAR): replace(LAW, pack=saying(stages=stages))}
    once = hours.knowing(replace(FACTS, laws=law)).given(
        claimed("spring"), submitted("spring"), passed("spring")
    )
    once.when(pass_("spring", by=SUPERIOR, at=APRIL)).refused(deadlines.AUDIT_TOO_LATE)
    once.when(pass_("spring", by=SUPERIOR, at=LAST_MINUTE)).then_types(
        events.AuditPassed, events.HoursRecognised
    )


@pytest.mark.parametrize("whom", [None, UNIT])
def test_once_the_window_is_lengthened_what_waited_is_audited_and_flagged(
    whom: UUID | None,
) -> None:
    case = WAITING.knowing(extended(date(2025, 4, 30), whom))
    case.when(pass_("spring", at=APRIL)).then(*LATE)
    case.when(fail("spring", at=APRIL)).then(failed("spring", late=True))


def test_what_is_lengthened_for_another_unit_or_not_far_enough_opens_nothing() -> None:
    for facts in (extended(date(2025, 4, 30), OTHER_UNIT), extended(date(2025, 4, 1))):
        WAITING.knowing(facts).when(pass_("spring", at=APRIL)).refused(deadlines.AUDIT_TOO_LATE)


def test_where_a_notice_says_in_principle_what_is_late_is_flagged_without_an_extension() -> None:
    audit = PACK.hours.audit.model_copy(update={"late": "flag"})
    law = {("CN-GX", YEAR): replace(LAW, pack=saying(audit=audit))}
    WAITING.knowing(replace(FACTS, laws=law)).when(pass_("spring", at=APRIL)).then(*LATE)


def test_what_was_received_in_time_is_not_lost_by_a_move() -> None:
    returned = commands.ReturnClaim(envelope=envelope(HOURS, APRIL), **about("spring"))
    moved = (
        WAITING.knowing(LENGTHENED).when(returned).then(events.ClaimWithdrawn(**about("spring")))
    )
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
    hours.given(claimed("spring")).when(submit("spring", at=APRIL)).refused(deadlines.TOO_LATE)


def amend(said: Activity, at: datetime = APRIL) -> commands.AmendClaim:
    """Put right."""
    return commands.AmendClaim(
        envelope=envelope(AS_LEARNER, at), **about("spring"), activity=said, content=""
    )


@pytest.mark.parametrize(
    "said",
    [
        activity(name="一项新的活动", began="2024-09-02/am", ended="2024-09-13/pm", hours="4"),
        activity(name="spring", hours="20.5"),
    ],
)
def test_after_the_window_a_claim_becomes_no_other_activity_and_asks_no_more(
    said: Activity,
) -> None:
    withdrawn = WAITING.when(withdraw("spring"))
    withdrawn.when(amend(said)).refused(deadlines.ANOTHER_ACTIVITY)
    withdrawn.when(amend(said, at=LAST_MINUTE)).then_types(events.ClaimAmended)


def test_nor_does_it_become_another_activity_step_by_step() -> None:
    moved = activity(name="spring", began="2024-09-02/am", ended="2024-09-03/am", hours="12")
    renamed = moved.model_copy(update={"name": "另一项活动"})
    once = WAITING.when(withdraw("spring")).when(amend(moved))
    once = once.then_types(events.ClaimAmended).when(submit("spring", at=APRIL))
    once = once.when(withdraw("spring"))
    once.when(amend(renamed)).refused(deadlines.ANOTHER_ACTIVITY)
    once.when(amend(activity(name="spring", hours="20"))).then_types(events.ClaimAmended)


@pytest.mark.parametrize(
    "said",
    [
        activity(name="spring", began="2024-09-02/am", ended="2024-09-03/am", hours="12"),
        activity(name="春季研修班", hours="16"),
    ],
)
def test_after_the_window_a_wrong_name_or_a_wrong_date_is_put_right(said: Activity) -> None:
    WAITING.when(fail("spring")).when(amend(said)).then_types(events.ClaimAmended)


def test_after_the_window_no_auditor_deletes_what_the_learner_could_not_register_again() -> None:
    for waiting in (WAITING, WAITING.when(fail("spring"))):
        by_admin = waiting.when(delete("spring", by=ADMIN, at=APRIL))
        by_admin.refused(deadlines.PLACE_WOULD_BE_LOST)
        waiting.when(delete("spring", at=APRIL)).then(events.ClaimDeleted(**about("spring")))
        waiting.when(delete("spring", by=ADMIN)).then(events.ClaimDeleted(**about("spring")))


def test_after_the_window_the_unit_gives_up_what_it_registered_itself() -> None:
    ours = hours.given(claimed("spring", by="unit"), submitted("spring"))
    for waiting in (ours, ours.when(fail("spring"))):
        waiting.when(delete("spring", by=ADMIN, at=APRIL)).then(
            events.ClaimDeleted(**about("spring"))
        )


def test_after_the_window_what_was_never_received_is_nobody_s_place() -> None:
    draft = hours.given(claimed("spring", by="unit"))
    draft.when(delete("spring", by=ADMIN, at=APRIL)).then(events.ClaimDeleted(**about("spring")))


def test_where_late_registering_is_merely_flagged_nothing_is_held_to_the_day() -> None:
    claim = PACK.hours.claim.model_copy(update={"late": "flag"})
    law = {("CN-GX", YEAR): replace(LAW, pack=saying(claim=claim))}
    lenient = WAITING.knowing(replace(FACTS, laws=law))
    lenient.when(delete("spring", by=ADMIN, at=APRIL)).then(events.ClaimDeleted(**about("spring")))


def test_after_the_window_passed_hours_are_still_deleted_by_the_unit() -> None:
    done = WAITING.when(pass_("spring"))
    done.when(delete("spring", by=ADMIN, at=APRIL)).then_types(
        events.ClaimDeleted, events.HoursRevoked
    )


def test_an_extension_to_the_same_day_lengthens_nothing() -> None:
    same = PACK.hours.audit.extended(PACK.hours.audit.closes)
    assert same.until == "截止 2025年3月31日"


def test_a_day_that_the_notice_does_not_name_is_said_to_be_lengthened() -> None:
    may = datetime(2025, 5, 2, 1, 0, tzinfo=UTC)
    late = WAITING.knowing(LENGTHENED).when(pass_("spring", at=may))
    late.refused(deadlines.AUDIT_TOO_LATE)
    assert isinstance(late.outcome, Rule)
    assert late.outcome.detail == "截止 2025年4月30日（已延长）"
