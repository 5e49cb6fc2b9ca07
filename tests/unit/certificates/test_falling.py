"""证书失效: what makes a certificate fall, and what never does."""

from dataclasses import replace

import pytest

from libs.events.certificates import Fallen, Why
from libs.events.hours import RevokedFor
from libs.events.values import Hours
from libs.policy import Pack
from services.certificates.rules import asking, falling
from services.certificates.state import Place
from tests.policy.golden import law_of, pack_of
from tests.unit.certificates.counter import (
    GX,
    LI,
    REASSESS,
    UNIT,
    YEAR,
    Counter,
    entry,
    exchange,
    generate,
    known,
    ledger,
    named,
    number,
)

REQUIRED = entry("required", "15", "course.required")


def holding(
    *entries: tuple[str, str], pack: Pack = GX, kinds: tuple[str, ...] = ("annual",)
) -> Counter:
    """A learner who has these hours and the certificates that they give."""
    year = ledger(REQUIRED, *(entry(name, hours) for name, hours in entries))
    counter = Counter(known(year, pack)).heard(year)
    for kind in kinds:
        counter = counter.ask(generate(kind, kind))
        assert counter.refused is None
    return counter


def without(counter: Counter, *names: str, cause: RevokedFor = RevokedFor.DELETED) -> Counter:
    """The unit deletes these, unless they leave for another cause."""
    year = counter.facts.ledgers[LI]
    for name in names:
        year = year.leaves(YEAR, named(name), cause)
    return counter.heard(year)


def test_92_hours_and_four_deleted() -> None:
    counter = without(holding(("spring", "73"), ("class", "4")), "class")
    (fallen,) = counter.fallen
    assert (fallen.why, fallen.rule) == (Why.HOURS_REVOKED, "2024年度学习通知 附件2 二（二）3")
    assert "删除学时后原证书自动失效" in fallen.says
    assert fallen.fallen is not None
    assert (fallen.fallen.entry_id, fallen.fallen.category) == (named("class"), "professional")
    assert fallen.fallen.hours == Hours.of(4)
    assert fallen.fallen.began is not None
    assert counter.satisfied == ("public",)
    refused = counter.ask(generate(name="second")).refused
    assert refused is not None
    assert refused.remedy.startswith("总学时还差 2 学时：已计 88 学时")


def test_100_hours_and_four_deleted_revokes_all_the_same() -> None:
    counter = without(holding(("spring", "81"), ("class", "4")), "class")
    assert len(counter.fallen) == 1
    counter = counter.ask(generate(name="second"))
    assert counter.issued.totals["total"] == Hours.of(96)
    assert counter.issued.number != number("annual")


def test_90_hours_four_more_later_and_those_deleted() -> None:
    counter = holding(("spring", "75"))
    later = counter.facts.ledgers[LI].joins(YEAR, entry("later", "4"))
    counter = without(counter.heard(later), "later")
    assert len(counter.fallen) == 1
    assert counter.ask(generate(name="second")).issued.totals["total"] == Hours.of(90)


def test_what_had_left_before_it_was_issued_does_not_make_the_new_one_fall() -> None:
    counter = without(holding(("spring", "81"), ("class", "4")), "class")
    counter = counter.ask(generate(name="second")).ask(REASSESS)
    assert counter.valid == ["annual"]


def test_an_annulled_exam_takes_both() -> None:
    counter = without(holding(("spring", "90"), kinds=("annual", "public")), "required")
    assert sorted(fallen.kind for fallen in counter.fallen) == ["annual", "public"]
    assert counter.satisfied == ("annual",)


def test_the_sentence_about_deletions_is_said_of_deletions_alone() -> None:
    for cause in RevokedFor:
        held = holding(("spring", "90"), kinds=("annual", "public"))
        annual, public = without(held, "required", cause=cause).fallen
        assert annual.rule == "2024年度学习通知 附件2 二（二）3"
        assert public.rule.startswith("平台约定 第二十九条")
        quoted = "删除学时后原证书自动失效" in annual.says
        assert quoted == (cause == RevokedFor.DELETED)
        assert quoted or annual.says.startswith(falling.TOLD[cause])
        assert public.says == f"{falling.TOLD[cause]}，《{public_title()}》失效。"


