"""Where a person belongs, and what the vault holds: decisions."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import keep
from libs.events.identity import (
    AccountActivated,
    ActivationIssued,
    AdminDismissed,
    DepartmentAssigned,
    IdentityCorrected,
    MembershipConfirmed,
    MembershipDeclined,
    PersonDetailsChanged,
    PersonErased,
    PersonRegistered,
    PersonTransferred,
    Placement,
    Way,
)
from services.identity.commands import (
    AssignDepartment,
    ChangeDetails,
    ConfirmMembership,
    CorrectIdentity,
    DeclineMembership,
    EnrolPerson,
    ErasePerson,
    PersonCommand,
    RegisterOneself,
    Transfer,
)
from services.identity.decider.account import ended
from services.identity.decider.person.evolving import PersonDecided
from services.identity.rules import person as rules
from services.identity.state import IdentityFacts, Person


def decide(command: PersonCommand, state: Person, facts: IdentityFacts) -> Sequence[PersonDecided]:
    """One request about where a person belongs."""
    person_id = command.person_id
    match command:
        case RegisterOneself():
            keep(rules.ON_REGISTER, command, state, facts)
            return [
                _registered(command, facts, confirmed=False),
                AccountActivated(person_id=person_id, activation_id=person_id),
            ]
        case EnrolPerson():
            keep(rules.ON_ENROL, command, state, facts)
            return [_registered(command, facts, confirmed=True), *_code(command, state)]
        case ConfirmMembership():
            keep(rules.ON_ANSWER, command, state, facts)
            place = _placed(state).model_copy(update={"effective": command.effective})
            return [MembershipConfirmed(person_id=person_id, placement=place)]
        case DeclineMembership():
            keep(rules.ON_ANSWER, command, state, facts)
            return [MembershipDeclined(person_id=person_id, unit_id=_placed(state).unit_id)]
        case Transfer():
            keep(rules.ON_TRANSFER, command, state, facts)
            return _transferred(command, state, facts)
        case AssignDepartment():
            keep(rules.ON_ASSIGN, command, state, facts)
            return _assigned(command, state)
        case ChangeDetails():
            keep(rules.ON_DETAILS, command, state, facts)
            return [PersonDetailsChanged(person_id=person_id, fields=command.fields)]
        case CorrectIdentity():
            keep(rules.ON_CORRECT, command, state, facts)
            return [IdentityCorrected(person_id=person_id, fields=command.fields)]
        case ErasePerson():
            if state.erased:
                return []
            keep(rules.ON_ERASE, command, state, facts)
            return [
                *_dismissed(state),
                *ended(state.account, person_id, "erased"),
                PersonErased(person_id=person_id),
            ]
        case _:
            assert_never(command)


def _registered(
    command: RegisterOneself | EnrolPerson, facts: IdentityFacts, *, confirmed: bool
) -> PersonRegistered:
    unit = facts.units[command.unit_id]
    place = unit.placement(command.department_id, command.effective)
    return PersonRegistered(person_id=command.person_id, placement=place, confirmed=confirmed)


def _code(command: EnrolPerson, state: Person) -> Sequence[PersonDecided]:
    """Who has a password already (one of the three) needs no code."""
    if state.account.activated:
        return []
    return [
        ActivationIssued(
            person_id=command.person_id,
            activation_id=command.activation_id,
            way=Way.HANDED,
            until=command.until,
        )
    ]


def _transferred(command: Transfer, state: Person, facts: IdentityFacts) -> Sequence[PersonDecided]:
    """The roles for the old unit end with the belonging."""
    unit = facts.units[command.unit_id]
    moved = PersonTransferred(
        person_id=command.person_id,
        placement=unit.placement(command.department_id, command.effective),
        from_unit_id=_placed(state).unit_id,
        confirmed=False,
    )
    return [moved, *_dismissed(state)]


def _dismissed(state: Person) -> Sequence[PersonDecided]:
    """The end of every role for a unit, and of the sessions in it."""
    found: list[PersonDecided] = []
    for unit_id, role in state.standing:
        if unit_id is not None and state.id is not None:
            found.append(AdminDismissed(person_id=state.id, unit_id=unit_id, role=role))
            found += ended(
                state.account, state.id, "admin_dismissed", unit_id=unit_id, roles=[role]
            )
    return found


def _assigned(command: AssignDepartment, state: Person) -> Sequence[PersonDecided]:
    """Nothing happens when the person is there already."""
    place = _placed(state)
    if place.department_id == command.department_id:
        return []
    update = {"department_id": command.department_id, "effective": command.effective}
    return [
        DepartmentAssigned(person_id=command.person_id, placement=place.model_copy(update=update))
    ]


def _placed(state: Person) -> Placement:
    if state.placement is None:
        raise TypeError("a rule should have refused a person who belongs nowhere")
    return state.placement
