"""What a claim's state allows, and where it may be sent."""

from dataclasses import replace

from libs.decider import Kind, Rule, conventions, refusals
from libs.events.identity import UnitKind
from libs.policy import Says
from services.hours.commands import ClaimCommand, SubmitClaim
from services.hours.rules.known import claim_of, law_of, named, place_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import AT_HOME, PENDING, ClaimState, PersonYear

GONE = Rule(
    "claim-deleted", "该登记已删除，不能再办理", conventions.CLAIMS, "如需登记，请在时限内重新登记"
)
NOT_AT_HOME = Rule(
    "claim-not-at-home",
    "该登记已提交或已认定，不能修改",
    conventions.CLAIMS,
    "待初审的可先撤回；已认定的须由单位管理员删除后重新登记",
)
NOT_TO_BE_SUBMITTED = Rule(
    "claim-not-to-be-submitted",
    "只有待提交的登记可以提交",
    conventions.CLAIMS,
    "不予认定的请先修改；已提交的请等待审核",
)
NOT_TO_BE_WITHDRAWN = Rule(
    "claim-not-to-be-withdrawn", "只有待初审的登记可以撤回", conventions.CLAIMS, "请联系审核单位"
)
NOT_TO_BE_DELETED = Rule(
    "claim-not-to-be-deleted",
    "该登记已通过认定或正在复核，不能由登记人删除",
    conventions.CLAIMS,
    "请由单位管理员删除认定内容后重新登记",
)
NOT_TO_BE_AUDITED = Rule(
    "claim-not-to-be-audited", "该登记不在待审核状态", conventions.CLAIMS, "请刷新审核列表"
)
WRONG_TARGET = Rule(
    "no-such-auditor",
    "不能提交至该单位",
    conventions.CLAIMS,
    "请提交至本单位，或其上级主管单位、行业主管部门",
    Kind.INVALID,
    "to_unit_id",
)
MEMBERSHIP_UNCONFIRMED = Rule(
    "membership-unconfirmed",
    "所在单位尚未确认您的单位信息",
    conventions.PEOPLE,
    "请联系单位管理员确认后再提交",
)


_INSTEAD = {
    ClaimState.DRAFT: "该登记尚未提交，可直接修改或删除",
    ClaimState.FAILED: "不予认定的登记可直接修改后再次提交",
}
"""What to do with a claim that need not be withdrawn."""


def is_at_home(command: ClaimCommand, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """待提交 or 不予认定: in the hands of who registered it."""
    if claim_of(command, state).state in AT_HOME:
        return None
    return law_of(command, facts).pack.citing(NOT_AT_HOME, Says.WITHDRAW)


def is_draft(command: ClaimCommand, state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """待提交."""
    if claim_of(command, state).state is ClaimState.DRAFT:
        return None
    return NOT_TO_BE_SUBMITTED


def is_submitted(command: ClaimCommand, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """待初审."""
    claim = claim_of(command, state)
    if claim.state is ClaimState.SUBMITTED:
        return None
    rule = NOT_TO_BE_WITHDRAWN.remedied(_INSTEAD.get(claim.state, NOT_TO_BE_WITHDRAWN.remedy))
    return law_of(command, facts).pack.citing(rule, Says.WITHDRAW)


def is_pending(command: ClaimCommand, state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """待初审 or 待复核."""
    if claim_of(command, state).state in PENDING:
        return None
    return NOT_TO_BE_AUDITED


def may_be_deleted_by_its_registrar(
    command: ClaimCommand, state: PersonYear, facts: HoursFacts
) -> Rule | None:
    """待提交, 待初审 or 不予认定; later the unit's admin deletes."""
    if command.envelope.actor.id != command.person_id:
        return None
    claim = claim_of(command, state)
    if claim.state in AT_HOME | {ClaimState.SUBMITTED}:
        return None
    who = f"通过认定的{named(claim.passed_by, facts)}的管理员或其上级主管单位"
    if claim.state is ClaimState.PASSED_FIRST:
        who = "负责复核的上级主管单位或主管部门"
    rule = replace(NOT_TO_BE_DELETED, remedy=f"请由{who}删除认定内容后重新登记")
    return law_of(command, facts).pack.citing(rule, Says.DELETE_PASSED)


def is_there(command: ClaimCommand, state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """Deleted is gone for whoever asks."""
    return GONE if claim_of(command, state).state is ClaimState.DELETED else None


def goes_to_an_auditor(command: SubmitClaim, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """The own unit, which has confirmed the membership; or its superior; or an authority."""
    place = place_of(command, facts)
    to = command.to_unit_id or place.unit_id
    if not place.confirmed:
        rule = law_of(command, facts).pack.citing(MEMBERSHIP_UNCONFIRMED, Says.AUDITOR)
        return refusals.unless_on_its_way(rule, command.envelope.at, facts.heard)
    unit = facts.units.get(to)
    is_authority = unit is not None and unit.kind == UnitKind.INDUSTRY_AUTHORITY
    if to in (place.unit_id, place.parent_id) or is_authority:
        return None
    rule = law_of(command, facts).pack.citing(WRONG_TARGET, Says.SUBMIT_TO_AUTHORITY)
    return rule if unit else refusals.unless_on_its_way(rule, command.envelope.at, facts.heard)
