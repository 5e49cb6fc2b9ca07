"""The people, units and words of the cases about hours, as an official would name them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

from libs.decider import Scenario
from libs.events import hours as events
from libs.events.envelope import Actor, Envelope, Role
from libs.events.hours import Activity, RegisteredBy
from libs.events.values import HalfDay, Hours
from libs.policy.drafts import draft
from services.hours import commands
from services.hours.decider import year
from services.hours.state.known import HoursFacts, Place, Unit
from tests.policy.golden import law_of

PACK = draft("gx-2024")
LAW = law_of(PACK)
VERSION = LAW.version
DECEMBER = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
YEAR = 2024


def id_of(name: str) -> UUID:
    """The same name is the same thing in every case."""
    return uuid5(UUID(int=0), name)


LEARNER = id_of("learner")
UNIT, PARENT, OTHER_UNIT = id_of("unit"), id_of("parent unit"), id_of("another unit")
BUREAU, AUTHORITY = id_of("city bureau"), id_of("health commission")
SURGERY, NURSING = id_of("surgery"), id_of("nursing")

AS_LEARNER = Actor(LEARNER, Role.LEARNER)
ADMIN = Actor(id_of("general admin"), Role.UNIT_ADMIN, UNIT)
OF_SURGERY = Actor(id_of("admin of surgery"), Role.DEPARTMENT_ADMIN, UNIT, SURGERY)
OF_NURSING = Actor(id_of("admin of nursing"), Role.DEPARTMENT_ADMIN, UNIT, NURSING)
ELSEWHERE = Actor(id_of("admin elsewhere"), Role.UNIT_ADMIN, OTHER_UNIT)
SUPERIOR = Actor(id_of("admin of the superior"), Role.UNIT_ADMIN, PARENT)
OF_AUTHORITY = Actor(id_of("official of the authority"), Role.INDUSTRY_AUTHORITY, AUTHORITY)
OF_BUREAU = Actor(id_of("official of the bureau"), Role.CITY_BUREAU, BUREAU)
HERSELF_AS_ADMIN = Actor(LEARNER, Role.UNIT_ADMIN, UNIT)

PLACE = Place(UNIT, SURGERY, PARENT, BUREAU, "CN-GX", confirmed=True)
FACTS = HoursFacts(
    laws={("CN-GX", YEAR): LAW},
    people={LEARNER: PLACE},
    units={
        UNIT: Unit("employer", PARENT, "柳州水文站"),
        OTHER_UNIT: Unit("employer", None),
        AUTHORITY: Unit("industry_authority", None, "自治区卫生健康委"),
    },
)

hours = Scenario(year.DECIDER, FACTS)


def placed(**changes: object) -> HoursFacts:
    """The learner belongs somewhere else."""
    return replace(FACTS, people={LEARNER: replace(PLACE, **changes)})  # type: ignore[arg-type]


def envelope(by: Actor, at: datetime = DECEMBER) -> Envelope:
    """A click."""
    return Envelope(at=at, actor=by, key="a-click-of-a-test", correlation=id_of("click"))


def about(claim: str) -> dict[str, object]:
    """Which claim."""
    return {"person_id": LEARNER, "year": YEAR, "claim_id": id_of(claim)}


def activity(
    name: str = "新知识研修班",
    began: str = "2024-11-04/am",
    ended: str = "2024-11-06/am",
    hours: str = "20",
    rule: str = "training",
    category: str = "professional",
    organiser: str = "广西大学",
    evidence: tuple[str, ...] = (),
) -> Activity:
    """Monday morning to Wednesday noon, unless said otherwise."""
    return Activity(
        category=category,
        rule=rule,
        name=name,
        organiser=organiser,
        form="线下",
        began=HalfDay.parse(began),
        ended=HalfDay.parse(ended),
        result="合格",
        hours=Hours.of(hours),
        evidence=evidence,
    )


def claimed(claim: str, said: Activity | None = None, by: str = "learner") -> events.HoursClaimed:
    """It was registered."""
    return events.HoursClaimed(
        **about(claim),
        activity=said or activity(name=claim),
        registered_by=RegisteredBy(by),
        unit_id=UNIT,
        pack=VERSION,
    )


def submitted(claim: str, to: UUID = UNIT) -> events.ClaimSubmitted:
    """It was submitted."""
    return events.ClaimSubmitted(**about(claim), to_unit_id=to)


def passed(claim: str, stage: int = 1, late: bool = False) -> events.AuditPassed:
    """It was passed by the unit."""
    return events.AuditPassed(**about(claim), stage=stage, by_unit_id=UNIT, late=late)


def failed(claim: str, late: bool = False) -> events.AuditFailed:
    """It was not passed by the unit."""
    said = {"by_unit_id": UNIT, "late": late, "opinion_digest": "0" * 64}
    return events.AuditFailed(**about(claim), stage=1, **said)


def recognised(claim: str, hours: str = "20", **changes: object) -> events.HoursRecognised:
    """Its hours stand in the ledger."""
    said = activity(name=claim)
    words = {
        "person_id": LEARNER,
        "year": YEAR,
        "entry_id": id_of(claim),
        "category": said.category,
        "rule": said.rule,
        "asked": said.hours,
        "recognised": Hours.of(hours),
        "source": "claim",
        "source_id": id_of(claim),
        "activity": said.name,
        "began": said.began,
        "ended": said.ended,
        "by_unit_id": UNIT,
        "pack": VERSION,
    }
    return events.HoursRecognised(**(words | changes))


def claim(
    name: str,
    said: Activity | None = None,
    by: Actor = AS_LEARNER,
    at: datetime = DECEMBER,
    promised: bool = True,
    content: str = "",
    prefilled: bool = False,
) -> commands.ClaimHours:
    """Register."""
    return commands.ClaimHours(
        envelope=envelope(by, at),
        **about(name),
        activity=said or activity(name=name),
        content=content,
        prefilled=prefilled,
        registered_by=RegisteredBy.LEARNER if by is AS_LEARNER else RegisteredBy.UNIT,
        promised=promised,
    )


def submit(
    name: str, to: UUID | None = None, by: Actor = AS_LEARNER, at: datetime = DECEMBER
) -> commands.SubmitClaim:
    """Submit."""
    return commands.SubmitClaim(envelope=envelope(by, at), **about(name), to_unit_id=to)


def withdraw(name: str, by: Actor = AS_LEARNER) -> commands.WithdrawClaim:
    """Withdraw."""
    return commands.WithdrawClaim(envelope=envelope(by), **about(name))


def delete(name: str, by: Actor = AS_LEARNER, at: datetime = DECEMBER) -> commands.DeleteClaim:
    """Delete."""
    return commands.DeleteClaim(envelope=envelope(by, at), **about(name))


def pass_(
    name: str,
    by: Actor = ADMIN,
    hours: str | None = None,
    distinct: bool = False,
    at: datetime = DECEMBER,
    opinion: str = "",
) -> commands.PassAudit:
    """Pass."""
    return commands.PassAudit(
        envelope=envelope(by, at),
        **about(name),
        hours=Hours.of(hours) if hours else None,
        distinct=distinct,
        opinion=opinion,
        opinion_digest="1" * 64 if opinion else None,
    )


def fail(
    name: str, opinion: str = "材料不清", by: Actor = ADMIN, at: datetime = DECEMBER
) -> commands.FailAudit:
    """Refuse."""
    return commands.FailAudit(
        envelope=envelope(by, at), **about(name), opinion=opinion, opinion_digest="0" * 64
    )
