"""What happens to a person: belonging, acting for a unit, logging in."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider, keep
from services.identity.commands import (
    AccountCommand,
    Activate,
    AdminCommand,
    AllowLogin,
    AppointAdmin,
    AssignDepartment,
    ChangeAdminScope,
    ChangeDetails,
    ChangePassword,
    ConfirmMembership,
    CorrectIdentity,
    DeclineMembership,
    DenyLogin,
    DismissAdmin,
    EndSession,
    EnrolPerson,
    ErasePerson,
    FailLogin,
    IssueCode,
    LeaveOffice,
    PersonCommand,
    RegisterOneself,
    StartSession,
    TakeOffice,
    Transfer,
)
from services.identity.decider import account
from services.identity.decider.person import acting, belonging
from services.identity.decider.person.evolving import PersonDecided, evolve
from services.identity.rules import codes, login
from services.identity.state import IdentityFacts, Person


def decide(
    command: PersonCommand | AdminCommand | AccountCommand, state: Person, facts: IdentityFacts
) -> Sequence[PersonDecided]:
    """One request about a person."""
    match command:
        case (
            RegisterOneself()
            | EnrolPerson()
            | ConfirmMembership()
            | DeclineMembership()
            | Transfer()
            | AssignDepartment()
            | ChangeDetails()
            | CorrectIdentity()
            | ErasePerson()
        ):
            return belonging.decide(command, state, facts)
        case (
            AppointAdmin()
            | ChangeAdminScope()
            | DismissAdmin()
            | AllowLogin()
            | DenyLogin()
            | TakeOffice()
            | LeaveOffice()
        ):
            return acting.decide(command, state, facts)
        case IssueCode():
            keep(codes.ON_PERSON_CODE, command, state, facts)
            by = command.envelope.actor.role.value
            return account.issued(command, state.account, facts, by=by)
        case StartSession():
            return _login(command, state, facts)
        case Activate() | ChangePassword() | FailLogin() | EndSession():
            return account.decide(command, state.account, facts)
        case _:
            assert_never(command)


def _login(command: StartSession, state: Person, facts: IdentityFacts) -> Sequence[PersonDecided]:
    """In the role chosen, for the unit where it is held."""
    keep(login.ON_PERSON_LOGIN, command, state, facts)
    held = login.chosen(command, state)
    if held is None:
        place = state.placement
        unit_id, department_id = (place.unit_id, place.department_id) if place else (None, None)
    else:
        unit_id, department_id = held[0], state.standing[held].department_id
    return account.started(command, state.account, unit_id, department_id)


PERSON = Decider(Person, decide, evolve)
