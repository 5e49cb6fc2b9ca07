"""The kinds of documents that people register with, and what each number must look like."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from libs.events.documents import citizen


class DocumentKind(StrEnum):
    """证件类型."""

    RESIDENT_ID = "resident_id"  # 居民身份证
    HMT_RESIDENCE = "hmt_residence"  # 港澳台居民居住证
    HM_PERMIT = "hm_permit"  # 港澳居民来往内地通行证
    TW_PERMIT = "tw_permit"  # 台湾居民来往大陆通行证
    PASSPORT = "passport"  # 护照
    FOREIGN_RESIDENCE = "foreign_residence"  # 外国人永久居留身份证

    @property
    def shown(self) -> str:
        """The official name."""
        return _SHOWN[self]


_SHOWN = {
    DocumentKind.RESIDENT_ID: "居民身份证",
    DocumentKind.HMT_RESIDENCE: "港澳台居民居住证",
    DocumentKind.HM_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TW_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.PASSPORT: "护照",
    DocumentKind.FOREIGN_RESIDENCE: "外国人永久居留身份证",
}
BY_TERM = {term: kind for kind, term in _SHOWN.items()}
"""The kinds by their official names, as they are chosen in a sheet."""


class Problem(StrEnum):
    """What can be wrong with a number."""

    SHAPE = "shape"
    REGION = "region"
    BIRTH = "birth"
    CHECK = "check"

    @property
    def shown(self) -> str:
        """As the person is told."""
        return {
            Problem.SHAPE: "证件号码的位数或字符不符合该类证件的规定",
            Problem.REGION: "证件号码的开头与所选证件类型不符",
            Problem.BIRTH: "证件号码中的出生日期不存在",
            Problem.CHECK: "证件号码的校验位不正确",
        }[self]


class WrongDocument(ValueError):
    """A number that can't be right. The number itself is not in the message."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose number has passed its kind's check, in canonical form."""

    kind: DocumentKind
    number: str

    def __repr__(self) -> str:
        return f"Document({self.kind.value})"

    @property
    def words(self) -> str:
        """What is digested: equal for the same person's document, however it was written.

        Numbers of 18 characters are unique across kinds; others only within their kind.
        """
        return self.number if len(self.number) == 18 else f"{self.kind.value}:{self.number}"

    @property
    def masked(self) -> str:
        """As others may see it, such as 450102********123X."""
        head, tail = (6, 4) if len(self.number) == 18 else (2, 2)
        return self.number[:head] + "*" * (len(self.number) - head - tail) + self.number[-tail:]


_SPACE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\ufeff]+")
_MAINLAND = re.compile(r"^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])")
_HM_PERMIT = re.compile(r"^([HM][0-9]{8})([0-9]{2})?$")  # 2 more: how often it was replaced
_TW_PERMIT = re.compile(r"^([0-9]{8})([0-9]{2}(\([A-Z]\)|[A-Z])?)?$")
_PASSPORT = re.compile(r"^(?=.*[0-9])[A-Z0-9]{5,17}$")
_OLD_CARD = re.compile(r"^[A-Z]{3}[0-9]{12}$")


def normal(text: str) -> str:
    """Full-width digits and letters, spaces and lower case as they should have been written."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).upper()


def read(kind: DocumentKind, text: str) -> Document:
    """The document that this text means. WrongDocument."""
    number = normal(text)
    match kind:
        case DocumentKind.RESIDENT_ID:
            return Document(kind, _citizen(citizen.in_full(number), _MAINLAND))
        case DocumentKind.HMT_RESIDENCE:
            return Document(kind, _citizen(number, re.compile(r"^8[123]0000")))
        case DocumentKind.FOREIGN_RESIDENCE if not _OLD_CARD.fullmatch(number):
            return Document(kind, _citizen(number, re.compile(r"^9")))
        case DocumentKind.FOREIGN_RESIDENCE:
            return Document(kind, _old_card(number))
        case DocumentKind.HM_PERMIT:
            return Document(kind, _shaped(number, _HM_PERMIT, 1))
        case DocumentKind.TW_PERMIT:
            return Document(kind, _shaped(number, _TW_PERMIT, 1))
        case DocumentKind.PASSPORT:
            return Document(kind, _shaped(number, _PASSPORT, 0))


def _citizen(number: str, region: re.Pattern[str]) -> str:
    if not citizen.has_shape(number):
        raise WrongDocument(Problem.SHAPE)
    if not region.match(number):
        raise WrongDocument(Problem.REGION)
    if citizen.birth(number) is None:
        raise WrongDocument(Problem.BIRTH)
    if not citizen.checks(number):
        raise WrongDocument(Problem.CHECK)
    return number


def _shaped(number: str, pattern: re.Pattern[str], group: int) -> str:
    found = pattern.fullmatch(number)
    if found is None:
        raise WrongDocument(Problem.SHAPE)
    return found[group]


def _old_card(number: str) -> str:
    """The card before 2023: country, place, birth date as YYMMDD, order and check digit."""
    try:
        date(2000, int(number[9:11]), int(number[11:13]))
    except ValueError:
        raise WrongDocument(Problem.BIRTH) from None
    return number
