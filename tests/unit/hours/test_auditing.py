"""学时审核: who passes what, and what never counts twice."""

from dataclasses import replace

from libs.decider import Rule, conventions, refusals
from libs.events import hours as events
from libs.events.envelope import Actor, Role
from libs.events.hours import RevokedFor
from libs.events.values import Hours
from libs.policy import quantities
from services.hours import commands
from services.hours.rules import actors, auditing, states
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
    hours,
    id_of,
    pass_,
    passed,
    placed,
    recognised,
    submit,
    submitted,
    withdraw,
)

WAITING = hours.given(claimed("spring"), submitted("spring"))
DONE = WAITING.given(passed("spring"), recognised("spring"))


def test_the_last_audit_and_the_recognition_are_one_append() -> None:
    WAITING.when(pass_("spring")).then(passed("spring"), recognised("spring"))


def test_the_auditor_may_recognise_another_quantity() -> None:
    WAITING.when(pass_("spring", hours="16")).then(passed("spring"), recognised("spring", "16"))
    WAITING.when(pass_("spring", hours="0.25")).refused(quantities.FINER_THAN_THE_STEP)


def test_an_unverified_kind_is_passed_with_a_stated_quantity_alone() -> None:
    said = activity(name="paper", rule="works.paper", ended="2024-11-04/am", hours="90")
    waiting = hours.given(claimed("paper", said), submitted("paper"))
    blind = waiting.when(pass_("paper")).refused(auditing.QUANTITY_NOT_STATED)
    assert isinstance(blind.outcome, Rule)
    assert blind.outcome.source == conventions.CLAIMS  # not what nobody has read
    assert "桂人社规〔2019〕4号" in blind.outcome.detail
    waiting.when(pass_("paper", hours="12")).then_types(events.AuditPassed, events.HoursRecognised)


def test_more_than_the_half_days_give_is_passed_with_a_quantity_and_an_opinion() -> None:
    day = activity(name="spring", ended="2024-11-04/am", hours="24")
    waiting = hours.given(claimed("spring", day), submitted("spring"))
    for command in (
        pass_("spring"),
        pass_("spring", hours="24"),
        pass_("spring", opinion="证书载明 24 学时"),
    ):
        waiting.when(command).refused(auditing.MORE_THAN_THE_HALF_DAYS)
    waiting.when(pass_("spring", hours="4")).then_types(events.AuditPassed, events.HoursRecognised)
    waiting.when(pass_("spring", hours="24", opinion="证书载明 24 学时")).then(
        passed("spring").model_copy(update={"opinion_digest": "1" * 64}),
        recognised("spring", "24", asked=Hours.of(24), ended=day.ended),
    )
    waiting.when(pass_("spring", hours="24", opinion="电话 13977123456")).refused(
        refusals.PERSONAL_NUMBER
    )


def test_an_admin_does_not_pass_own_hours() -> None:
    WAITING.when(pass_("spring", by=HERSELF_AS_ADMIN)).refused(actors.NOBODY_AUDITS_ONESELF)
    WAITING.when(pass_("spring", by=AS_LEARNER)).refused(refusals.ROLE_NOT_ALLOWED)
    DONE.when(delete("spring", by=HERSELF_AS_ADMIN)).refused(actors.NOBODY_AUDITS_ONESELF)


def test_an_admin_s_own_hours_are_audited_above() -> None:
    case = WAITING.knowing(placed(is_admin=True))
    case.when(pass_("spring", by=SUPERIOR)).then_types(events.AuditPassed, events.HoursRecognised)
    case.when(pass_("spring", by=OF_BUREAU)).then_types(events.AuditPassed, events.HoursRecognised)
    WAITING.when(pass_("spring", by=OF_BUREAU)).refused(actors.SENT_ELSEWHERE)


def test_a_department_s_admin_audits_the_own_department() -> None:
    WAITING.when(pass_("spring", by=OF_SURGERY)).then(passed("spring"), recognised("spring"))
    WAITING.when(pass_("spring", by=OF_NURSING)).refused(refusals.NOT_FOUND)
    nowhere = WAITING.knowing(placed(department_id=None))
    nowhere.when(pass_("spring", by=OF_SURGERY)).refused(refusals.NOT_FOUND)


