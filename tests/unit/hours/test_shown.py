"""培训总体查询: a year in sums, and why less counts than was recognised."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from libs.policy import Law, Status
from libs.policy.drafts import draft
from libs.policy.law import counting
from services.hours.api.shown import Counted, YearAnswer
from tests.policy.golden import law_of
from tests.unit.hours.desk import LAW, YEAR, id_of

LAWS: Mapping[tuple[str, int], Law] = {
    ("CN-GX", 2021): law_of(draft("gx-2021")),
    ("CN-GX", 2024): LAW,
}


def entry(name: str, hours: int, rule: str = "training", category: str = "professional") -> Any:
    """A row of the ledger."""
    return {
        "entry_id": id_of(name),
        "category": category,
        "rule": rule,
        "recognised": hours * 100,
        "source": "claim",
        "source_id": id_of(name),
        "activity": name,
        "began": "2024-11-04/am",
        "ended": "2024-11-06/am",
    }


REQUIRED = entry("theme", 15, "course.required", "public.required")
ELECTIVE = entry("topics", 10, "course.elective", "public.elective")


def year(*rows: Any, of: int = YEAR, law: Law | None = LAW) -> YearAnswer:
    """As the page shows it."""
    return Counted(of, rows, law).whole([])


def test_a_subject_holds_its_parts() -> None:
    shown = year(REQUIRED, ELECTIVE, entry("spring", 20))
    assert shown.by_category == {
        "public": "25.00",
        "public.required": "15.00",
        "public.elective": "10.00",
        "professional": "20.00",
    }
    assert shown.total == "45.00"


def test_made_up_hours_count_in_their_year_under_the_notice_that_opened_the_make_up() -> None:
    law = counting(LAWS, "CN-GX", 2023)
    shown = year(REQUIRED, of=2023, law=law)
    assert (shown.pack, shown.counted_by, shown.total) == (None, "gx-2024", "15.00")
    assert [item.counted for item in shown.entries] == ["15.00"]
    assert (shown.satisfied, shown.missing) == ([], [])  # 2024's demands are not 2023's


def test_a_year_is_counted_by_its_own_law_where_that_speaks_of_hours() -> None:
    assert counting(LAWS, "CN-GX", 2024) is LAW
    assert counting(LAWS, "CN-GX", 2021) is None  # its pack speaks of filing alone
    assert counting(LAWS, "CN-HN", 2023) is None
    own = replace(LAW, pack=LAW.pack.model_copy(update={"year": 2023}))
    assert counting({**LAWS, ("CN-GX", 2023): own}, "CN-GX", 2023) is own


def test_less_than_was_recognised_is_explained_by_its_cap() -> None:
    books, talks = (entry(name, n, "self_study.own") for name, n in (("books", 16), ("talks", 8)))
    shown = {item.activity: item for item in year(books, talks, entry("spring", 20)).entries}
    cut = [item for item in shown.values() if item.counted != item.recognised]
    assert len(cut) == 1
    (cap,) = cut[0].caps
    assert (cap.at_most, cap.document, cap.article) == ("20.00", "桂电学时细则", "第四条")
    assert cap.status is Status.UNVERIFIED
    assert not shown["spring"].caps
