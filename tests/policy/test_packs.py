"""The packs of the repository: what they say, and that each figure says where it stands."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from libs.decider import Kind, Source
from libs.events.values import HalfDay, Hours
from libs.policy import (
    Credit,
    Moment,
    Says,
    Silent,
    Status,
    china_day,
    digest_of,
    figures,
    packs,
)
from libs.policy.drafts import PACKS, draft, names

GX = draft("gx-2024")
FILING = draft("gx-2021")


@pytest.mark.parametrize("name", names())
def test_every_figure_names_document_article_and_status(name: str) -> None:
    for path, figure in figures(draft(name)):
        assert figure.source.document, path
        assert figure.source.article, path
        assert figure.status in Status, path
    data = tomllib.loads((PACKS / f"{name}.toml").read_text("utf-8"))
    own = {"year", "version", "documents"}
    bare = list(_bare({word: part for word, part in data.items() if word not in own}))
    assert bare == []


def _bare(part: Any, path: str = "", *, sourced: bool = False) -> Iterator[str]:
    """Numbers and dates of a text that stand in no table with a source and a status."""
    if isinstance(part, dict):
        sourced = {"source", "status"} <= part.keys()
        for word, inner in part.items():
            yield from _bare(inner, f"{path}.{word}", sourced=sourced)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _bare(inner, f"{path}[{number}]", sourced=sourced)
    elif not sourced and type(part) in (int, float, Decimal, date):
        yield path


def test_the_walk_sees_a_bare_figure() -> None:
    assert list(_bare({"exam": {"pass_mark": {"value": 60}}})) == [".exam.pass_mark.value"]


@pytest.mark.parametrize("name", names())
def test_a_pack_comes_back_from_its_own_text_with_the_same_digest(name: str) -> None:
    pack = draft(name)
    again = packs.from_json(pack.canonical_json())
    assert again == pack
    assert again.canonical_json() == pack.canonical_json()
    assert again.digest == pack.digest == digest_of(pack.canonical_json())


def test_equal_packs_have_equal_bytes_however_they_were_written() -> None:
    data = json.loads(GX.canonical_json())
    turned = json.dumps(dict(reversed(data.items())), ensure_ascii=True, indent=2)
    assert packs.from_json(turned).canonical_json() == GX.canonical_json()


def test_the_year_takes_the_filing_rules_that_it_extends() -> None:
    assert GX.filing == FILING.filing
    assert GX.extends is not None
    assert (GX.extends.id, GX.extends.digest) == ("gx-2021", FILING.digest)


def test_2021_says_nothing_of_hours() -> None:
    assert FILING.says("filing")
    assert not FILING.says("hours")
    with pytest.raises(Silent, match="gx-2021 says nothing of hours"):
        _ = FILING.hours


def test_illustrative_figures_are_few_and_cite_our_own_convention() -> None:
    ours = {path for path, figure in figures(GX) if figure.status is Status.ILLUSTRATIVE}
    assert ours == {
        "hours.step",
        "hours.a_day_at_most",
        "hours.states.passed_first",
        "exam.minutes",
        "exam.make_up_attempts",
        "filing.new_requests",
        "certificates[public].falls_on",
    }


def test_a_reading_of_ours_is_called_one_and_names_its_page() -> None:
    pages = {path.name[:4] for path in (PACKS.parents[2] / "docs" / "decisions").glob("*.md")}
    read = {path: f.decided for path, f in figures(GX) if f.status is Status.READING}
    assert set(read.values()) <= pages
    assert {rule.rule: rule.decided for rule in GX.recognition if rule.enters != "claim"} == {
        rule.rule: "0105" for rule in GX.recognition if rule.enters != "claim"
    }
    assert read["public.study"] == "0135"
    assert read["exam.pass_mark"] == "0136"
    assert read["hours.audit"] == "0113"
    assert read["filing.steps[roster]"] == "0130"
    assert read["certificates[annual].audited"] == "0108"
    assert read["certificates[annual].requirements[professional_share]"] == "0101"
    assert read["certificates[annual].requirements[required_course]"] == "0102"


def test_what_4_hao_would_say_a_person_decides() -> None:
    by_person = {rule.rule for rule in GX.entering("claim") if rule.status is Status.UNVERIFIED}
    assert by_person == {rule.rule for rule in GX.entering("claim")} - {"training"}
    assert all(GX.rule(rule).by == "stated" for rule in by_person)


def test_every_sentence_that_a_refusal_may_quote_is_there() -> None:
    assert set(GX.clauses) == set(Says)
    refusal = GX.refusal(Says.OPINION, remedy="请填写审核意见", kind=Kind.INVALID, field="opinion")
    assert refusal.source == Source("2024年度学习通知", "附件2 二（二）1")
    assert refusal.code == "audit.opinion"


@pytest.mark.parametrize(
    ("rule", "began", "ended", "expected"),
    [
        ("training", "2024-12-30/am", "2024-12-31/pm", Credit.INSIDE),
        ("training", "2024-12-31/am", "2025-01-01/am", Credit.CROSSES),
        ("training", "2023-12-31/pm", "2024-01-01/am", Credit.CROSSES),
        ("training", "2025-01-01/am", "2025-01-01/am", Credit.OUTSIDE),
        ("class", "2023-12-30/am", "2024-01-02/am", Credit.INSIDE),
        ("class", "2024-12-30/am", "2025-01-01/am", Credit.OUTSIDE),
        ("works.paper", "2024-12-31/pm", "2024-12-31/pm", Credit.INSIDE),
        ("works.paper", "2025-01-01/am", "2025-01-01/am", Credit.OUTSIDE),
        ("self_study.degree", "2023-09-01/am", "2024-06-30/pm", Credit.CROSSES),
    ],
)
def test_the_credited_year(rule: str, began: str, ended: str, expected: Credit) -> None:
    credited = GX.rule(rule).credit(GX.year, HalfDay.parse(began), HalfDay.parse(ended))
    assert credited is expected


def test_a_quantity_is_a_multiple_of_the_step_and_possible() -> None:
    monday, tuesday = HalfDay.parse("2024-11-04/am"), HalfDay.parse("2024-11-05/pm")
    assert GX.hours.fits_step(Hours.of("4.5"))
    assert not GX.hours.fits_step(Hours.of("4.25"))
    assert GX.hours.most(GX.rule("training"), monday, tuesday) == Hours.of(48)
    assert GX.hours.most(GX.rule("works.paper"), monday, monday) == Hours.of(366 * 24)


def test_the_last_minute_of_the_deadline_is_a_minute_of_chinas_day() -> None:
    last = datetime(2025, 3, 31, 15, 59, 59, tzinfo=UTC)
    late = datetime(2025, 3, 31, 16, 0, tzinfo=UTC)
    claim, audit = GX.hours.claim, GX.hours.audit
    assert (claim.at(last), claim.at(late)) == (Moment.OPEN, Moment.LATE)
    assert (claim.late, audit.late, audit.flag) == ("refuse", "refuse", "逾期审验")
    assert audit.extended(date(2025, 4, 30)).at(late) is Moment.OPEN
    assert audit.extended(date(2025, 1, 1)) == audit
    from_then_on = claim.model_copy(update={"opens": date(2025, 3, 31)})
    assert from_then_on.at(last) is Moment.OPEN
    assert from_then_on.at(datetime(2025, 3, 30, 15, 59, 59, tzinfo=UTC)) is Moment.EARLY
    with pytest.raises(ValueError, match="zone"):
        china_day(datetime(2025, 3, 31))  # noqa: DTZ001 - a time without a zone is the case


def test_only_2023_may_be_made_up_and_its_hours_are_not_invented() -> None:
    make_up = GX.make_up(2023)
    assert make_up is not None
    assert (make_up.credited_year, make_up.hours) == (2023, None)
    assert make_up.window.closes == date(2024, 12, 31)
    assert GX.make_up(2022) is None


def test_the_steps_after_a_class_name_what_they_still_need() -> None:
    assert GX.filing.missing("report", frozenset()) == ("end",)
    assert GX.filing.missing("request", frozenset({"end", "report"})) == ("scan", "roster")
    assert GX.filing.missing("request", frozenset({"end", "report", "scan", "roster"})) == ()


def test_the_form_has_every_field_of_the_table() -> None:
    assert len(GX.filing.promises.value) == 7
    assert [field.label for field in GX.filing.form if field.filled == "commissioned"] == [
        "委托单位"
    ]
    labels = {field.label for field in GX.filing.form}
    assert labels >= {"培训班名称", "授课老师情况", "认定学时", "传真", "邮编", "责任人", "备注"}
    assert {field.word for field in GX.filing.form if field.private} >= {"mobile", "teachers"}


@pytest.mark.parametrize("name", names())
def test_a_convention_of_our_own_is_explained(name: str) -> None:
    pack = draft(name)
    page = (PACKS.parents[2] / "docs" / "conventions.md").read_text("utf-8")
    articles = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    for path, figure in figures(pack):
        if pack.documents[figure.source.document].seen == "own":
            assert "见 decisions/" in articles[figure.source.article], path
