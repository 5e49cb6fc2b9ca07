"""After the end: report, sealed form, roster, request, each after what must come first."""

from datetime import date, datetime

import pytest

from libs.decider import Rule, refusals
from libs.events import filing as events
from libs.events.filing import RosterRow
from libs.policy import Says
from services.filing.commands import BadRow, FilingsCommand, PrepareRoster
from services.filing.rules import steps
from tests.unit.filing.desk import (
    AFTER,
    BASE,
    CLASS,
    DIGEST,
    FILED,
    GRANTED,
    KEYED,
    LAST_DAY,
    LEARNER,
    OTHER_BASE,
    PACK,
    PROVINCE,
    READY,
    SEALED,
    WAITING,
    about,
    filing,
    id_of,
    import_,
    imported,
    report,
    reported,
    request,
    requested,
    roster,
    rows,
    scan,
    scanned,
)

AFTER_END = PACK.refusal(Says.AFTER_END, remedy="")
REPORT_FIRST = PACK.refusal(Says.REPORT_FIRST, remedy="")
ROSTER_FIRST = PACK.refusal(Says.ROSTER_FIRST, remedy="")
REQUEST_NEEDS = PACK.refusal(Says.REQUEST_NEEDS, remedy="")
REQUEST_FINAL = PACK.refusal(Says.REQUEST_FINAL, remedy="")


def prepare(by: object = BASE, at: object = None) -> PrepareRoster:
    """A sheet was read."""
    known = about(by, at) if at else about(by)  # type: ignore[arg-type]
    bad = (BadRow(row=9, reason="姓名未填写"),)
    return PrepareRoster(**known, roster_id=id_of("roster"), good=rows(), bad=bad)


@pytest.mark.parametrize("command", [report(at=LAST_DAY), scan(at=LAST_DAY), request(at=LAST_DAY)])
def test_nothing_is_done_before_the_end_date_is_over(command: FilingsCommand) -> None:
    FILED.when(command).refused(AFTER_END)


@pytest.mark.parametrize(
    ("at", "reported", "refused"),
    [
        (LAST_DAY, False, "filing.after_end"),
        (LAST_DAY, True, "filing.after_end"),
        (AFTER, False, "filing.report"),
        (AFTER, True, None),
    ],
)
def test_the_form_is_downloaded_after_the_class_and_its_report(
    at: datetime, reported: bool, refused: str | None
) -> None:
    broken = steps.not_to_be_downloaded(PACK, date(2024, 12, 11), reported, at)
    assert (broken.code if broken else None) == refused


def test_who_may_not_ask_again_is_told_of_a_way_that_is_open() -> None:
    assert "自行登记学时" in steps.NO_NEW_REQUEST.remedy
    assert "training" in {rule.rule for rule in PACK.entering("claim")}


def test_that_a_roster_comes_after_the_class_is_a_convention_of_ours() -> None:
    FILED.when(import_(at=LAST_DAY)).refused(steps.NOT_OVER_YET)


@pytest.mark.parametrize("command", [report, scan, import_, request, prepare])
def test_another_base_s_class_is_never_seen(command: object) -> None:
    assert callable(command)
    READY.when(command(by=OTHER_BASE)).refused(refusals.NOT_FOUND)
    READY.when(command(by=LEARNER)).refused(refusals.ROLE_NOT_ALLOWED)
    READY.when(command(by=PROVINCE)).refused(refusals.ROLE_NOT_ALLOWED)
    filing.when(command(by=BASE)).refused(refusals.NOT_FOUND)


def test_as_filed_is_the_usual_remark() -> None:
    FILED.when(report()).then(reported())
    FILED.when(report("严格按备案内容执行")).then(reported())
    FILED.when(report("培训地点改为桂林")).then(reported(as_filed=False))
    FILED.when(report("见 11010519491231002X")).refused(refusals.PERSONAL_NUMBER)


def test_the_remark_may_be_written_anew_until_it_is_stamped() -> None:
    again = FILED.when(report()).when(report("培训地点改为桂林"))
    again.then(reported(as_filed=False))
    again.given(scanned()).when(report()).refused(steps.REPORTED_AND_SEALED)


