"""生成证书: when a learner gets a certificate, and why not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from libs.decider import Kind, refusals
from libs.events.certificates import StandingChanged
from libs.events.envelope import Actor, Role
from libs.events.values import Hours
from libs.policy import NO_PACK
from services.certificates.rules import asking
from services.certificates.state import Known
from tests.policy.golden import law_of, pack_of
from tests.unit.certificates.counter import (
    AT,
    GX,
    LI,
    UNIT,
    Counter,
    entry,
    generate,
    known,
    ledger,
    named,
)

REQUIRED = entry("required", "15", "course.required")
ELECTIVE = entry("elective", "10", "course.elective")
ENOUGH = ledger(REQUIRED, ELECTIVE, entry("spring", "65"))


def test_required_electives_and_65_professional_give_both() -> None:
    counter = Counter(known(ENOUGH)).ask(generate())
    assert counter.issued.totals == {
        "public.required": Hours.of(15),
        "public.elective": Hours.of(10),
        "professional": Hours.of(65),
        "total": Hours.of(90),
    }
    assert counter.issued.title == "专业技术人员继续教育合格证书"
    assert set(counter.issued.entries) == {named("required"), named("elective"), named("spring")}
    assert (counter.issued.unit_id, counter.issued.pack) == (UNIT, law_of(GX).version)
    assert counter.issued.issued_on.isoformat() == "2024-12-20"
    assert counter.ask(generate("public", "second")).valid == ["annual", "public"]


def test_the_public_one_rests_on_the_required_course_alone() -> None:
    counter = Counter(known(ENOUGH)).ask(generate("public"))
    assert counter.issued.entries == (named("required"),)


@pytest.mark.parametrize(
    ("professional", "lacks"),
    [
        ("74", "总学时还差 1 学时：已计 89 学时，须达 90 学时"),
        ("74.5", "总学时还差 0.5 学时：已计 89.5 学时，须达 90 学时"),
    ],
)
def test_89_hours_are_not_enough(professional: str, lacks: str) -> None:
    counter = Counter(known(ledger(REQUIRED, entry("spring", professional)))).ask(generate())
    assert counter.refused is not None
    assert counter.refused.code == asking.CONDITIONS.code
    assert counter.refused.remedy == lacks
    assert str(counter.refused.source) == "2024年度学习通知 二（四）"
    assert "达到90学时以上" in counter.refused.detail
    assert counter.ask(generate("public")).valid == ["public"]


def test_90_with_75_professional_is_enough() -> None:
    facts = known(ledger(REQUIRED, entry("spring", "75")))
    assert Counter(facts).ask(generate()).valid == ["annual"]


def test_30_and_60_fails_for_25_public_hours_are_all_there_are() -> None:
    facts = known(ledger(REQUIRED, ELECTIVE, entry("spring", "60")))
    assert Counter(facts).ask(generate()).refused
    assert Counter(facts).ask(generate("public")).valid == ["public"]


def test_100_hours_with_65_professional_by_the_two_readings() -> None:
    for basis, valid in (("counted", []), ("required", ["annual"])):
        pack = pack_of("test-offline", basis)
        year = ledger(entry("class", "35", "offline", pack), entry("spring", "65", pack=pack))
        assert Counter(known(year, pack)).ask(generate()).valid == valid


def test_what_has_left_the_ledger_does_not_count() -> None:
    year = ledger(REQUIRED, ELECTIVE, entry("spring", "65"), left=("spring",))
    assert Counter(known(year)).ask(generate()).refused


@pytest.mark.parametrize(
    "actor",
    [
        Actor(LI, Role.UNIT_ADMIN, UNIT),
        Actor(UNIT, Role.LEARNER),
        Actor(UNIT, Role.PROVINCE_BUREAU),
    ],
)
def test_nobody_but_the_learner_generates(actor: Actor) -> None:
    assert Counter(known(ENOUGH)).ask(generate(actor=actor)).refused == asking.NOT_THE_HOLDER


def test_one_valid_certificate_a_kind_and_year() -> None:
    counter = Counter(known(ENOUGH)).ask(generate()).ask(generate(name="second"))
    assert counter.refused == asking.ALREADY_VALID


def test_no_two_have_one_number() -> None:
    facts = replace(known(ENOUGH), taken=frozenset({generate().number}))
    assert Counter(facts).ask(generate()).refused == asking.NUMBER_TAKEN


@pytest.mark.parametrize("behind", ["hours", "identity"])
def test_nothing_is_issued_while_not_current(behind: str) -> None:
    facts = known(ENOUGH)
    late = replace(facts, heard={**facts.heard, behind: AT - timedelta(seconds=61)})
    never = replace(facts, heard={c: at for c, at in facts.heard.items() if c != behind})
    for one in (late, never):
        refused = Counter(one).ask(generate()).refused
        assert refused == asking.NOT_CURRENT
        assert refused.kind is Kind.BEHIND
    just = replace(facts, heard={**facts.heard, behind: AT - timedelta(seconds=60)})
    assert Counter(just).ask(generate()).valid == ["annual"]


@pytest.mark.parametrize(
    ("behind", "facts"),
    [
        ("hours", known(ledger())),
        ("identity", replace(known(ENOUGH), places={})),
        ("policy", known(ENOUGH, pack=None)),
    ],
)
def test_what_may_be_on_its_way_is_not_said_to_be_missing(behind: str, facts: Known) -> None:
    """The last hours were recognised a tenth of a second ago."""
    assert Counter(facts).ask(generate()).refused not in (None, refusals.BEHIND)
    a_moment = timedelta(milliseconds=100)
    late = replace(facts, heard={**facts.heard, behind: AT - a_moment})
    assert Counter(late).ask(generate()).refused == refusals.BEHIND


def test_a_year_without_a_pack_is_not_judged() -> None:
    counter = Counter(known(ENOUGH, pack=None))
    assert counter.ask(generate()).refused == NO_PACK
    assert counter.heard(ENOUGH).said == ()
    silent = replace(counter.facts, heard={"hours": AT, "identity": AT})
    assert Counter(silent).ask(generate()).refused == refusals.BEHIND


def test_an_entry_that_the_law_does_not_know_is_not_judged() -> None:
    odd = entry("class", "35", "offline", pack_of("test-offline"))
    odd = odd._replace(line=replace(odd.line, category="elsewhere"))
    year = ledger(REQUIRED, entry("spring", "90"), odd)
    assert Counter(known(year)).heard(year).said == ()
    assert Counter(known(year)).ask(generate()).refused == asking.CONDITIONS


def test_a_kind_that_the_law_does_not_have() -> None:
    assert Counter(known(ENOUGH)).ask(generate("stamped")).refused == asking.KIND_UNKNOWN


def test_somebody_whom_identity_has_not_placed() -> None:
    facts = replace(known(ENOUGH), places={})
    assert Counter(facts).ask(generate()).refused == asking.PERSON_UNKNOWN


def test_the_standing_is_told_once_and_when_it_changes() -> None:
    counter = Counter(known(ledger())).heard(ledger(REQUIRED))
    assert counter.satisfied == ("public",)
    assert counter.heard(ledger(REQUIRED, entry("spring", "4"))).said == ()
    counter = counter.heard(ENOUGH)
    assert counter.satisfied == ("annual", "public")
    assert [e.total for e in counter.said if isinstance(e, StandingChanged)] == [Hours.of(90)]
