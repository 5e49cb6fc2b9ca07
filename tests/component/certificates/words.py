"""What hours, identity and policy say in these tests."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from libs.events.hours import HoursRecognised, HoursRevoked, PackVersion, RevokedFor, SourceKind
from libs.events.identity import (
    Affiliation,
    PersonErased,
    PersonRegistered,
    PersonTransferred,
    Placement,
    UnitKind,
    UnitRegistered,
)
from libs.events.policy import PackPublished
from libs.events.values import Half, HalfDay, Hours
from libs.policy import Pack
from tests.policy.golden import law_of, pack_of

GX = pack_of("gx-2024")
YEAR = 2024
UNIT, OTHER_UNIT, BUREAU = UUID(int=20), UUID(int=21), UUID(int=22)
DAY = HalfDay(date(2024, 11, 4), Half.MORNING)


def placement(unit: UUID = UNIT, jurisdiction: str = GX.jurisdiction) -> Placement:
    """Somewhere in the province."""
    return Placement(
        unit_id=unit,
        bureau_id=BUREAU,
        city="南宁市",
        county="青秀区",
        jurisdiction=jurisdiction,
        effective=date(2024, 1, 1),
    )


def unit(id_: UUID = UNIT, name: str = "广西示例大学") -> UnitRegistered:
    """单位注册."""
    return UnitRegistered(
        unit_id=id_,
        code="12450000498500000X",
        name=name,
        kind=UnitKind.EMPLOYER,
        affiliation=Affiliation.REGION,
        bureau_id=BUREAU,
        city="南宁市",
        county="青秀区",
        jurisdiction=GX.jurisdiction,
    )


def registered(person: UUID, where: Placement | None = None) -> PersonRegistered:
    """个人注册."""
    return PersonRegistered(person_id=person, placement=where or placement(), confirmed=True)


def transferred(person: UUID) -> PersonTransferred:
    """单位变动."""
    return PersonTransferred(
        person_id=person, placement=placement(OTHER_UNIT), from_unit_id=UNIT, confirmed=True
    )


def published(pack: Pack = GX) -> PackPublished:
    """政策发布."""
    return PackPublished(
        pack_key=uuid5(NAMESPACE_URL, pack.id),
        pack=pack.id,
        pack_version=pack.version,
        jurisdiction=pack.jurisdiction,
        year=pack.year,
        content=pack.canonical_json(),
        digest=pack.digest,
        author_id=UUID(int=30),
        approver_id=UUID(int=31),
    )


def recognised(
    person: UUID, hours: str, rule: str = "training", entry: UUID | None = None, pack: Pack = GX
) -> HoursRecognised:
    """学时认定."""
    quantity = Hours.of(hours)
    return HoursRecognised(
        person_id=person,
        year=YEAR,
        entry_id=entry or uuid4(),
        category=pack.rule(rule).category,
        rule=rule,
        asked=quantity,
        recognised=quantity,
        source=SourceKind.CLAIM,
        source_id=uuid4(),
        activity="专业技术培训班",
        began=DAY,
        ended=DAY,
        by_unit_id=UNIT,
        pack=version(pack),
    )


def version(pack: Pack = GX) -> PackVersion:
    """By which law."""
    return law_of(pack).version


def revoked(entry: HoursRecognised, cause: RevokedFor = RevokedFor.DELETED) -> HoursRevoked:
    """学时撤销."""
    return HoursRevoked(
        person_id=entry.person_id,
        year=entry.year,
        entry_id=entry.entry_id,
        cause=cause,
        by_unit_id=UNIT,
    )


def enough(person: UUID) -> list[HoursRecognised]:
    """90 hours: 15 required, 10 elective, 65 professional."""
    return [
        recognised(person, "15", "course.required"),
        recognised(person, "10", "course.elective"),
        recognised(person, "61"),
        recognised(person, "4"),
    ]


def erased(person: UUID) -> PersonErased:
    """个人信息删除."""
    return PersonErased(person_id=person)
