"""学时登记: what a learner may claim."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from libs.decider import Rule, conventions, refusals
from libs.events import hours as events
from libs.events.envelope import Actor
from libs.events.hours import Activity
from libs.policy import NO_PACK, quantities
from services.hours import commands
from services.hours.rules import activity as rules
from services.hours.rules import actors, deadlines, states
from services.hours.state.known import HoursFacts
from tests.policy.golden import law_of
from tests.unit.hours.desk import (
    ADMIN,
    AS_LEARNER,
    AUTHORITY,
    ELSEWHERE,
    FACTS,
    OF_NURSING,
    OF_SURGERY,
    OTHER_UNIT,
    PACK,
    PARENT,
    UNIT,
    VERSION,
    YEAR,
    about,
    activity,
    claim,
    claimed,
    delete,
    envelope,
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


def test_a_learner_registers_what_is_true() -> None:
    hours.when(claim("spring")).then(claimed("spring"))


def test_registering_the_same_claim_again_changes_nothing() -> None:
    hours.given(claimed("spring")).when(claim("spring")).then()


def test_the_unit_registers_for_its_people() -> None:
    hours.when(claim("spring", by=ADMIN)).then(claimed("spring", by="unit"))
    hours.when(claim("spring", by=OF_SURGERY)).then(claimed("spring", by="unit"))


def test_nobody_registers_outside_the_own_scope() -> None:
    hours.when(claim("spring", by=OF_NURSING)).refused(refusals.NOT_FOUND)
    hours.when(claim("spring", by=ELSEWHERE)).refused(refusals.NOT_FOUND)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (activity(hours="0"), quantities.NO_HOURS),
        (activity(hours="4.25"), quantities.FINER_THAN_THE_STEP),
        (activity(hours="72.5"), quantities.IMPOSSIBLE_HOURS),
        (activity(began="2024-11-06/pm", ended="2024-11-06/am"), rules.ENDS_BEFORE_IT_BEGINS),
        (activity(began="2024-12-20/am", ended="2024-12-21/am"), rules.NOT_OVER_YET),
        (activity(began="2024-12-20/am", ended="2024-12-20/pm"), rules.NOT_OVER_YET),
        (activity(rule="works.paper", hours="8784.5"), quantities.IMPOSSIBLE_HOURS),
        (activity(began="2023-11-06/am", ended="2023-11-06/pm"), rules.OTHER_YEAR),
        (activity(began="2023-12-31/am", ended="2024-01-02/pm"), rules.CROSSES_THE_YEAR),
        (activity(rule="class"), rules.UNKNOWN_RULE),
        (activity(rule="no.such_rule"), rules.UNKNOWN_RULE),
        (activity(category="public.required"), rules.NOT_A_CLAIM),
        (activity(category="public.elective"), rules.NOT_A_CLAIM),
        (activity(category="public"), rules.NOT_A_CLAIM),
        (activity(name="学员 45010219900307851X 的培训"), refusals.PERSONAL_NUMBER),
        (activity(organiser="联系１３９ ７７１２ ３４５６"), refusals.PERSONAL_NUMBER),
    ],
)
def test_what_can_t_be_is_refused(said: object, rule: Rule) -> None:
    hours.when(claim("spring", said)).refused(rule)  # type: ignore[arg-type]


def test_a_training_of_five_half_days_is_proposed_as_twenty_hours() -> None:
    unsaid = activity(name="spring", hours="0")
    hours.when(claim("spring", unsaid, prefilled=True)).then(claimed("spring"))
    hours.when(claim("spring", unsaid)).refused(quantities.NO_HOURS)
    amended = commands.AmendClaim(
        envelope=envelope(AS_LEARNER),
        **about("spring"),
        activity=activity(name="spring", hours="0", ended="2024-11-05/pm"),
        content="",
        prefilled=True,
    )
    said = activity(name="spring", hours="16", ended="2024-11-05/pm")
    hours.given(claimed("spring")).when(amended).then(
        events.ClaimAmended(**about("spring"), activity=said, pack=VERSION)
    )


def test_what_does_not_go_by_half_days_is_stated() -> None:
    unsaid = activity(rule="academic", hours="0")
    hours.when(claim("congress", unsaid, prefilled=True)).refused(rules.HOURS_NOT_STATED)
    backwards = activity(began="2024-11-06/pm", ended="2024-11-06/am", hours="0")
    hours.when(claim("spring", backwards, prefilled=True)).refused(rules.ENDS_BEFORE_IT_BEGINS)


def test_what_a_person_decides_on_is_submitted_with_evidence() -> None:
    paper = activity(rule="works.paper", ended="2024-11-04/am", hours="12")
    asked = hours.given(claimed("paper", paper)).when(submit("paper")).refused(rules.NO_EVIDENCE)
    assert isinstance(asked.outcome, Rule)
    assert asked.outcome.source == conventions.CLAIMS  # one university's rules bind nobody else
    assert "参照桂电学时细则" in asked.outcome.detail
    assert "版权页" in asked.outcome.detail
    proved = paper.model_copy(update={"evidence": ("0" * 64,)})
    hours.given(claimed("paper", proved)).when(submit("paper")).then(submitted("paper"))


def test_evidence_that_no_read_document_demands_is_asked_for_and_refuses_nobody() -> None:
    hours.given(claimed("spring")).when(submit("spring")).then(submitted("spring"))


def test_what_ends_this_half_day_may_be_registered() -> None:
    today = activity(name="spring", began="2024-12-20/am", ended="2024-12-20/am", hours="4")
    hours.when(claim("spring", today)).then(claimed("spring", today))


def test_a_year_s_cap_is_no_refusal() -> None:
    said = activity(rule="self_study.own", began="2024-01-01/am", ended="2024-03-01/pm", hours="60")
    hours.when(claim("reading", said)).then(claimed("reading", said))


def test_a_result_is_credited_by_the_day_it_was_obtained() -> None:
    paper = activity(rule="works.paper", began="2023-06-01/am", ended="2024-05-01/am", hours="300")
    hours.when(claim("paper", paper)).then(claimed("paper", paper))


def test_content_names_nobody() -> None:
    hours.when(claim("spring", content="带教 13977123456")).refused(refusals.PERSONAL_NUMBER)


def test_the_promise_is_ticked() -> None:
    hours.when(claim("spring", promised=False)).refused(rules.NOT_PROMISED)


def test_the_last_minute_of_the_deadline_is_in_china_s_calendar() -> None:
    in_time = datetime(2025, 3, 31, 15, 59, 59, tzinfo=UTC)
    hours.when(claim("spring", at=in_time)).then(claimed("spring"))
    too_late = datetime(2025, 3, 31, 16, 0, tzinfo=UTC)
    hours.when(claim("spring", at=too_late)).refused(deadlines.TOO_LATE)


def test_an_unknown_pack_or_person_is_refused_only_once_we_are_current() -> None:
    for facts, rule in (
        (HoursFacts(people=FACTS.people), NO_PACK),
        (HoursFacts(people=FACTS.people, heard=None), refusals.BEHIND),
        (HoursFacts(laws=FACTS.laws), refusals.NOT_FOUND),
        (HoursFacts(laws=FACTS.laws, heard=None), refusals.BEHIND),
    ):
        hours.knowing(facts).when(claim("spring")).refused(rule)


def test_which_subjects_come_by_themselves_the_pack_says_not_their_name() -> None:
    ways = tuple(
        way.model_copy(update={"category": "public.elective"}) if way.rule == "training" else way
        for way in PACK.recognition
    )
    other = law_of(PACK.model_copy(update={"recognition": ways}))
    offline = activity(category="public.elective")
    hours.knowing(replace(FACTS, laws={("CN-GX", YEAR): other})).when(
        claim("offline class", offline)
    ).then_types(events.HoursClaimed)


def test_a_notice_that_says_nothing_of_registering_is_none() -> None:
    law = FACTS.laws["CN-GX", YEAR]
    silent = replace(law, pack=law.pack.model_copy(update={"hours_": None}))
    facts = replace(FACTS, laws={("CN-GX", YEAR): silent})
    hours.knowing(facts).when(claim("spring")).refused(NO_PACK)


def test_a_claim_goes_to_the_own_unit_a_superior_or_an_authority() -> None:
    case = hours.given(claimed("spring"))
    for to, where in ((None, UNIT), (UNIT, UNIT), (PARENT, PARENT), (AUTHORITY, AUTHORITY)):
        case.when(submit("spring", to)).then(submitted("spring", where))
    case.when(submit("spring", OTHER_UNIT)).refused(states.WRONG_TARGET)


def test_before_the_unit_has_confirmed_the_membership_nothing_is_submitted() -> None:
    (
        hours.knowing(placed(confirmed=False))
        .given(claimed("spring"))
        .when(submit("spring"))
        .refused(states.MEMBERSHIP_UNCONFIRMED)
    )


def test_while_it_waits_for_the_first_audit_it_may_be_withdrawn_or_deleted() -> None:
    waiting = hours.given(claimed("spring"), submitted("spring"))
    waiting.when(withdraw("spring")).then(events.ClaimWithdrawn(**about("spring")))
    waiting.when(delete("spring")).then(events.ClaimDeleted(**about("spring")))


def test_once_passed_the_learner_can_neither_withdraw_nor_delete() -> None:
    done = hours.given(
        claimed("spring"), submitted("spring"), passed("spring"), recognised("spring")
    )
    done.when(withdraw("spring")).refused(states.NOT_TO_BE_WITHDRAWN)
    done.when(delete("spring")).refused(states.NOT_TO_BE_DELETED)
    done.when(submit("spring")).refused(states.NOT_TO_BE_SUBMITTED)


def test_what_the_unit_registered_is_the_unit_s_to_submit() -> None:
    case = hours.given(claimed("spring", by="unit"))
    case.when(submit("spring", by=ADMIN)).then(submitted("spring"))
    case.when(submit("spring", by=AS_LEARNER)).refused(actors.NOT_REGISTERED_BY_YOU)
    hours.given(claimed("spring")).when(submit("spring", by=ADMIN)).refused(
        actors.NOT_REGISTERED_BY_YOU
    )


def amend(name: str, said: Activity | None = None, by: Actor = AS_LEARNER) -> commands.AmendClaim:
    """Write something else, within what may be."""
    said = said or activity(name="新知识研修班（二）")
    return commands.AmendClaim(envelope=envelope(by), **about(name), activity=said, content="")


def test_who_registered_amends_and_withdraws_and_nobody_else() -> None:
    for registrar, owner, other in (("learner", AS_LEARNER, ADMIN), ("unit", ADMIN, AS_LEARNER)):
        draft = hours.given(claimed("spring", by=registrar))
        draft.when(amend("spring", by=owner)).then_types(events.ClaimAmended)
        draft.when(amend("spring", by=other)).refused(actors.NOT_REGISTERED_BY_YOU)
        waiting = draft.given(submitted("spring"))
        waiting.when(withdraw("spring", by=owner)).then(events.ClaimWithdrawn(**about("spring")))
        waiting.when(withdraw("spring", by=other)).refused(actors.NOT_REGISTERED_BY_YOU)


def test_what_is_amended_is_judged_like_what_is_registered() -> None:
    draft = hours.given(claimed("spring"))
    for said, rule in (
        (activity(category="public.required"), rules.NOT_A_CLAIM),
        (activity(ended="2024-11-01/am"), rules.ENDS_BEFORE_IT_BEGINS),
        (activity(began="2023-11-04/am", ended="2023-11-06/am"), rules.OTHER_YEAR),
        (activity(hours="100"), quantities.IMPOSSIBLE_HOURS),
        (activity(name="联系13877100001"), refusals.PERSONAL_NUMBER),
    ):
        draft.when(amend("spring", said)).refused(rule)


def test_a_unit_whose_name_is_not_known_is_no_more_than_a_unit() -> None:
    """Of one that is named, the name stands in the remedy."""
    unheard = id_of("a unit that was not heard of")
    for unit, words in (
        (AUTHORITY, "受理审核的单位“自治区卫生健康委”办理"),
        (OTHER_UNIT, "受理审核的单位办理"),
        (unheard, "受理审核的单位办理"),
    ):
        sent = hours.given(claimed("spring"), submitted("spring", unit))
        refused = sent.when(pass_("spring", by=ADMIN)).refused(actors.SENT_ELSEWHERE)
        assert isinstance(refused.outcome, Rule)
        assert words in refused.outcome.remedy
