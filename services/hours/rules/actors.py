"""Who may do what with a claim: learner, unit, department, superior, authority."""

from collections.abc import Mapping
from dataclasses import replace

from libs.decider import Kind, Rule, conventions, refusals
from libs.decider.predicate import AllOf, Is, Nothing, Predicate
from libs.events.envelope import Actor, Role
from libs.events.hours import RegisteredBy
from libs.events.roles import for_these
from libs.events.scope import people_of
from libs.policy import Says
from services.hours.commands import (
    AmendClaim,
    ClaimCommand,
    ClaimHours,
    DeleteClaim,
    FailAudit,
    PassAudit,
    SubmitClaim,
    WithdrawClaim,
)
from services.hours.rules.known import (
    claim_of,
    law_of,
    named,
    person_is_known,
    place_of,
    year_has_a_law,
)
from services.hours.state.known import HoursFacts, Place
from services.hours.state.year import PENDING, Claim, ClaimState, PersonYear

NOBODY_AUDITS_ONESELF = Rule(
    "nobody-audits-oneself",
    "不得登记、审核或删除本人的学时认定",
    conventions.ONESELF,
    "请由单位其他管理员、上级主管单位或主管部门办理",
    Kind.FORBIDDEN,
)
SENT_ELSEWHERE = Rule(
    "sent-elsewhere",
    "该登记不由您所在单位审核",
    conventions.ROLES,
    "请由受理审核的单位办理",
    Kind.FORBIDDEN,
)
PASSED_ELSEWHERE = Rule(
    "passed-elsewhere",
    "该学时不是由您所在单位通过认定的",
    conventions.ROLES,
    "请由通过认定的单位删除",
    Kind.FORBIDDEN,
)
NOT_REGISTERED_BY_YOU = Rule(
    "not-registered-by-you",
    "只能修改或提交由您登记的内容",
    conventions.ROLES,
    "请由登记人办理",
    Kind.FORBIDDEN,
)

ADMINS = frozenset({Role.UNIT_ADMIN, Role.DEPARTMENT_ADMIN})
AUDITORS = ADMINS | {
    Role.INDUSTRY_AUTHORITY,
    Role.CITY_BUREAU,
    Role.COUNTY_BUREAU,
    Role.PROVINCE_BUREAU,
}
REGISTRARS = ADMINS | {Role.LEARNER}
OFFICES = AUDITORS - {Role.DEPARTMENT_ADMIN}
"""Who acts for the whole of a unit or office."""
MAY: Mapping[type[ClaimCommand], frozenset[Role]] = {
    ClaimHours: REGISTRARS,
    AmendClaim: REGISTRARS,
    SubmitClaim: REGISTRARS,
    WithdrawClaim: REGISTRARS,
    DeleteClaim: AUDITORS | {Role.LEARNER},
    PassAudit: AUDITORS,
    FailAudit: AUDITORS,
}
"""Who may ask for what at all; of whose hours, the rules below say."""


def auditing(actor: Actor) -> Predicate:
    """The claims that this actor audits: those sent to the own unit; a department's admin those
    of the own department's people."""
    sent_here = Is("to_unit_id", actor.unit_id)
    match actor.role:
        case Role.UNIT_ADMIN | Role.INDUSTRY_AUTHORITY:
            return sent_here
        case Role.DEPARTMENT_ADMIN:
            return AllOf((sent_here, people_of(actor)))
        case _:
            return Nothing()


def _supervises(actor: Actor, place: Place) -> bool:
    """The superior's general admin, or the supervising bureau."""
    if actor.role is Role.UNIT_ADMIN:
        return actor.unit_id is not None and actor.unit_id == place.parent_id
    bureaus = {Role.CITY_BUREAU, Role.COUNTY_BUREAU, Role.PROVINCE_BUREAU}
    return actor.role in bureaus and actor.unit_id == place.bureau_id


def _audits(actor: Actor, claim: Claim, place: Place) -> bool:
    if claim.state is ClaimState.PASSED_FIRST:
        return _supervises(actor, place)
    columns = {**place.columns, "to_unit_id": claim.to_unit_id}
    return auditing(actor).allows(columns) or (place.is_admin and _supervises(actor, place))


def nobody_for_oneself(
    command: ClaimCommand, _state: PersonYear, _facts: HoursFacts
) -> Rule | None:
    """In another role than the learner's, nobody touches the own hours."""
    actor = command.envelope.actor
    if actor.role is not Role.LEARNER and actor.id == command.person_id:
        return NOBODY_AUDITS_ONESELF
    return None


