"""The people, units and words of the cases about identity, as an official would name them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from libs.decider import Scenario
from libs.events import identity as events
from libs.events.envelope import Actor, Envelope, Role
from libs.events.identity import Affiliation, Placement, UnitKind, Way
from services.identity import commands
from services.identity.commands import Holder, Personal
from services.identity.decider import OFFICE, PERSON, UNIT
from services.identity.state import IdentityFacts, UnitFacts
from tests.unit.identity.cast import (
    ACCOUNT,
    CHEMISTRY,
    CITY,
    GENERAL,
    HOSPITAL,
    OF_PROVINCE,
    PHYSICS,
    PROVINCE,
    QIN,
    STRANGER,
    SURGERY,
    UNIVERSITY,
    id_of,
)

NOW = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
TODAY = date(2024, 12, 20)
HOUR = timedelta(hours=1)
LOCK = timedelta(minutes=15)


def unit_facts(unit: UUID, bureau: UUID, kind: UnitKind = UnitKind.EMPLOYER) -> UnitFacts:
    """Another unit, as facts know it."""
    return UnitFacts(unit, kind, bureau, None, "南宁市", "青秀区", None, "CN-GX")


HASH = "of the right password"
FACTS = IdentityFacts(
    units={
        UNIVERSITY: unit_facts(UNIVERSITY, CITY),
        HOSPITAL: unit_facts(HOSPITAL, CITY),
        CITY: unit_facts(CITY, PROVINCE, UnitKind.CITY_BUREAU),
        PROVINCE: unit_facts(PROVINCE, PROVINCE, UnitKind.PROVINCE_BUREAU),
    },
    departments={PHYSICS: UNIVERSITY, CHEMISTRY: UNIVERSITY, SURGERY: HOSPITAL},
    hashes={QIN: HASH, UNIVERSITY: HASH},
)


def after(facts: IdentityFacts, events: Sequence[Any]) -> IdentityFacts:
    """What was set or changed before is the password now."""
    return replace(facts.after(events), hashes=facts.hashes)


person: Scenario[Any, Any, Any, Any] = Scenario(PERSON, FACTS, after)
unit: Scenario[Any, Any, Any, Any] = Scenario(UNIT, FACTS, after)
office: Scenario[Any, Any, Any, Any] = Scenario(OFFICE, FACTS, after)


def envelope(by: Actor, at: datetime = NOW) -> Envelope:
    """A click."""
    return Envelope(at=at, actor=by, key="a-click-of-a-test", correlation=id_of("click"))


def place(
    unit_id: UUID = UNIVERSITY, department: UUID | None = None, since: date = TODAY
) -> Placement:
    """Belonging to a unit."""
    return FACTS.units[unit_id].placement(department, since)


def personal(of: str = "Qin Xiaoming", name: str = "覃小明") -> Personal:
    """What the vault would keep; the same `of` is the same number."""
    return Personal(
        digest=f"{id_of(of).hex}{id_of(of).hex}",
        name_digest=f"{id_of(name).hex}{id_of(name).hex}",
        sealed=b"sealed",
        name=name,
        pinyin="qinxiaoming",
        initials="qxm",
        masked="450102********123X",
    )


def registered(
    confirmed: bool = True, unit_id: UUID = UNIVERSITY, department: UUID | None = None
) -> events.PersonRegistered:
    """A person of the unit."""
    return events.PersonRegistered(
        person_id=QIN, placement=place(unit_id, department), confirmed=confirmed
    )


def activated(account: UUID = QIN) -> events.AccountActivated:
    """The account has a password."""
    return events.AccountActivated(person_id=account, activation_id=id_of("first code"))


def appointed(
    role: Role = Role.UNIT_ADMIN, department: UUID | None = None, allowed: bool = True
) -> list[Any]:
    """Qin is an admin of the university."""
    found: list[Any] = [
        events.AdminAppointed(
            person_id=QIN, unit_id=UNIVERSITY, role=role, department_id=department
        )
    ]
    tick = events.LoginAllowed(person_id=QIN, unit_id=UNIVERSITY)
    return [*found, tick] if allowed else found


def issued(way: Way = Way.HANDED, account: UUID = QIN, name: str = "code") -> Any:
    """A code waits."""
    return events.ActivationIssued(
        person_id=account, activation_id=id_of(name), way=way, until=NOW + HOUR
    )


def session(
    name: str = "session",
    role: Role = Role.LEARNER,
    unit_id: UUID | None = UNIVERSITY,
    department: UUID | None = None,
    account: UUID = QIN,
) -> events.SessionStarted:
    """A live session."""
    return events.SessionStarted(
        person_id=account,
        session_id=id_of(name),
        role=role,
        unit_id=unit_id,
        department_id=department,
        until=NOW + HOUR,
    )


def ended(reason: str, name: str = "session", account: UUID = QIN) -> events.SessionEnded:
    """Its end."""
    return events.SessionEnded(person_id=account, session_id=id_of(name), reason=reason)


def log_in(
    role: Role = Role.LEARNER, at: datetime = NOW, holder: Holder = Holder.PERSON, **more: Any
) -> commands.StartSession:
    """With the right password."""
    return commands.StartSession(
        envelope=envelope(STRANGER, at),
        holder=holder,
        account_id=QIN if holder is Holder.PERSON else UNIVERSITY,
        session_id=id_of("session"),
        role=role,
        secret_digest="0" * 64,
        password_hash=HASH,
        until=NOW + HOUR,
        most=2,
        **more,
    )


def fail(at: datetime = NOW) -> commands.FailLogin:
    """With a wrong one."""
    return commands.FailLogin(
        envelope=envelope(STRANGER, at),
        holder=Holder.PERSON,
        account_id=QIN,
        attempt_id=id_of("attempt"),
        most=3,
        locked_for=LOCK,
    )


def code_for(
    by: Actor,
    way: Way = Way.HANDED,
    holder: Holder = Holder.PERSON,
    account: UUID = QIN,
    at: datetime = NOW,
    **more: Any,
) -> commands.IssueCode:
    """A one-time code is asked for."""
    return commands.IssueCode(
        envelope=envelope(by, at),
        holder=holder,
        account_id=account,
        activation_id=id_of("code"),
        way=way,
        until=at + HOUR,
        pause=timedelta(minutes=1),
        **more,
    )


def activate(way: Way = Way.HANDED, code: str = "code", at: datetime = NOW) -> Any:
    """The code is used."""
    return commands.Activate(
        envelope=envelope(STRANGER, at),
        holder=Holder.PERSON,
        account_id=QIN,
        activation_id=id_of(code),
        way=way,
        password_hash="hash",  # noqa: S106
    )


def register(**more: Any) -> commands.RegisterOneself:
    """Qin registers alone."""
    return commands.RegisterOneself(
        **{
            "envelope": envelope(STRANGER),
            "person_id": QIN,
            "unit_id": UNIVERSITY,
            "effective": TODAY,
            "personal": personal(),
            "password_hash": "hash",
        }
        | more
    )


def enrol(by: Actor = GENERAL, **more: Any) -> commands.EnrolPerson:
    """The unit enters Qin."""
    return commands.EnrolPerson(
        **{
            "envelope": envelope(by),
            "person_id": QIN,
            "unit_id": UNIVERSITY,
            "effective": TODAY,
            "personal": personal(),
            "activation_id": id_of("code"),
            "until": NOW + HOUR,
        }
        | more
    )


def appoint(
    by: Actor = ACCOUNT,
    role: Role = Role.UNIT_ADMIN,
    department: UUID | None = None,
    unit_id: UUID = UNIVERSITY,
    allowed: bool = True,
) -> commands.AppointAdmin:
    """Qin is to be an admin."""
    return commands.AppointAdmin(
        envelope=envelope(by),
        person_id=QIN,
        unit_id=unit_id,
        role=role,
        department_id=department,
        login_allowed=allowed,
    )


def new_unit(by: Actor = OF_PROVINCE, **more: Any) -> commands.RegisterUnit:
    """The university is to be registered."""
    return commands.RegisterUnit(
        **{
            "envelope": envelope(by),
            "unit_id": id_of("new unit"),
            "code": "12450000498500301T",
            "name": "广西样例大学",
            "kind": UnitKind.EMPLOYER,
            "affiliation": Affiliation.REGION,
            "bureau_id": CITY,
            "city": "南宁市",
            "county": "青秀区",
            "jurisdiction": "CN-GX",
        }
        | more
    )


def unit_registered(
    kind: UnitKind = UnitKind.EMPLOYER, unit_id: UUID = UNIVERSITY, bureau: UUID = CITY
) -> events.UnitRegistered:
    """The university is registered."""
    return events.UnitRegistered(
        unit_id=unit_id,
        code="12450000498500301T",
        name="广西样例大学",
        kind=kind,
        affiliation=Affiliation.REGION,
        bureau_id=bureau,
        city="南宁市",
        county="青秀区",
        jurisdiction="CN-GX",
    )
