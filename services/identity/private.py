"""What stands beside the log: the vault, secrets' digests, codes that wait, letters.

Written in the same transaction, backed up on their own. Everything about a person goes when the
person is erased.
"""

from collections.abc import Iterable, Sequence

from libs.events.command import Command
from libs.events.event import Event
from libs.events.identity import (
    AccountActivated,
    ActivationIssued,
    DepartmentAssigned,
    MembershipConfirmed,
    MembershipDeclined,
    PasswordReset,
    PersonErased,
    PersonRegistered,
    PersonTransferred,
    SessionEnded,
    SessionStarted,
    Way,
)
from libs.runtime.following.people import ENDED_SESSIONS
from libs.runtime.tables import Gone, Row, Table
from services.identity.commands import (
    Activate,
    ChangeDetails,
    ChangePassword,
    CorrectIdentity,
    DesignateBase,
    EnrolPerson,
    IssueCode,
    RegisterOneself,
    StartSession,
    TakeOffice,
)
from services.identity.state import Membership

VAULT = Table(
    "vault",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "digest": "text NOT NULL",
        "name_digest": "text NOT NULL",
        "sealed": "bytea NOT NULL",
    },
    unique=("(digest)",),
)
SHOWN = Table(
    "shown",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "name": "text NOT NULL",
        "pinyin": "text NOT NULL",
        "initials": "text NOT NULL",
        "masked": "text NOT NULL",
    },
)
LISTED = Table(  # by what people are found, beside where they belong: a page reads what it shows
    "listed",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "name": "text",
        "pinyin": "text",
        "initials": "text",
        "unit_id": "uuid",
        "department_id": "uuid",
        "bureau_id": "uuid",
        "membership": "text",
    },
    indexes=(
        "(pinyin, person_id)",
        "(bureau_id, pinyin, person_id)",
        "(unit_id, pinyin, person_id)",
        "(department_id, unit_id, pinyin, person_id)",
        "(membership, pinyin, person_id) WHERE membership <> 'member'",
        "(bureau_id, membership, pinyin, person_id) WHERE membership <> 'member'",
        "(unit_id, membership, pinyin, person_id) WHERE membership <> 'member'",
        "(name)",
        "(initials)",
    ),
)
CREDENTIALS = Table(
    "credentials",
    key=("account_id",),
    columns={"account_id": "uuid", "hash": "text NOT NULL"},
)
ACTIVATIONS = Table(
    "activations",
    key=("account_id", "way"),
    columns={
        "account_id": "uuid",
        "way": "text",
        "activation_id": "uuid NOT NULL",
        "until": "timestamptz NOT NULL",
    },
)
SESSIONS = Table(
    "sessions",
    key=("session_id",),
    columns={
        "session_id": "uuid",
        "holder": "text NOT NULL",
        "account_id": "uuid NOT NULL",
        "role": "text NOT NULL",
        "unit_id": "uuid",
        "department_id": "uuid",
        "secret_digest": "text NOT NULL",
        "started": "timestamptz NOT NULL",
        "until": "timestamptz NOT NULL",
    },
    indexes=("(account_id)", "(secret_digest)", "(until)"),
)
LETTERS = Table(
    "letters",
    key=("activation_id",),
    columns={"activation_id": "uuid", "unit_id": "uuid NOT NULL", "letter": "text NOT NULL"},
)
BASE_PHONES = Table(
    "base_phones",
    key=("unit_id",),
    columns={"unit_id": "uuid", "phone": "text NOT NULL"},
)
TABLES = (VAULT, SHOWN, LISTED, CREDENTIALS, ACTIVATIONS, SESSIONS, LETTERS, BASE_PHONES)


def rows(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    """The rows of one command that was accepted."""
    for event in events:
        yield from _of_event(command, event)
    if events:
        yield from _of_command(command, events)


def _of_event(command: Command, event: Event) -> Iterable[Row | Gone]:
    match event:
        case ActivationIssued():
            yield ACTIVATIONS.row(
                account_id=event.person_id,
                way=event.way.value,
                activation_id=event.activation_id,
                until=event.until,
            )
        case AccountActivated():
            for way in Way:
                yield ACTIVATIONS.gone(event.person_id, way.value)
        case PasswordReset() if event.by not in ("own", "own_code"):
            yield CREDENTIALS.gone(event.person_id)
        case SessionStarted() if isinstance(command, StartSession):
            yield _session(command, event)
        case SessionEnded():
            yield SESSIONS.gone(event.session_id)
            yield ENDED_SESSIONS.row(session_id=event.session_id, at=command.envelope.at)
        case PersonRegistered() | PersonTransferred():
            yield _placed(event, Membership.MEMBER if event.confirmed else Membership.PENDING)
        case MembershipConfirmed() | DepartmentAssigned():
            yield _placed(event, Membership.MEMBER)
        case MembershipDeclined():
            yield LISTED.change(person_id=event.person_id, membership=Membership.DECLINED.value)
        case PersonErased(person_id=person_id):
            for table in (VAULT, SHOWN, LISTED, CREDENTIALS):
                yield table.gone(person_id)
            for way in Way:
                yield ACTIVATIONS.gone(person_id, way.value)


def _placed(
    event: PersonRegistered | PersonTransferred | MembershipConfirmed | DepartmentAssigned,
    membership: Membership,
) -> Row:
    return LISTED.change(
        person_id=event.person_id,
        membership=membership.value,
        **event.placement.model_dump(include=set(LISTED.columns)),
    )


def _session(command: StartSession, event: SessionStarted) -> Row:
    return SESSIONS.row(
        session_id=event.session_id,
        holder=command.holder.value,
        account_id=event.person_id,
        role=event.role.value,
        unit_id=event.unit_id,
        department_id=event.department_id,
        secret_digest=command.secret_digest,
        started=command.envelope.at,
        until=event.until,
    )


def _of_command(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    match command:
        case EnrolPerson() | ChangeDetails() | CorrectIdentity():
            yield from _personal(command)
        case RegisterOneself():
            yield from _personal(command)
            yield CREDENTIALS.row(account_id=command.person_id, hash=command.password_hash)
        case TakeOffice():
            yield ACTIVATIONS.gone(command.office_id, Way.HANDED.value)
            if any(isinstance(event, AccountActivated) for event in events):
                yield from _personal(command)
                yield CREDENTIALS.row(account_id=command.person_id, hash=command.password_hash)
        case Activate() | ChangePassword():
            yield CREDENTIALS.row(account_id=command.account_id, hash=command.password_hash)
        case IssueCode(letter=str(letter)):
            yield LETTERS.row(
                activation_id=command.activation_id, unit_id=command.account_id, letter=letter
            )
        case DesignateBase(phone=str(phone)):
            yield BASE_PHONES.row(unit_id=command.unit_id, phone=phone)


def _personal(
    command: RegisterOneself | EnrolPerson | ChangeDetails | CorrectIdentity | TakeOffice,
) -> Iterable[Row]:
    personal = command.personal
    yield VAULT.row(
        person_id=command.person_id,
        digest=personal.digest,
        name_digest=personal.name_digest,
        sealed=personal.sealed,
    )
    found_by = {
        "person_id": command.person_id,
        "name": personal.name,
        "pinyin": personal.pinyin,
        "initials": personal.initials,
    }
    yield SHOWN.row(masked=personal.masked, **found_by)
    yield LISTED.change(**found_by)
