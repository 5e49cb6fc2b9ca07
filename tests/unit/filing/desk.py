"""The base, the province and the words of the cases about filings."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from libs.decider import Scenario
from libs.events import filing as events
from libs.events.envelope import Actor, Envelope, Role
from libs.events.filing import FiledClass, Mode, RosterRow, RunType
from libs.events.values import HalfDay, Hours
from libs.policy.drafts import draft
from services.filing import commands
from services.filing.commands import Registration, Teacher
from services.filing.decider import DECIDER
from services.filing.state.known import FilingFacts, Unit
from services.filing.state.roster import Roster
from tests.policy.golden import law_of

PACK = draft("gx-2024")
LAW = law_of(PACK)
VERSION = LAW.version
DIGEST, KEYED = "0" * 64, "a" * 64

BEFORE = datetime(2024, 12, 2, 1, 0, tzinfo=UTC)
LAST_DAY = datetime(2024, 12, 11, 12, 0, tzinfo=UTC)
AFTER = datetime(2024, 12, 12, 1, 0, tzinfo=UTC)


def id_of(name: str) -> UUID:
    """The same name is the same thing in every case."""
    return uuid5(UUID(int=1), name)


UNIT, OTHER_UNIT, NO_BASE = id_of("university"), id_of("hospital"), id_of("school")
BUREAU, CLASS = id_of("province"), id_of("class")

BASE = Actor(UNIT, Role.UNIT_ACCOUNT, UNIT)
ADMIN = Actor(id_of("general admin"), Role.UNIT_ADMIN, UNIT)
OF_DEPARTMENT = Actor(id_of("department's admin"), Role.DEPARTMENT_ADMIN, UNIT, id_of("part"))
OTHER_BASE = Actor(OTHER_UNIT, Role.UNIT_ACCOUNT, OTHER_UNIT)
NOBODY_S_BASE = Actor(NO_BASE, Role.UNIT_ACCOUNT, NO_BASE)
LEARNER = Actor(id_of("learner"), Role.LEARNER)
PROVINCE = Actor(id_of("official"), Role.PROVINCE_BUREAU, BUREAU)
CITY = Actor(id_of("official of the city"), Role.CITY_BUREAU, id_of("city"))

FACTS = FilingFacts(
    laws={("CN-GX", 2024): LAW},
    units={
        UNIT: Unit("CN-GX", frozenset({"national", "regional"})),
        OTHER_UNIT: Unit("CN-GX", frozenset({"regional"})),
        NO_BASE: Unit("CN-GX"),
    },
)
BEHIND = replace(FACTS, heard=None)
filing = Scenario(DECIDER, FACTS)

FORM = Registration(
    class_name="数字技术应用能力提升高级研修班",
    run_type=RunType.OWN,
    audience="自然资源领域专业技术人员",
    content="数据治理的新方法",
    teachers=(Teacher(name="韦老师", unit="广西大学", post="教授"),),
    starts=HalfDay.parse("2024-12-09/am"),
    ends=HalfDay.parse("2024-12-11/pm"),
    days=3,
    modes=("offline",),
    hours=Hours.of(24),
    place="南宁市大学东路100号",
    contact="陆某",
    department="继续教育学院",
    office_phone="0771-3230000",
    mobile="13877100001",
    fax="无",
    email="jxjy@example.edu.cn",
    address="南宁市大学东路100号",
    postcode="530004",
    promises=(True,) * 7,
    responsible_person="黄某",
    responsible_on=date(2024, 12, 2),
)


def envelope(by: Actor, at: datetime = AFTER) -> Envelope:
    """A click."""
    return Envelope(at=at, actor=by, key="a-click-of-a-test", correlation=id_of("click"))


def about(by: Actor, at: datetime = AFTER) -> dict[str, Any]:
    """Who asks about the class."""
    return {"envelope": envelope(by, at), "filing_id": CLASS}


def submit(by: Actor = BASE, at: datetime = BEFORE, **changes: Any) -> commands.SubmitFiling:
    """File it, on 2 December unless said otherwise."""
    form = FORM.model_copy(update=changes)
    return commands.SubmitFiling(**about(by, at), form=form, form_digest=KEYED)


def submitted(after_start: bool = False, **changes: Any) -> events.FilingSubmitted:
    """It was filed on 2 December."""
    words: dict[str, Any] = {
        "name": FORM.class_name,
        "run_type": RunType.OWN,
        "audience": FORM.audience,
        "began": FORM.starts,
        "ended": FORM.ends,
        "days": 3,
        "mode": Mode.OFFLINE,
        "hours": Hours.of(24),
        "place": FORM.place,
        "declared_on": date(2024, 12, 2),
        "form_digest": KEYED,
    }
    return events.FilingSubmitted(
        filing_id=CLASS,
        unit_id=UNIT,
        year=2024,
        filed=FiledClass(**(words | changes)),
        pack=VERSION,
        after_start=after_start,
    )


def report(
    remark: str = "", held: bool = True, by: Actor = BASE, at: datetime = AFTER
) -> commands.ReportExecution:
    """Say how it was held."""
    return commands.ReportExecution(**about(by, at), held=held, remark=remark, remark_digest=DIGEST)


def reported(held: bool = True, as_filed: bool = True) -> events.ExecutionReported:
    """It was said."""
    return events.ExecutionReported(
        filing_id=CLASS, held=held, as_filed=as_filed, remark_digest=DIGEST
    )


def scan(file: str = DIGEST, by: Actor = BASE, at: datetime = AFTER) -> commands.UploadSealedForm:
    """Upload the stamped form."""
    return commands.UploadSealedForm(**about(by, at), file=file)


def scanned(file: str = DIGEST) -> events.SealedFormUploaded:
    """It was uploaded."""
    return events.SealedFormUploaded(filing_id=CLASS, file=file)


def rows(count: int = 3, first: int = 2) -> tuple[RosterRow, ...]:
    """So many registered people, from this row on; the last is not registered."""
    known = [RosterRow(row=n, person_id=id_of(f"{n}")) for n in range(first, first + count - 1)]
    return (*known, RosterRow(row=first + count - 1, number_digest=KEYED))


def import_(
    name: str = "roster",
    *chunks: tuple[RosterRow, ...],
    by: Actor = BASE,
    at: datetime = AFTER,
) -> commands.ImportRoster:
    """Confirm a roster; three people unless said otherwise."""
    return commands.ImportRoster(**about(by, at), roster_id=id_of(name), chunks=chunks or (rows(),))


def imported(
    name: str = "roster", said: tuple[RosterRow, ...] | None = None, chunk: int = 1, chunks: int = 1
) -> events.RosterImported:
    """A chunk of it was imported."""
    return events.RosterImported(
        filing_id=CLASS, roster_id=id_of(name), chunk=chunk, chunks=chunks, rows=said or rows()
    )


def roster(name: str = "roster", said: tuple[RosterRow, ...] | None = None) -> Roster:
    """The roster that these rows make."""
    return Roster(id_of(name)).with_rows(said or rows())


def request(by: Actor = BASE, at: datetime = AFTER) -> commands.RequestRecognition:
    """Ask for the hours."""
    return commands.RequestRecognition(**about(by, at))


def requested(name: str = "roster") -> events.RecognitionRequested:
    """They were asked for."""
    return events.RecognitionRequested(
        filing_id=CLASS, roster_id=id_of(name), roster_digest=roster(name).digest, count=3
    )


def grant(
    *left_out: int, hours: str | None = None, by: Actor = PROVINCE
) -> commands.GrantRecognition:
    """Grant them."""
    given = Hours.of(hours) if hours else None
    return commands.GrantRecognition(**about(by), hours=given, left_out=left_out)


def granted(**changes: Any) -> events.RecognitionGranted:
    """They were granted as filed."""
    words: dict[str, Any] = {
        "filing_id": CLASS,
        "roster_id": id_of("roster"),
        "roster_digest": roster().digest,
        "count": 3,
        "year": 2024,
        "rule": "class",
        "category": "professional",
        "hours": Hours.of(24),
        "activity": FORM.class_name,
        "began": FORM.starts,
        "ended": FORM.ends,
        "by_unit_id": BUREAU,
        "pack": VERSION,
    }
    return events.RecognitionGranted(**(words | changes))


def refuse(opinion: str = "扫描件不清晰", by: Actor = PROVINCE) -> commands.RefuseRecognition:
    """Refuse them."""
    return commands.RefuseRecognition(**about(by), opinion=opinion, opinion_digest=DIGEST)


def refused() -> events.RecognitionRefused:
    """They were refused."""
    return events.RecognitionRefused(filing_id=CLASS, opinion_digest=DIGEST)


def withdraw(reason: str = "只发证不培训", by: Actor = PROVINCE) -> commands.WithdrawRecognition:
    """Withdraw them."""
    return commands.WithdrawRecognition(**about(by), reason=reason, reason_digest=DIGEST)


FILED = filing.given(submitted())
SEALED = FILED.given(reported(), scanned())
READY = SEALED.given(imported())
WAITING = READY.given(requested())
GRANTED = WAITING.given(granted())
