"""A person's year as pages read it: entries, what counts of them and why, what is missing."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import BaseModel, Field

from libs.events.hours import GrantStarted
from libs.events.values import NONE, Hours
from libs.policy import Count, Law, Line, Pack, Standing, Status, judged
from libs.policy.recognition import Cap
from libs.runtime.reading import Found


class CapShown(BaseModel):
    """年度上限: why less counts than was recognised, who says so, and how sure that is."""

    name: str = Field(description="限额名称")
    at_most: str
    document: str = Field(description="文件")
    article: str
    status: Status = Field(description="是否已核实")
    note: str

    @classmethod
    def of(cls, cap: Cap) -> "CapShown":
        """From the pack's cap."""
        return cls(
            name=cap.name,
            at_most=str(cap.at_most),
            document=cap.source.document,
            article=cap.source.article,
            status=cap.status,
            note=cap.note,
        )


class EntryItem(BaseModel):
    """An entry of the ledger: recognised, and what of it counts after caps."""

    entry_id: UUID
    category: str
    rule: str = Field(description="类别, a word of the year's pack")
    recognised: str = Field(description="认定学时")
    counted: str = Field(description="计入学时, after the year's caps")
    caps: list[CapShown] = Field(description="Where less counts than was recognised: by which caps")
    source: str = Field(description="来源: claim, class, course or import")
    source_id: UUID
    activity: str
    began: str
    ended: str


class PassedOver(BaseModel):
    """A class's hours that were not credited, and the entry that is the same activity."""

    filing_id: UUID
    activity: str
    hours: str
    rule: str = Field(description="类别, a word of the year's pack")
    same_as: UUID | None


class YearTotal(BaseModel):
    """A person's year in sums (培训总体查询)."""

    year: int
    pack: str | None = Field(description="The year's own policy, by which it is judged")
    counted_by: str | None = Field(
        description="The policy by which hours count: the year's own, or the later notice that "
        "opened the make-up (补学补考)"
    )
    total: str = Field(description="总学时, counted")
    by_category: dict[str, str] = Field(description="Counted; a subject holds its parts")


class YearAnswer(YearTotal):
    """A person's year (培训总体查询)."""

    satisfied: list[str] = Field(description="Certificates whose conditions hold")
    missing: list[str] = Field(description="What is still missing, in words")
    entries: list[EntryItem]
    passed_over: list[PassedOver] = Field(description="培训学时未计入")


class Counted:
    """A year's entries beside the law that counts them."""

    def __init__(self, year: int, rows: Iterable[Found], law: Law | None) -> None:
        self.year = year
        self.rows = list(rows)
        self.pack: Pack | None = law.pack if law else None
        self.lines = [
            Line(row["entry_id"], row["category"], row["rule"], Hours(row["recognised"]))
            for row in self.rows
        ]
        self._standing = judged(self.pack, self.lines)
        self.count: Count | None = self._standing.count if self._standing else None

    @property
    def own(self) -> Pack | None:
        """The year's own policy; a later year's notice judges nobody by its own demands."""
        return self.pack if self.pack and self.pack.year == self.year else None

    @property
    def satisfied(self) -> list[str]:
        """The certificates whose conditions hold, by the year's own policy."""
        return sorted(self._standing.satisfied) if self._standing and self.own else []

    def total(self) -> YearTotal:
        """The sums."""
        return YearTotal(
            year=self.year,
            pack=self.own.id if self.own else None,
            counted_by=self.pack.id if self.pack else None,
            total=str(Hours(self.count.total) if self.count else NONE),
            by_category={c: str(h) for c, h in self.count.sums.items()} if self.count else {},
        )

    def whole(self, passed_over: list[PassedOver]) -> YearAnswer:
        """The year."""
        stands = self._standing if self.own else None
        return YearAnswer(
            **self.total().model_dump(),
            satisfied=self.satisfied,
            missing=self._missing(stands),
            entries=[self._item(row) for row in self.rows],
            passed_over=passed_over,
        )

    def _missing(self, stands: Standing | None) -> list[str]:
        if stands is None or self.own is None:
            return []
        kinds = [certificate.kind for certificate in self.own.certificates]
        return list(dict.fromkeys(o.sentence for kind in kinds for o in stands.missing(kind)))

    def _item(self, row: Found) -> EntryItem:
        recognised = Hours(row["recognised"])
        counted = self.count.of(row["entry_id"]) if self.count else NONE
        less = self.pack is not None and self.count is not None and counted < recognised
        caps = self.pack.caps_over(row["rule"]) if self.pack and less else ()
        return EntryItem(
            **{name: row[name] for name in row if name in EntryItem.model_fields}
            | {
                "recognised": str(recognised),
                "counted": str(counted),
                "caps": [CapShown.of(cap) for cap in caps],
            }
        )


def passed_over(rows: Iterable[Found], year: int) -> list[PassedOver]:
    """The classes of a year that passed a person over."""
    said = [(row, GrantStarted.model_validate_json(row["said"])) for row in rows]
    return [
        PassedOver(
            filing_id=grant.filing_id,
            activity=grant.activity,
            hours=str(grant.hours),
            rule=row["rule"],
            same_as=row["same_as"],
        )
        for row, grant in said
        if grant.year == year
    ]
