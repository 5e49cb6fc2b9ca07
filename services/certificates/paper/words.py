"""What a certificate says, word for word: from the certificate, its law and its holder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from libs.events.values import Hours, shown_day
from libs.policy import Pack
from services.certificates.decider import TOTAL

ONE_LINE = 16  # characters of a title that fit


@dataclass(frozen=True, slots=True)
class Printed:
    """A certificate and its holder, as far as paper needs them."""

    number: str
    kind: str
    year: int
    title: str
    totals: Mapping[str, str]
    unit_name: str
    issued_on: date
    replaces: str | None
    name: str
    masked_number: str


def printed(one: Printed, pack: Pack, office: str, address: str) -> dict[str, object]:
    """The data of the page."""
    return {
        "region": office.partition("人力资源")[0] or office,
        "office": office,
        "title": one.title,
        "title_lines": _lines(one.title),
        "number": one.number,
        "holder": [
            ("姓　　名", one.name),
            ("证件号码", one.masked_number),
            ("工作单位", one.unit_name),
            ("年　　度", f"{one.year}年度"),
        ],
        "statement": _statement(one, pack),
        "lines": [
            (pack.category(code).name, _shown(hours))
            for code, hours in _as_the_notice_lists(one, pack)
            if pack.certificate(one.kind).concerns(code)
        ],
        "total": _shown(_total(one, pack)),
        "issued_on": shown_day(one.issued_on),
        "notes": _notes(one),
        "address": f"{address}/{one.number}",
    }


def _as_the_notice_lists(one: Printed, pack: Pack) -> list[tuple[str, str]]:
    """公需科目 before 专业科目: the order of the notice, not that of our codes."""
    codes = [category.code for category in pack.categories]
    found = [(code, hours) for code, hours in one.totals.items() if code != TOTAL]
    return sorted(found, key=lambda line: codes.index(line[0]))


def _lines(title: str) -> list[str]:
    """A long title breaks after 继续教育, as it is spoken."""
    first, after, rest = title.partition("继续教育")
    return [title] if len(title) <= ONE_LINE or not rest else [first + after, rest]


def _statement(one: Printed, pack: Pack) -> tuple[str, str, str]:
    """Before the article that it rests on, the article, and after it: an article breaks nowhere."""
    source = pack.certificate(one.kind).title.source
    document = pack.documents[source.document].title
    return (f"{_passed(one, pack)}依据《{document}》", source.article, "，发给此证。")


def _passed(one: Printed, pack: Pack) -> str:
    requirements = pack.certificate(one.kind).requirements
    completed = [r for r in requirements if r.form == "completed" and r.binding == "must"]
    if completed and pack.says("public"):
        return (
            f"{one.name}同志参加{one.year}年度专业技术人员继续教育公需科目必修课"
            f"《{pack.public.required.theme.value}》的学习和考试，成绩合格。"
        )
    return (
        f"{one.name}同志参加{one.year}年度专业技术人员继续教育，所修学时经审验通过，"
        "总学时和专业科目学时均达到规定要求，合格。"
    )


def _notes(one: Printed) -> list[str]:
    notes = [
        "本证书由信息管理系统生成，以联网验证结果为准。",
        "扫描二维码，或在下列地址按证书编号验证：",
    ]
    if one.replaces:
        notes.insert(0, f"本证书为换发，原证书 {one.replaces} 已失效。")
    return notes


def _total(one: Printed, pack: Pack) -> str:
    terms = pack.certificate(one.kind)
    counted = [Hours.parse(h) for c, h in one.totals.items() if c != TOTAL and terms.concerns(c)]
    return str(Hours(sum(hours.hundredths for hours in counted)))


def _shown(hours: str) -> str:
    return Hours.parse(hours).shown
