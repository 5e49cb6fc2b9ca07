"""学时审核: who passes what, and what never counts twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

from libs.decider import refusals
from libs.events import hours as events
from libs.events.hours import RevokedFor
from libs.events.values import Hours
from libs.policy import quantities
from services.hours import commands
from services.hours.rules import actors, auditing, sameness, states
from tests.unit.hours.desk import (
    ADMIN,
    AS_LEARNER,
    AUTHORITY,
    ELSEWHERE,
    FACTS,
    HERSELF_AS_ADMIN,
    LEARNER,
    OF_AUTHORITY,
    OF_BUREAU,
    OF_NURSING,
    OF_SURGERY,
    PACK,
    SUPERIOR,
    UNIT,
    VERSION,
    YEAR,
    about,
    activity,
    claimed,
    delete,
    envelope,
    fail,
    hours,
    id_of,
    pass_,
    passed,
    placed,
    recognised,
    submit,
    submitted,
)

WAITING = hours.given(claimed("spring"), submitted("spring"))
DONE = WAITING.given(passed("spring"), recognised("spring"))
APRIL = datetime(2025, 4, 2, 1, 0, tzinfo=UTC)


def test_the_last_audit_and_the_recognition_are_one_append() -> None:
    WAITING.when(pass_("spring")).then(passed("spring"), recognised("spring"))


def test_the_auditor_may_recognise_another_quantity() -> None:
    WAITING.when(pass_("spring", hours="16")).then(passed("spring"), recognised("spring", "16"))
    WAITING.when(pass_("spring", hours="0.25")).refused(quantities.FINER_THAN_THE_STEP)


def test_an_admin_does_not_pass_own_hours() -> None:
    WAITING.when(pass_("spring", by=HERSELF_AS_ADMIN)).refused(actors.NOBODY_AUDITS_ONESELF)
    WAITING.when(pass_("spring", by=AS_LEARNER)).refused(refusals.ROLE_NOT_ALLOWED)
    DONE.when(delete("spring", by=HERSELF_AS_ADMIN)).refused(actors.NOBODY_AUDITS_ONESELF)


def test_an_admin_s_own_hours_are_audited_above() -> None:
    case = WAITING.knowing(placed(is_admin=True))
    case.when(pass_("spring", by=SUPERIOR)).then_types(events.AuditPassed, events.HoursRecognised)
    case.when(pass_("spring", by=OF_BUREAU)).then_types(events.AuditPassed, events.HoursRecognised)
    WAITING.when(pass_("spring", by=OF_BUREAU)).refused(actors.OUT_OF_SCOPE)


def test_a_department_s_admin_audits_the_own_department() -> None:
    WAITING.when(pass_("spring", by=OF_SURGERY)).then(passed("spring"), recognised("spring"))
    WAITING.when(pass_("spring", by=OF_NURSING)).refused(actors.OUT_OF_SCOPE)
    nowhere = WAITING.knowing(placed(department_id=None))
    nowhere.when(pass_("spring", by=OF_SURGERY)).refused(actors.OUT_OF_SCOPE)


def test_who_it_was_not_sent_to_does_not_audit_it() -> None:
    WAITING.when(pass_("spring", by=ELSEWHERE)).refused(actors.OUT_OF_SCOPE)
    WAITING.when(pass_("spring", by=OF_AUTHORITY)).refused(actors.OUT_OF_SCOPE)
    sent = hours.given(claimed("spring"), submitted("spring", AUTHORITY))
    sent.when(pass_("spring", by=OF_AUTHORITY)).then_types(
        events.AuditPassed, events.HoursRecognised
    )
    sent.when(pass_("spring", by=ADMIN)).refused(actors.OUT_OF_SCOPE)


def test_a_refusal_needs_an_opinion() -> None:
    WAITING.when(fail("spring", "")).refused(refusals.OPINION_MISSING)
    WAITING.when(fail("spring", "见 45010219900307851X")).refused(refusals.PERSONAL_NUMBER)
    WAITING.when(fail("spring")).then_types(events.AuditFailed)


def test_a_refused_claim_may_be_amended_and_submitted_again() -> None:
    amended = commands.AmendClaim(
        envelope=envelope(AS_LEARNER), **about("spring"), activity=activity(), content=""
    )
    refused = WAITING.when(fail("spring"))
    refused.when(submit("spring")).refused(states.NOT_TO_BE_SUBMITTED)
    refused.when(amended).when(submit("spring")).then(submitted("spring"))


def test_what_is_not_waiting_is_not_audited() -> None:
    hours.given(claimed("spring")).when(pass_("spring")).refused(actors.OUT_OF_SCOPE)
    DONE.when(pass_("spring")).refused(states.NOT_TO_BE_AUDITED)


def test_deleting_passed_hours_takes_them_out_of_the_ledger() -> None:
    revoked = events.HoursRevoked(
        person_id=LEARNER,
        year=YEAR,
        entry_id=id_of("spring"),
        cause=RevokedFor.DELETED,
        by_unit_id=UNIT,
    )
    DONE.when(delete("spring", by=ADMIN)).then(events.ClaimDeleted(**about("spring")), revoked)
    DONE.when(delete("spring", by=ELSEWHERE)).refused(actors.OUT_OF_SCOPE)
    DONE.when(delete("spring", by=ADMIN)).when(delete("spring", by=ADMIN)).refused(
        states.NOT_TO_BE_AUDITED
    )


def test_after_a_move_the_unit_that_passed_them_still_deletes_them() -> None:
    moved = DONE.knowing(placed(unit_id=id_of("new unit"), parent_id=None))
    moved.when(delete("spring", by=ADMIN)).then_types(events.ClaimDeleted, events.HoursRevoked)
    moved.when(delete("spring", by=SUPERIOR)).then_types(events.ClaimDeleted, events.HoursRevoked)


def test_the_same_activity_is_held_and_names_the_other() -> None:
    other = claimed("again", activity(name="（spring）"))
    held = DONE.given(other).when(submit("again"))
    held.then(submitted("again"), events.ClaimHeld(**about("again"), same_as=id_of("spring")))
    held.when(pass_("again")).refused(auditing.HELD)
    held.when(pass_("again", distinct=True)).then_types(events.AuditPassed, events.HoursRecognised)


def test_other_days_are_another_activity() -> None:
    later = claimed(
        "again", activity(name="spring", began="2024-11-11/am", ended="2024-11-11/pm", hours="8")
    )
    DONE.given(later).when(submit("again")).then(submitted("again"))


def credit(entry: str = "class") -> commands.CreditClass:
    said = activity(name="spring 培训班")
    return commands.CreditClass(
        envelope=envelope(ADMIN),
        person_id=LEARNER,
        year=YEAR,
        entry_id=id_of(entry),
        category="professional",
        rule="class",
        hours=Hours.of(20),
        source_id=id_of("filing"),
        activity=said.name,
        began=said.began,
        ended=said.ended,
        by_unit_id=UNIT,
        pack=VERSION,
    )


def test_a_class_credits_once_and_holds_what_waits_for_the_same() -> None:
    credited = WAITING.when(credit())
    credited.then_types(events.HoursRecognised, events.ClaimHeld)
    credited.when(credit()).then()


def test_a_class_is_not_credited_on_top_of_the_same_activity() -> None:
    DONE.when(credit()).refused(sameness.ALREADY_CREDITED)


def test_what_was_revoked_before_it_was_seen_never_joins() -> None:
    gone = commands.RevokeEntry(
        envelope=envelope(ADMIN),
        person_id=LEARNER,
        year=YEAR,
        entry_id=id_of("class"),
        cause=RevokedFor.WITHDRAWN,
        by_unit_id=UNIT,
    )
    hours.when(gone).then_types(events.HoursRevoked).when(credit()).then()


def test_after_the_window_an_audit_needs_an_extension_and_is_flagged() -> None:
    WAITING.when(pass_("spring", at=APRIL)).refused(auditing.AUDIT_TOO_LATE)
    law = FACTS.laws["CN-GX", YEAR]
    for whom in (None, UNIT):
        longer = replace(law, extended={("hours.audit", whom): date(2025, 4, 30)})
        extended = WAITING.knowing(replace(FACTS, laws={("CN-GX", YEAR): longer}))
        extended.when(pass_("spring", at=APRIL)).then(
            passed("spring", late=True), recognised("spring")
        )


def test_two_stages_recognise_at_the_second() -> None:
    stages = PACK.hours.stages.model_copy(update={"value": ("初审", "复核")})
    pack = PACK.model_copy(update={"hours_": PACK.hours.model_copy(update={"stages": stages})})
    law = replace(FACTS.laws["CN-GX", YEAR], pack=pack)
    case = WAITING.knowing(replace(FACTS, laws={("CN-GX", YEAR): law}))
    first = case.when(pass_("spring")).then(passed("spring"))
    first.when(pass_("spring", by=ADMIN)).refused(actors.OUT_OF_SCOPE)
    first.when(pass_("spring", by=SUPERIOR)).then_types(events.AuditPassed, events.HoursRecognised)
