"""What happens to a unit, and to its account (单位账号)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from libs.decider import Decider, keep
from libs.events.identity import (
    AccountActivated,
    ActivationIssued,
    BaseDesignated,
    BaseDesignationEnded,
    DepartmentAdded,
    DepartmentClosed,
    LoginFailed,
    PasswordReset,
    SessionEnded,
    SessionStarted,
    UnitRegistered,
    UnitRenamed,
)
from services.identity.commands import (
    AccountCommand,
    Activate,
    AddDepartment,
    ChangePassword,
    CloseDepartment,
    DesignateBase,
    EndBaseDesignation,
    EndSession,
    FailLogin,
    IssueCode,
    RegisterUnit,
    RenameUnit,
    StartSession,
    UnitCommand,
)
from services.identity.decider import account
from services.identity.decider.account import AccountEvent
from services.identity.rules import codes, login
from services.identity.rules import unit as rules
from services.identity.state import IdentityFacts, Unit

UnitEvent = (
    UnitRegistered
    | UnitRenamed
    | DepartmentAdded
    | DepartmentClosed
    | BaseDesignated
    | BaseDesignationEnded
    | AccountEvent
)


def decide(
    command: UnitCommand | AccountCommand, state: Unit, facts: IdentityFacts
) -> Sequence[UnitEvent]:
    """One request about a unit."""
    match command:
        case RegisterUnit():
            keep(rules.ON_REGISTER, command, state, facts)
            return [UnitRegistered(**command.model_dump(exclude={"envelope"}))]
        case RenameUnit():
            keep(rules.ON_RENAME, command, state, facts)
            return [UnitRenamed(unit_id=command.unit_id, name=command.name)]
        case AddDepartment():
            keep(rules.ON_ADD_DEPARTMENT, command, state, facts)
            return [DepartmentAdded(**command.model_dump(exclude={"envelope"}))]
        case CloseDepartment():
            keep(rules.ON_CLOSE_DEPARTMENT, command, state, facts)
            return [DepartmentClosed(**command.model_dump(exclude={"envelope"}))]
        case DesignateBase():
            keep(rules.ON_DESIGNATE, command, state, facts)
            return [BaseDesignated(**command.model_dump(exclude={"envelope", "phone"}))]
        case EndBaseDesignation():
            keep(rules.ON_END_DESIGNATION, command, state, facts)
            return [BaseDesignationEnded(unit_id=command.unit_id, level=command.level)]
        case IssueCode():
            keep(codes.ON_UNIT_CODE, command, state, facts)
            return account.issued(command, state.account, facts, by="bureau")
        case StartSession():
            keep(login.ON_UNIT_LOGIN, command, state, facts)
            return account.started(command, state.account, command.account_id, None)
        case Activate() | ChangePassword() | FailLogin() | EndSession():
            return account.decide(command, state.account, facts)
        case _:
            assert_never(command)


def evolve(state: Unit, event: UnitEvent) -> Unit:
    """One event further."""
    match event:
        case UnitRegistered():
            return replace(state, registered=event, name=event.name)
        case UnitRenamed():
            return replace(state, name=event.name)
        case DepartmentAdded():
            named = {**state.departments, event.department_id: event.name}
            return replace(state, departments=named)
        case DepartmentClosed():
            return replace(state, closed=state.closed | {event.department_id})
        case BaseDesignated():
            return replace(state, bases={**state.bases, event.level: event})
        case BaseDesignationEnded():
            rest = {level: base for level, base in state.bases.items() if level != event.level}
            return replace(state, bases=rest)
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


UNIT = Decider(Unit, decide, evolve)