def test_what_was_not_held_is_closed_without_hours() -> None:
    closed = FILED.when(report(held=False)).then(reported(held=False, as_filed=False))
    for command in (report(), scan(), import_(), request()):
        closed.when(command).refused(steps.NOT_HELD)


def test_the_sealed_form_comes_after_the_report() -> None:
    FILED.when(scan()).refused(REPORT_FIRST)
    FILED.given(reported()).when(scan()).then(scanned())
    SEALED.when(scan()).then()
    SEALED.when(scan(KEYED)).then(scanned(KEYED))


def test_a_roster_is_kept_apart_until_it_is_confirmed() -> None:
    FILED.when(prepare()).then()
    FILED.when(prepare(at=LAST_DAY)).refused(steps.NOT_OVER_YET)
    FILED.when(import_()).then(imported())


def test_a_roster_is_replaced_as_a_whole() -> None:
    said = (rows(1000), rows(500, first=1002))
    big = READY.when(import_("second", *said))
    big.then(
        imported("second", said[0], chunk=1, chunks=2),
        imported("second", said[1], chunk=2, chunks=2),
    )
    assert big.state.roster is not None
    assert len(big.state.roster.attendees) == 1500
    big.when(import_("second", *said)).then()


def test_what_is_not_pending_or_holds_nobody_is_not_imported() -> None:
    nothing = import_("another").model_copy(update={"chunks": ()})
    FILED.when(nothing).refused(steps.NO_PENDING_ROSTER)
    empty = import_("another").model_copy(update={"chunks": ((),)})
    FILED.when(empty).refused(steps.EMPTY_ROSTER)


def test_a_request_needs_report_scan_and_roster() -> None:
    FILED.when(request()).refused(REPORT_FIRST)
    FILED.given(reported()).when(request()).refused(REQUEST_NEEDS)
    SEALED.when(request()).refused(ROSTER_FIRST)
    FILED.given(reported(), imported()).when(request()).refused(REQUEST_NEEDS)
    READY.when(request()).then(requested())


def test_the_request_names_the_roster_by_its_digest() -> None:
    case = READY.when(request())
    (event,) = case.outcome if isinstance(case.outcome, tuple) else ()
    assert isinstance(event, events.RecognitionRequested)
    assert event.filing_id == CLASS
    assert event.roster_digest == roster().digest != roster(said=rows(4)).digest
    assert roster(said=tuple(reversed(rows()))).digest != event.roster_digest


def test_the_roster_s_digest_tells_every_row_apart() -> None:
    (*_, waiting) = rows()
    others = (
        waiting.model_copy(update={"row": waiting.row + 1}),
        waiting.model_copy(update={"number_digest": DIGEST}),
        RosterRow(row=waiting.row, person_id=id_of("somebody")),
        RosterRow(row=waiting.row, person_id=id_of("somebody else")),
    )
    digests = {roster(said=(*rows()[:-1], last)).digest for last in (waiting, *others)}
    assert len(digests) == len(others) + 1


@pytest.mark.parametrize("command", [scan(KEYED), import_("another"), request(), prepare()])
@pytest.mark.parametrize("case", [WAITING, GRANTED])
def test_a_request_is_irrevocable(case: object, command: FilingsCommand) -> None:
    assert case in (WAITING, GRANTED)
    (WAITING if case is WAITING else GRANTED).when(command).refused(REQUEST_FINAL)


def test_nobody_is_told_to_wait_for_what_has_been_decided() -> None:
    waits, granted = WAITING.when(request()).outcome, GRANTED.when(request()).outcome
    assert isinstance(waits, Rule)
    assert isinstance(granted, Rule)
    assert "请等待" in waits.remedy
    assert "已经认定" in granted.remedy
    assert "等待" not in granted.remedy


def test_refusals_say_the_article_and_what_to_do() -> None:
    case = SEALED.when(request())
    assert isinstance(case.outcome, Rule)
    assert case.outcome.text == "申请学时认定的办班单位，需先上传学员名单。"
    assert str(case.outcome.source) == "桂人社函〔2021〕149号 附件2 二（四）1"
    assert case.outcome.remedy == "请先导入参训学员名单"
    assert DIGEST != KEYED