def may_ask(command: ClaimCommand, _state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """In this role at all: said before anything is looked at, of whomever it is about."""
    may = MAY[type(command)]
    if command.envelope.actor.role in may:
        return None
    return for_these(refusals.ROLE_NOT_ALLOWED, may)


def in_scope(command: ClaimCommand, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """The people of one's scope, and what was sent here or passed here; of everybody else nobody
    hears whether there is such a person, or such a claim."""
    claim = state.claims.get(command.resource)
    if _has_the_person(command, facts) or (claim is not None and _sees(command, claim, facts)):
        return None
    return refusals.unless_on_its_way(refusals.NOT_FOUND, command.envelope.at, facts.heard)


def _sees(command: ClaimCommand, claim: Claim, facts: HoursFacts) -> bool:
    actor, place = command.envelope.actor, place_of(command, facts)
    columns = {**place.columns, "to_unit_id": claim.to_unit_id}
    sent_here = auditing(actor).allows(columns)
    return sent_here or _audits(actor, claim, place) or _passed_it(actor, claim, facts)


ASKED = (may_ask, person_is_known, nobody_for_oneself, in_scope, year_has_a_law)
"""Before anything else, of every claim."""


def may_handle(command: ClaimCommand, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """What the learner registered is the learner's to amend and submit, the unit's the unit's."""
    actor, claim = command.envelope.actor, claim_of(command, state)
    registrar = actor.role in REGISTRARS and _has_the_person(command, facts)
    is_learner = actor.role is Role.LEARNER
    by_learner = claim.registered_by is RegisteredBy.LEARNER
    return None if registrar and is_learner == by_learner else NOT_REGISTERED_BY_YOU


def may_audit(command: ClaimCommand, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Who it was sent to; of a department, its admin; of an admin's own, also the superior."""
    actor, claim = command.envelope.actor, claim_of(command, state)
    if _audits(actor, claim, place_of(command, facts)) or claim.state not in PENDING:
        return None
    return _who_audits(command, claim, facts)


def may_delete(command: ClaimCommand, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """The learner the own; an auditor what was sent; passed hours who passed them, or above."""
    actor, claim, place = command.envelope.actor, claim_of(command, state), place_of(command, facts)
    if actor.role is Role.LEARNER or claim.state is ClaimState.DRAFT:
        return may_handle(command, state, facts)
    if _audits(actor, claim, place) or _passed_it(actor, claim, facts):
        return None
    if claim.state is ClaimState.PASSED:
        return _who_deletes(claim, facts)
    return _who_audits(command, claim, facts)


def _passed_it(actor: Actor, claim: Claim, facts: HoursFacts) -> bool:
    """Passed hours are deleted by the unit or office that passed them, or by its superior."""
    if claim.state is not ClaimState.PASSED or actor.role not in OFFICES:
        return False
    passed_by = facts.units.get(claim.passed_by) if claim.passed_by else None
    above = passed_by.parent_id if passed_by and actor.role is Role.UNIT_ADMIN else None
    return actor.unit_id is not None and actor.unit_id in (claim.passed_by, above)


def _has_the_person(command: ClaimCommand, facts: HoursFacts) -> bool:
    columns = {"person_id": command.person_id, **place_of(command, facts).columns}
    return people_of(command.envelope.actor).allows(columns)


def _who_audits(command: ClaimCommand, claim: Claim, facts: HoursFacts) -> Rule:
    """The person is in scope, the claim isn't: it was sent elsewhere, or is at its second stage."""
    if claim.state is ClaimState.PASSED_FIRST:
        return replace(SENT_ELSEWHERE, remedy="该登记在待复核，请由上级主管单位或主管部门办理")
    remedy = (
        f"请由受理审核的{named(claim.to_unit_id, facts)}办理；提交有误的，登记人可撤回后重新提交"
    )
    return law_of(command, facts).pack.citing(
        replace(SENT_ELSEWHERE, remedy=remedy), Says.SUBMIT_TO_AUTHORITY
    )


def _who_deletes(claim: Claim, facts: HoursFacts) -> Rule:
    remedy = f"请由通过认定的{named(claim.passed_by, facts)}的管理员或其上级主管单位删除"
    return PASSED_ELSEWHERE.remedied(remedy)
