"""学时认定: what the province grants, refuses and withdraws."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from libs.decider import Rule, refusals
from libs.events import filing as events
from libs.events.envelope import Actor
from libs.events.values import HalfDay, Hours
from libs.policy import Says, quantities
from services.filing.rules import actors, recognition, steps
from tests.policy.golden import law_of
from tests.unit.filing.desk import (
    BASE,
    BEHIND,
    BUREAU,
    CITY,
    CLASS,
    DIGEST,
    FACTS,
    GRANTED,
    LEARNER,
    PACK,
    PROVINCE,
    READY,
    WAITING,
    envelope,
    filing,
    grant,
    granted,
    id_of,
    import_,
    imported,
    refuse,
    refused,
    report,
    reported,
    request,
    requested,
    roster,
    scan,
    scanned,
    submit,
    submitted,
    withdraw,
)

FORTY_HOURS = filing.given(submitted(hours=Hours.of(40))).given(
    reported(), scanned(), imported(), requested()
)


def test_the_province_grants_the_roster_in_one_act() -> None:
    WAITING.when(grant()).then(granted())


@pytest.mark.parametrize("actor", [BASE, CITY, LEARNER])
def test_nobody_else_decides(actor: Actor) -> None:
    WAITING.when(grant(by=actor)).refused(refusals.ROLE_NOT_ALLOWED)
    WAITING.when(refuse(by=actor)).refused(refusals.ROLE_NOT_ALLOWED)
    GRANTED.when(withdraw(by=actor)).refused(refusals.ROLE_NOT_ALLOWED)


def test_rows_may_be_left_out_but_not_all() -> None:
    WAITING.when(grant(4, 2, 2)).then(granted(left_out=(2, 4), count=1))
    WAITING.when(grant(2, 5)).refused(recognition.UNKNOWN_ROW)
    WAITING.when(grant(2, 3, 4)).refused(recognition.NOBODY_LEFT)


def test_fewer_hours_than_filed_may_be_granted_but_never_more() -> None:
    WAITING.when(grant(hours="20")).then(granted(hours=Hours.of(20)))
    WAITING.when(grant(hours="24.5")).refused(recognition.MORE_THAN_FILED)
    WAITING.when(grant(hours="20.25")).refused(quantities.FINER_THAN_THE_STEP)
    none = grant().model_copy(update={"hours": Hours(0)})
    WAITING.when(none).refused(quantities.NO_HOURS)


def test_more_hours_than_the_half_days_give_are_stated_by_the_province() -> None:
    """每半天4学时: three days give 24."""
    case = FORTY_HOURS.when(grant()).refused(recognition.HOURS_TO_BE_STATED)
    assert isinstance(case.outcome, Rule)
    assert case.outcome.detail == "按半天计算为 24 学时，备案学时为 40 学时"
    assert case.outcome.field == "hours"
    FORTY_HOURS.when(grant(hours="40")).then(granted(hours=Hours.of(40)))
    FORTY_HOURS.when(grant(hours="24")).then(granted())


def test_where_the_law_has_no_half_days_nothing_is_compared() -> None:
    silent = replace(FACTS.laws["CN-GX", 2024], pack=PACK.model_copy(update={"hours_": None}))
    case = FORTY_HOURS.knowing(replace(FACTS, laws={("CN-GX", 2024): silent}))
    case.when(grant()).then(granted(hours=Hours.of(40)))


def test_an_official_who_attended_does_not_grant_the_own_hours() -> None:
    attended = replace(PROVINCE, id=id_of("3"))
    WAITING.when(grant(by=attended)).refused(actors.NOBODY_GRANTS_ONESELF)
    WAITING.when(grant(3, by=attended)).then(granted(left_out=(3,), count=2))


def test_only_what_is_requested_is_granted_or_refused_and_once() -> None:
    READY.when(grant()).refused(recognition.NOT_REQUESTED)
    READY.when(refuse()).refused(recognition.NOT_REQUESTED)
    GRANTED.when(grant()).refused(recognition.NOT_REQUESTED)
    GRANTED.when(refuse()).refused(recognition.NOT_REQUESTED)
    filing.when(grant()).refused(refusals.NOT_FOUND)


def test_where_the_pack_knows_no_classes_nothing_is_granted() -> None:
    others = tuple(rule for rule in PACK.recognition if rule.enters != "class")
    law = replace(FACTS.laws["CN-GX", 2024], pack=PACK.model_copy(update={"recognition": others}))
    case = WAITING.knowing(replace(FACTS, laws={("CN-GX", 2024): law}))
    case.when(grant()).refused(recognition.NO_CLASS_RULE)


def test_the_hours_of_january_wait_for_that_year_s_notice() -> None:
    january = submit(starts=HalfDay.parse("2024-12-30/am"), ends=HalfDay.parse("2025-01-02/pm"))
    over = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
    late = grant().model_copy(update={"envelope": envelope(PROVINCE, over)})
    waiting = (
        filing.when(january)
        .when(report(at=over))
        .when(scan(at=over))
        .when(import_(at=over))
        .when(request(at=over))
    )
    waiting.when(late).refused(recognition.YEAR_NOT_PUBLISHED)
    waiting.knowing(BEHIND).when(late).refused(refusals.BEHIND)
    next_year = law_of(PACK.model_copy(update={"id": "gx-2025", "year": 2025}))
    published = replace(FACTS, laws={**FACTS.laws, ("CN-GX", 2025): next_year})
    said = waiting.knowing(published).when(late)
    assert isinstance(said.outcome, list | tuple)
    (event,) = said.outcome
    assert isinstance(event, events.RecognitionGranted)
    assert (event.year, event.pack.pack) == (2025, "gx-2025")


def test_a_refusal_needs_an_opinion() -> None:
    WAITING.when(refuse("")).refused(refusals.OPINION_MISSING)
    WAITING.when(refuse("请联系 13877100001")).refused(refusals.PERSONAL_NUMBER)
    WAITING.when(refuse()).then(refused())


def test_a_refusal_opens_roster_and_scan_for_one_new_request() -> None:
    again = WAITING.given(refused())
    again.when(scan("b" * 64)).then(events.SealedFormUploaded(filing_id=CLASS, file="b" * 64))
    second = again.when(import_("second")).then(imported("second")).when(request())
    second.then(requested("second"))
    second.when(grant()).then(
        granted(roster_id=id_of("second"), roster_digest=roster("second").digest)
    )
    last = second.when(refuse())
    for command in (request(), scan("c" * 64), import_("third")):
        last.when(command).refused(steps.NO_NEW_REQUEST)


def test_what_is_refused_may_be_requested_again_as_it_is() -> None:
    WAITING.given(refused()).when(request()).then(requested())


def test_a_withdrawal_says_why() -> None:
    GRANTED.when(withdraw("")).refused(refusals.REASON_MISSING)
    GRANTED.when(withdraw("见 11010519491231002X")).refused(refusals.PERSONAL_NUMBER)
    withdrawn = GRANTED.when(withdraw())
    withdrawn.then(
        events.RecognitionWithdrawn(filing_id=CLASS, reason_digest=DIGEST, by_unit_id=BUREAU)
    )
    WAITING.when(withdraw()).refused(recognition.NOT_GRANTED)
    withdrawn.when(withdraw()).refused(recognition.NOT_GRANTED)
    withdrawn.when(grant()).refused(recognition.NOT_REQUESTED)
    final = PACK.refusal(Says.REQUEST_FINAL, remedy="")
    withdrawn.when(request()).refused(final)


def test_an_official_of_no_bureau_decides_nothing() -> None:
    nowhere = replace(PROVINCE, unit_id=None)
    WAITING.when(grant(by=nowhere)).refused(refusals.ROLE_NOT_ALLOWED)
    GRANTED.when(withdraw(by=nowhere)).refused(refusals.ROLE_NOT_ALLOWED)
