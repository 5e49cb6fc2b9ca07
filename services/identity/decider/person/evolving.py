"""A person's state, one event further."""

from dataclasses import replace
from typing import assert_never

from libs.events.identity import (
    AccountActivated,
    ActivationIssued,
    AdminAppointed,
    AdminDismissed,
    AdminScopeChanged,
    DepartmentAssigned,
    IdentityCorrected,
    LoginAllowed,
    LoginDenied,
    LoginFailed,
    MembershipConfirmed,
    MembershipDeclined,
    PasswordReset,
    PersonDetailsChanged,
    PersonErased,
    PersonRegistered,
    PersonTransferred,
    SessionEnded,
    SessionStarted,
)
from services.identity.decider import account
from services.identity.decider.account import AccountEvent
from services.identity.rules.admins import OF_A_UNIT
from services.identity.state import Membership, Office, Person

Belonging = (
    PersonRegistered
    | MembershipConfirmed
    | MembershipDeclined
    | PersonTransferred
    | DepartmentAssigned
    | PersonDetailsChanged
    | IdentityCorrected
    | PersonErased
)
Acting = AdminAppointed | AdminScopeChanged | AdminDismissed | LoginAllowed | LoginDenied
PersonDecided = Belonging | Acting | AccountEvent


def evolve(state: Person, event: PersonDecided) -> Person:
    """One event further."""
    state = state if state.id is not None else replace(state, id=event.person_id)
    match event:
        case PersonRegistered() | PersonTransferred():
            membership = Membership.MEMBER if event.confirmed else Membership.PENDING
            return replace(state, placement=event.placement, membership=membership)
        case MembershipConfirmed() | DepartmentAssigned():
            return replace(state, placement=event.placement, membership=Membership.MEMBER)
        case MembershipDeclined():
            return replace(state, membership=Membership.DECLINED)
        case PersonDetailsChanged() | IdentityCorrected():
            return state
        case PersonErased():
            return replace(state, erased=True)
        case AdminAppointed(unit_id=unit_id, role=role):
            held = {**state.offices, (unit_id, role): Office(event.department_id)}
            return replace(state, offices=held)
        case AdminScopeChanged():
            return _moved(state, event)
        case AdminDismissed(unit_id=unit_id, role=role):
            left = replace(state.offices[unit_id, role], standing=False)
            state = replace(state, offices={**state.offices, (unit_id, role): left})
            return _without_needless_tick(state, event)
        case LoginAllowed():
            return replace(state, allowed=state.allowed | {event.unit_id})
        case LoginDenied():
            return replace(state, allowed=state.allowed - {event.unit_id})
        case (
            ActivationIssued()
            | AccountActivated()
            | PasswordReset()
            | LoginFailed()
            | SessionStarted()
            | SessionEnded()
        ):
            return replace(state, account=account.evolve(state.account, event))
        case _:
            assert_never(event)


def _moved(state: Person, event: AdminScopeChanged) -> Person:
    """One is general or department admin of a unit, never both."""
    offices = dict(state.offices)
    for held, office in state.offices.items():
        if held[0] == event.unit_id and held[1] in OF_A_UNIT:
            offices[held] = replace(office, standing=False)
    offices[event.unit_id, event.role] = Office(event.department_id)
    return replace(state, offices=offices)


def _without_needless_tick(state: Person, event: AdminDismissed) -> Person:
    """允许登录系统 goes with the last role for the unit."""
    if event.unit_id is None or any(unit == event.unit_id for unit, _role in state.standing):
        return state
    return replace(state, allowed=state.allowed - {event.unit_id})
