"""What happens to an account, whoever holds it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never
from uuid import UUID

from libs.decider import keep
from libs.events.envelope import Role
from libs.events.identity import (
    AccountActivated,
    ActivationIssued,
    LoginFailed,
    PasswordReset,
    SessionEnded,
    SessionStarted,
    Way,
)
from services.identity.commands import (
    Activate,
    ChangePassword,
    EndSession,
    FailLogin,
    IssueCode,
    StartSession,
)
from services.identity.rules import account as rules
from services.identity.state import Account, IdentityFacts, Session

AccountEvent = (
    ActivationIssued
    | AccountActivated
    | PasswordReset
    | LoginFailed
    | SessionStarted
    | SessionEnded
)


def decide(
    command: Activate | ChangePassword | FailLogin | EndSession,
    state: Account,
    facts: IdentityFacts,
) -> Sequence[AccountEvent]:
    """What every account does alike."""
    match command:
        case Activate():
            keep(rules.ON_ACTIVATE, command, state, facts)
            reset = [PasswordReset(person_id=command.account_id, by="own_code")]
            return [
                *(reset if state.activated else []),
                AccountActivated(person_id=command.account_id, activation_id=command.activation_id),
                *ended(state, command.account_id, "password_changed"),
            ]
        case ChangePassword():
            keep(rules.ON_CHANGE_PASSWORD, command, state, facts)
            this = command.envelope.actor.session_id
            return [
                PasswordReset(person_id=command.account_id, by="own"),
                *ended(state, command.account_id, "password_changed", but=this),
            ]
        case FailLogin():
            keep(rules.ON_FAIL, command, state, facts)
            return _failed(command, state)
        case EndSession():
            keep(rules.ON_END_SESSION, command, state, facts)
            return [_end(command.account_id, command.session_id, command.reason)]
        case _:
            assert_never(command)


def _failed(command: FailLogin, state: Account) -> Sequence[AccountEvent]:
    lock = state.failures + 1 >= command.most
    return [
        LoginFailed(
            person_id=command.account_id,
            attempt_id=command.attempt_id,
            locked_until=command.envelope.at + command.locked_for if lock else None,
        )
    ]


def issued(
    command: IssueCode, state: Account, facts: IdentityFacts, by: str
) -> Sequence[AccountEvent]:
    """A new code; handed over, it ends the old password and what is open under it."""
    keep(rules.ON_ISSUE, command, state, facts)
    code = ActivationIssued(
        person_id=command.account_id,
        activation_id=command.activation_id,
        way=command.way,
        until=command.until,
    )
    if command.way is Way.MOBILE or not state.activated:
        return [code]
    return [
        PasswordReset(person_id=command.account_id, by=by),
        *ended(state, command.account_id, "password_reset"),
        code,
    ]


def started(
    command: StartSession, state: Account, unit_id: UUID | None, department_id: UUID | None
) -> Sequence[AccountEvent]:
    """A session; the oldest goes when there are too many."""
    live = sorted(state.sessions, key=lambda session: state.sessions[session].until)
    over = len(live) + 1 - command.most
    return [
        *(_end(command.account_id, session, "too_many") for session in live[: max(over, 0)]),
        SessionStarted(
            person_id=command.account_id,
            session_id=command.session_id,
            role=command.role,
            unit_id=unit_id,
            department_id=department_id,
            until=command.until,
        ),
    ]


def ended(
    state: Account,
    account_id: UUID,
    reason: str,
    *,
    but: UUID | None = None,
    unit_id: UUID | None = None,
    roles: Iterable[Role] | None = None,
) -> Sequence[SessionEnded]:
    """The end of the live sessions: all, or those of these roles for this unit."""
    wanted = None if roles is None else set(roles)
    return [
        _end(account_id, session_id, reason)
        for session_id, session in state.sessions.items()
        if session_id != but
        and (wanted is None or (session.role in wanted and session.unit_id == unit_id))
    ]


def _end(account_id: UUID, session_id: UUID, reason: str) -> SessionEnded:
    return SessionEnded(person_id=account_id, session_id=session_id, reason=reason)


def evolve(state: Account, event: AccountEvent) -> Account:
    """One event further."""
    match event:
        case ActivationIssued():
            mobile = event.until if event.way is Way.MOBILE else state.mobile_code_until
            return replace(state, coded=True, mobile_code_until=mobile)
        case AccountActivated():
            return replace(state, activated=True, failures=0, locked_until=None)
        case PasswordReset():
            return replace(state, activated=event.by in ("own", "own_code"))
        case LoginFailed():
            failures = 0 if event.locked_until else state.failures + 1
            return replace(state, failures=failures, locked_until=event.locked_until)
        case SessionStarted():
            session = Session(event.role, event.unit_id, event.department_id, event.until)
            sessions = {**state.sessions, event.session_id: session}
            return replace(state, sessions=sessions, failures=0, locked_until=None)
        case SessionEnded():
            rest = {key: s for key, s in state.sessions.items() if key != event.session_id}
            return replace(state, sessions=rest)
        case _:
            assert_never(event)
