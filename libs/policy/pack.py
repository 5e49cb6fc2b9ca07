"""政策包: the notices of one jurisdiction and year as data. Whoever judges, judges by one."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field, PositiveInt

from libs.decider import Kind, Rule, Source
from libs.events.values import CategoryCode, Digest, PackId
from libs.policy.certificates import AtLeast, Certificate
from libs.policy.clauses import Clause, Says
from libs.policy.documents import Contact, Document
from libs.policy.figures import Strict, Text, Word
from libs.policy.filing import FilingRules
from libs.policy.hours import HoursRules
from libs.policy.public import Exam, MakeUp, PublicSubjects
from libs.policy.recognition import Cap, Category, Recognition, Way, around
from libs.policy.refused import Silent
from libs.policy.windows import Window

S = TypeVar("S")


class Layer(Strict):
    """The pack beneath this one, exactly as it was when this one was made."""

    id: PackId
    version: PositiveInt
    digest: Digest


class Pack(Strict):
    """A pack, whole: what it takes from the pack that it extends is in it.

    A section that it has not (`filing_` and the like are None) is one of which its documents
    say nothing; asking for it raises Silent.
    """

    id: PackId
    version: PositiveInt
    title: Text
    jurisdiction: Text
    level: Literal["nation", "province", "city", "industry", "unit"]
    year: PositiveInt
    extends: Layer | None = None
    documents: dict[str, Document]
    contacts: dict[Word, Contact] = Field(default={})
    clauses: dict[Says, Clause] = Field(default={})
    categories: tuple[Category, ...] = ()
    recognition: tuple[Recognition, ...] = ()
    caps: tuple[Cap, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    make_ups: tuple[MakeUp, ...] = ()
    hours_: HoursRules | None = Field(default=None, alias="hours")
    public_: PublicSubjects | None = Field(default=None, alias="public")
    exam_: Exam | None = Field(default=None, alias="exam")
    filing_: FilingRules | None = Field(default=None, alias="filing")

    @cached_property
    def _canonical(self) -> str:
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def canonical_json(self) -> str:
        """The one text of this pack: equal packs have equal bytes."""
        return self._canonical

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text."""
        return digest_of(self._canonical)

    def __eq__(self, other: object) -> bool:
        """Equal packs have equal bytes; field by field takes a tenth of a millisecond."""
        return self is other or (isinstance(other, Pack) and self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def hours(self) -> HoursRules:
        """学时登记、审验."""
        return self._said(self.hours_, "hours")

    @property
    def public(self) -> PublicSubjects:
        """公需科目."""
        return self._said(self.public_, "public")

    @property
    def exam(self) -> Exam:
        """公需科目考试."""
        return self._said(self.exam_, "exam")

    @property
    def filing(self) -> FilingRules:
        """培训班备案."""
        return self._said(self.filing_, "filing")

    def says(self, *sections: Literal["hours", "public", "exam", "filing"]) -> bool:
        """Whether its documents speak of these at all."""
        return all(getattr(self, f"{section}_") is not None for section in sections)

    @property
    def windows(self) -> Mapping[str, Window]:
        """时限 that the bureau may extend, by the name that an extension gives them."""
        named = {f"make_ups.{make_up.of_year}": make_up.window for make_up in self.make_ups}
        if self.hours_ is not None:
            named |= {"hours.claim": self.hours_.claim, "hours.audit": self.hours_.audit}
        if self.public_ is not None:
            named["public.study"] = self.public_.study
        return named

    def window(self, name: str) -> Window:
        """The window of this name; Silent."""
        return self._said(self.windows.get(name), name)

    def rule(self, word: str) -> Recognition:
        """The rule of recognition of this name; Silent."""
        return self._said(next((r for r in self.recognition if r.rule == word), None), word)

    def entering(self, way: Way) -> tuple[Recognition, ...]:
        """The rules by which entries come into the ledger this way, in the form's order."""
        return tuple(rule for rule in self.recognition if rule.enters == way)

    def caps_over(self, rule: str) -> tuple[Cap, ...]:
        """The caps that a rule's hours fill, the innermost first: why less counts than stands."""
        caps = {cap.group: cap for cap in self.caps}
        return tuple(caps[group] for group in around(self.rule(rule).group, self.caps))

    def category(self, code: CategoryCode) -> Category:
        """The subject with this code; Silent."""
        return self._said(next((c for c in self.categories if c.code == code), None), code)

    def certificate(self, kind: str) -> Certificate:
        """The kind of certificate of this name; Silent."""
        return self._said(next((c for c in self.certificates if c.kind == kind), None), kind)

    @property
    def whole_year(self) -> AtLeast | None:
        """总学时: what a year is asked for in all; None where no certificate asks for a sum."""
        sums = [
            demand
            for certificate in self.certificates
            for demand in certificate.requirements
            if isinstance(demand, AtLeast)
        ]
        return max(sums, key=lambda demand: demand.hours, default=None)

    def make_up(self, of_year: int) -> MakeUp | None:
        """The make-up of an earlier year that this year's notice opens, if it does."""
        return next((one for one in self.make_ups if one.of_year == of_year), None)

    def refusal(
        self, says: Says, *, remedy: str, kind: Kind = Kind.CONFLICT, field: str | None = None
    ) -> Rule:
        """A refusal in the words of the document: code, sentence, document and article. Without
        the sentence it is refused all the same, in the pack's name."""
        clause = self.clauses.get(says)
        text = clause.text if clause else f"{self.title}不允许办理此事项"
        source = clause.source if clause else Source(self.title, "")
        return Rule(says.value, text, source, remedy, kind, field)

    def citing(self, rule: Rule, says: Says) -> Rule:
        """The platform's own refusal with the sentence of the document behind it, if it has one."""
        clause = self.clauses.get(says)
        return rule.citing(clause.source).because(clause.text) if clause else rule

    def _said(self, part: S | None, about: str) -> S:
        if part is None:
            raise Silent(self.id, about, self.title)
        return part


def digest_of(content: str) -> str:
    """SHA-256 of a pack's text, as PackPublished carries it."""
    return hashlib.sha256(content.encode()).hexdigest()