def public_title() -> str:
    """《专业技术人员继续教育公需科目考试合格证书》."""
    return GX.certificate("public").title.value


def test_professional_hours_deleted_leave_the_public_certificate() -> None:
    counter = without(holding(("spring", "90"), kinds=("annual", "public")), "spring")
    assert counter.valid == ["public"]


def test_where_only_what_it_rested_on_revokes() -> None:
    pack = pack_of("test-offline")
    year = ledger(entry("class", "30", "offline", pack), entry("spring", "66", pack=pack))
    counter = Counter(known(year, pack)).heard(year).ask(generate())
    more = year.joins(YEAR, entry("later", "4", pack=pack))
    counter = counter.heard(more).heard(more.leaves(YEAR, named("later"), RevokedFor.DELETED))
    assert counter.valid == ["annual"]
    gone = more.leaves(YEAR, named("spring"), RevokedFor.DELETED)
    assert counter.heard(gone).valid == []


def test_a_deletion_that_is_heard_of_before_its_entry() -> None:
    counter = holding(("spring", "90"), kinds=("annual", "public"))
    early = without(counter, "unseen")
    assert early.fallen[0].fallen == Fallen(entry_id=named("unseen"))
    assert early.valid == ["public"]  # it may have been professional: its subject is not known
    seen = early.facts.ledgers[LI].joins(YEAR, entry("unseen", "4"))
    assert early.heard(seen).valid == ["public"]
    required = early.facts.ledgers[LI].joins(YEAR, entry("unseen", "15", "course.required"))
    assert early.heard(required).valid == []
    standing = seen.year(YEAR).standing()
    assert named("unseen") not in {one.line.entry for one in standing}


@pytest.mark.parametrize("change", ["transfer", "erasure", "entry", "law"])
def test_nothing_else_revokes(change: str) -> None:
    counter = holding(("spring", "90"), kinds=("annual", "public"))
    facts = counter.facts
    stricter = GX.model_copy(update={"version": 2})
    match change:
        case "transfer":
            facts = replace(facts, places={LI: Place(UNIT, "另一单位", "elsewhere")})
        case "erasure":
            facts = replace(facts, places={})
        case "entry":
            facts = replace(facts, ledgers={LI: facts.ledgers[LI].joins(YEAR, entry("later", "4"))})
        case "law":
            facts = replace(facts, laws={(GX.jurisdiction, YEAR): law_of(stricter)})
    assert replace(counter, facts=facts).ask(REASSESS).valid == ["annual", "public"]


def test_it_falls_by_the_law_by_which_it_was_issued() -> None:
    counter = holding(("spring", "90"))
    moved = replace(counter.facts, places={}, laws={})
    year = moved.ledgers[LI].leaves(YEAR, named("spring"), RevokedFor.DELETED)
    assert replace(counter, facts=moved).heard(year).valid == []


def test_an_exchange_revokes_the_old_one_and_the_new_one_names_it() -> None:
    counter = holding(("spring", "75"))
    counter = counter.heard(counter.facts.ledgers[LI].joins(YEAR, entry("later", "4")))
    counter = counter.ask(exchange("annual", "second"))
    (fallen,) = counter.fallen
    assert (fallen.why, fallen.number, fallen.replaced_by) == (
        Why.EXCHANGED,
        number("annual"),
        number("second"),
    )
    assert counter.issued.replaces == number("annual")
    assert counter.issued.totals["total"] == Hours.of(94)
    assert counter.valid == ["annual"]


def test_only_a_valid_own_one_is_exchanged() -> None:
    counter = without(holding(("spring", "81"), ("class", "4")), "class")
    assert counter.ask(exchange("annual", "second")).refused == asking.NOT_VALID
    assert counter.ask(exchange("unknown", "second")).refused == asking.CERTIFICATE_UNKNOWN


def test_a_refused_exchange_leaves_the_old_one() -> None:
    counter = holding(("spring", "75"))
    stricter = pack_of("test-offline").model_copy(update={"version": 2})
    facts = replace(counter.facts, laws={(GX.jurisdiction, YEAR): law_of(stricter)})
    counter = replace(counter, facts=facts).ask(exchange("annual", "second"))
    assert counter.refused is not None
    assert counter.valid == ["annual"]