def test_who_it_was_not_sent_to_does_not_audit_it() -> None:
    WAITING.when(pass_("spring", by=ELSEWHERE)).refused(refusals.NOT_FOUND)
    WAITING.when(pass_("spring", by=OF_AUTHORITY)).refused(refusals.NOT_FOUND)
    sent = hours.given(claimed("spring"), submitted("spring", AUTHORITY))
    sent.when(pass_("spring", by=OF_AUTHORITY)).then_types(
        events.AuditPassed, events.HoursRecognised
    )
    elsewhere = sent.when(pass_("spring", by=ADMIN)).refused(actors.SENT_ELSEWHERE)
    assert "自治区卫生健康委" in elsewhere.outcome.remedy  # type: ignore[union-attr]


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
    hours.given(claimed("spring")).when(pass_("spring")).refused(states.NOT_TO_BE_AUDITED)
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
    DONE.when(delete("spring", by=ELSEWHERE)).refused(refusals.NOT_FOUND)
    DONE.when(delete("spring", by=ADMIN)).when(delete("spring", by=ADMIN)).refused(states.GONE)


def test_a_colleague_does_not_learn_that_there_is_a_passed_claim() -> None:
    by = Actor(id_of("colleague"), Role.LEARNER, UNIT)
    for command in (delete("spring", by=by), submit("spring", by=by), withdraw("spring", by=by)):
        DONE.when(command).refused(refusals.NOT_FOUND)


def test_more_than_was_asked_for_is_explained() -> None:
    said = activity(name="paper", rule="works.paper", ended="2024-11-04/am", hours="4")
    waiting = hours.given(claimed("paper", said), submitted("paper"))
    waiting.when(pass_("paper", hours="12")).refused(auditing.MORE_THAN_ASKED)
    waiting.when(pass_("paper", hours="12", opinion="按刊物级别认定")).then_types(
        events.AuditPassed, events.HoursRecognised
    )
    waiting.when(pass_("paper", hours="4")).then_types(events.AuditPassed, events.HoursRecognised)


def test_after_a_move_the_unit_that_passed_them_still_deletes_them() -> None:
    moved = DONE.knowing(placed(unit_id=id_of("new unit"), parent_id=None))
    moved.when(delete("spring", by=ADMIN)).then_types(events.ClaimDeleted, events.HoursRevoked)
    moved.when(delete("spring", by=SUPERIOR)).then_types(events.ClaimDeleted, events.HoursRevoked)


def test_what_an_authority_passed_it_deletes_and_the_others_are_told_so() -> None:
    by_authority = events.AuditPassed(**about("spring"), stage=1, by_unit_id=AUTHORITY)
    done = hours.given(
        claimed("spring"), submitted("spring", AUTHORITY), by_authority, recognised("spring")
    )
    done.when(delete("spring", by=OF_AUTHORITY)).then_types(
        events.ClaimDeleted, events.HoursRevoked
    )
    for by, rule in ((AS_LEARNER, states.NOT_TO_BE_DELETED), (ADMIN, actors.PASSED_ELSEWHERE)):
        refusal = done.when(delete("spring", by=by)).refused(rule).outcome
        assert isinstance(refusal, Rule)
        assert "自治区卫生健康委" in refusal.remedy


def test_what_the_former_unit_passed_the_new_one_is_told_who_deletes() -> None:
    moved = DONE.knowing(placed(unit_id=OTHER_UNIT, parent_id=None, department_id=None))
    refusal = moved.when(delete("spring", by=ELSEWHERE)).refused(actors.PASSED_ELSEWHERE).outcome
    assert isinstance(refusal, Rule)
    assert "柳州水文站" in refusal.remedy


def test_two_stages_recognise_at_the_second() -> None:
    stages = PACK.hours.stages.model_copy(update={"value": ("初审", "复核")})
    pack = PACK.model_copy(update={"hours_": PACK.hours.model_copy(update={"stages": stages})})
    law = replace(FACTS.laws["CN-GX", YEAR], pack=pack)
    case = WAITING.knowing(replace(FACTS, laws={("CN-GX", YEAR): law}))
    first = case.when(pass_("spring")).then(passed("spring"))
    first.when(pass_("spring", by=ADMIN)).refused(actors.SENT_ELSEWHERE)
    first.when(pass_("spring", by=SUPERIOR)).then_types(events.AuditPassed, events.HoursRecognised)
