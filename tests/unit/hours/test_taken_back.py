"""撤回、删除: what was taken back or deleted, and who still has to do with it."""

from libs.decider import Rule, refusals
from libs.events import hours as events
from services.hours import commands
from services.hours.rules import states
from tests.unit.hours.desk import (
    AS_LEARNER,
    AUTHORITY,
    OF_AUTHORITY,
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
    recognised,
    submit,
    submitted,
    withdraw,
)


def test_who_a_claim_was_taken_back_from_has_nothing_to_do_with_it_any_more() -> None:
    sent = hours.given(claimed("spring"), submitted("spring", to=AUTHORITY))
    sent.when(fail("spring", by=OF_AUTHORITY)).then_types(events.AuditFailed)
    returned = commands.ReturnClaim(envelope=envelope(commands.HOURS), **about("spring"))
    for back in (sent.when(withdraw("spring")), sent.when(returned)):
        assert back.state.claims[id_of("spring")].to_unit_id is None
        back.when(fail("spring", by=OF_AUTHORITY)).refused(refusals.NOT_FOUND)
    amend = commands.AmendClaim(
        envelope=envelope(AS_LEARNER), **about("spring"), activity=activity(), content=""
    )
    amended = sent.when(fail("spring", by=OF_AUTHORITY)).when(amend)
    assert amended.state.claims[id_of("spring")].to_unit_id is None


def test_what_was_deleted_is_told_so_whatever_is_asked() -> None:
    gone = hours.given(claimed("spring"), events.ClaimDeleted(**about("spring")))
    amend = commands.AmendClaim(
        envelope=envelope(AS_LEARNER), **about("spring"), activity=activity(), content=""
    )
    asked: tuple[commands.ClaimsCommand, ...] = (
        amend,
        submit("spring"),
        withdraw("spring"),
        delete("spring"),
        pass_("spring"),
        fail("spring"),
    )
    for command in asked:
        gone.when(command).refused(states.GONE)


def test_who_need_not_withdraw_hears_what_to_do_instead() -> None:
    draft = hours.given(claimed("spring"))
    done = draft.given(submitted("spring"), passed("spring"), recognised("spring"))
    for case, remedy in (
        (draft, "该登记尚未提交，可直接修改或删除"),
        (done, states.NOT_TO_BE_WITHDRAWN.remedy),
    ):
        refused = case.when(withdraw("spring")).refused(states.NOT_TO_BE_WITHDRAWN)
        assert isinstance(refused.outcome, Rule)
        assert refused.outcome.remedy == remedy
