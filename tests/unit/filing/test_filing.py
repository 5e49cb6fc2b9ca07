"""培训班备案: who files, what the form must say, and that it stays."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from libs.decider import Kind, Rule, conventions, refusals
from libs.events.envelope import Actor
from libs.events.filing import Mode, RunType
from libs.events.values import HalfDay, Hours
from libs.policy import NO_PACK, Says, quantities
from libs.policy.drafts import draft
from services.filing import commands
from services.filing.commands import Teacher
from services.filing.rules import form
from tests.policy.golden import law_of
from tests.unit.filing.desk import (
    ADMIN,
    BASE,
    BEFORE,
    BEHIND,
    CITY,
    FACTS,
    FILED,
    FORM,
    LAW,
    LEARNER,
    NO_BASE,
    NOBODY_S_BASE,
    OF_DEPARTMENT,
    OTHER_BASE,
    PACK,
    PROVINCE,
    VERSION,
    about,
    filing,
    submit,
    submitted,
)

SCOPE = PACK.refusal(Says.FILING_SCOPE, remedy="")
FINAL = PACK.refusal(Says.FILING_FINAL, remedy="")


def test_a_base_files_by_its_account_or_its_admin() -> None:
    filing.when(submit()).then(submitted())
    filing.when(submit(by=ADMIN)).then(submitted())


def test_saving_twice_files_once() -> None:
    filing.when(submit()).when(submit()).then()


@pytest.mark.parametrize("actor", [LEARNER, OF_DEPARTMENT, PROVINCE, CITY])
def test_nobody_else_files(actor: Actor) -> None:
    filing.when(submit(by=actor)).refused(refusals.ROLE_NOT_ALLOWED)


def test_a_unit_without_a_title_files_nothing() -> None:
    filing.when(submit(by=NOBODY_S_BASE)).refused(SCOPE)
    filing.knowing(BEHIND).when(submit(by=NOBODY_S_BASE)).refused(refusals.BEHIND)


def test_a_notice_without_the_sentence_refuses_all_the_same() -> None:
    silent = replace(LAW, pack=PACK.model_copy(update={"clauses": {}}))
    case = filing.knowing(replace(FACTS, laws={("CN-GX", 2024): silent}))
    refused = silent.pack.refusal(Says.FILING_SCOPE, remedy="", kind=Kind.FORBIDDEN)
    assert refused.source.document == PACK.title
    case.when(submit(by=NOBODY_S_BASE)).refused(refused)


def test_a_unit_or_a_year_not_heard_of_yet_waits() -> None:
    stranger = replace(BASE, unit_id=LEARNER.id)
    filing.when(submit(by=stranger)).refused(refusals.NOT_FOUND)
    filing.knowing(BEHIND).when(submit(by=stranger)).refused(refusals.BEHIND)
    before = submit(starts=HalfDay.parse("2020-12-28/am"), ends=HalfDay.parse("2020-12-30/pm"))
    filing.when(before).refused(NO_PACK)
    filing.knowing(BEHIND).when(before).refused(refusals.BEHIND)


@pytest.mark.parametrize(
    ("starts", "ends", "under"),
    [
        ("2021-06-01/am", "2021-06-03/pm", "gx-2021"),
        ("2022-06-01/am", "2022-06-03/pm", "gx-2021"),
        ("2023-12-30/am", "2024-01-01/pm", "gx-2024"),
        ("2024-12-30/am", "2025-01-02/pm", "gx-2024"),
    ],
)
def test_the_notice_on_filing_holds_until_another_takes_its_place(
    starts: str, ends: str, under: str
) -> None:
    both = {("CN-GX", 2021): law_of(draft("gx-2021")), ("CN-GX", 2024): LAW}
    said = filing.knowing(replace(FACTS, laws=both)).when(
        submit(starts=HalfDay.parse(starts), ends=HalfDay.parse(ends))
    )
    assert said.state.submitted is not None
    assert said.state.submitted.pack.pack == under
    assert said.state.submitted.year == int(ends[:4])


REQUIRED = [
    field.word
    for field in PACK.filing.form
    if field.filled == "filing" and field.word not in ("starts", "ends", "promises")
]


def test_the_form_has_every_field_of_the_annex() -> None:
    assert len(REQUIRED) == 19


@pytest.mark.parametrize("word", REQUIRED)
def test_every_field_must_be_filled_in(word: str) -> None:
    empty = type(FORM).model_fields[word].default
    case = filing.when(submit(**{word: empty})).refused(form.FIELD_MISSING)
    assert isinstance(case.outcome, Rule)
    assert case.outcome.field == word


def test_a_teacher_is_named_with_unit_and_post() -> None:
    filing.when(submit(teachers=(Teacher(name="韦老师", unit="广西大学"),))).refused(
        form.FIELD_MISSING
    )


def test_a_commissioned_class_names_its_client() -> None:
    commissioned: dict[str, Any] = {"run_type": RunType.COMMISSIONED}
    filing.when(submit(**commissioned)).refused(form.FIELD_MISSING)
    filing.when(submit(**commissioned, client="某厅")).then(
        submitted(run_type=RunType.COMMISSIONED, client="某厅")
    )


def test_a_class_of_the_base_s_own_has_no_client() -> None:
    case = filing.when(submit(client="某厅")).refused(form.NOT_OF_THIS_RUN_TYPE)
    assert isinstance(case.outcome, Rule)
    assert (case.outcome.field, str(case.outcome.source)) == ("client", str(conventions.FORM))
    assert "单位委托办班" in case.outcome.detail


@pytest.mark.parametrize("ticked", [(), (True,) * 6, (True,) * 6 + (False,), (True,) * 8])
def test_all_seven_promises_are_ticked(ticked: tuple[bool, ...]) -> None:
    rule = form.NOT_PROMISED if ticked else form.FIELD_MISSING
    filing.when(submit(promises=ticked)).refused(rule)


def test_who_has_not_promised_all_hears_how_many_of_how_many() -> None:
    outcome = filing.when(submit(promises=(True,) * 5 + (False,) * 2)).outcome
    assert isinstance(outcome, Rule)
    assert outcome.detail == "共 7 项，已勾选 5 项"


def test_on_line_and_off_line_may_both_be_ticked() -> None:
    filing.when(submit(modes=("offline", "online"))).then(submitted(mode=Mode.BOTH))
    filing.when(submit(modes=("online", "online"))).then(submitted(mode=Mode.ONLINE))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"ends": HalfDay.parse("2024-12-08/pm")}, form.ENDS_BEFORE_IT_STARTS),
        ({"days": 4}, form.IMPOSSIBLE_DAYS),
        ({"days": -1}, form.IMPOSSIBLE_DAYS),
        ({"responsible_on": date(2024, 12, 3)}, form.NOT_YET),
        ({"hours": Hours(0)}, quantities.NO_HOURS),
        ({"hours": Hours.of("24.25")}, quantities.FINER_THAN_THE_STEP),
        ({"hours": Hours.of("72.5")}, quantities.IMPOSSIBLE_HOURS),
        ({"days": 1, "hours": Hours.of("24.5")}, quantities.IMPOSSIBLE_HOURS),
    ],
)
def test_days_and_hours_are_possible(changes: dict[str, Any], rule: Rule) -> None:
    filing.when(submit(**changes)).refused(rule)


def test_the_most_that_three_days_can_hold_is_taken() -> None:
    filing.when(submit(hours=Hours.of(72))).then(submitted(hours=Hours.of(72)))


@pytest.mark.parametrize(
    "word", ["class_name", "audience", "content", "place", "contact", "address"]
)
@pytest.mark.parametrize("number", ["11010519491231002X", "１３８７７１００００１"])
def test_numbers_of_people_stand_in_the_fields_for_phones_alone(word: str, number: str) -> None:
    changes: dict[str, Any] = {word: f"联系{number}"}
    case = filing.when(submit(**changes)).refused(refusals.PERSONAL_NUMBER)
    assert isinstance(case.outcome, Rule)
    assert case.outcome.field == word


def test_a_teacher_s_number_is_refused_too() -> None:
    teacher = Teacher(name="韦老师", unit="广西大学", post="教授 13877100001")
    filing.when(submit(teachers=(teacher,))).refused(refusals.PERSONAL_NUMBER)


def test_filing_once_it_has_begun_is_taken_and_flagged() -> None:
    first_day = datetime(2024, 12, 8, 16, 0, tzinfo=UTC)  # midnight in China
    flagged = submitted(after_start=True, declared_on=date(2024, 12, 9))
    filing.when(submit(at=first_day)).then(flagged)
    eve = datetime(2024, 12, 8, 15, 59, tzinfo=UTC)
    filing.when(submit(at=eve)).then(submitted(declared_on=date(2024, 12, 8)))


def test_where_the_pack_refuses_what_has_begun_it_is_refused() -> None:
    rules = PACK.filing
    after_start = rules.after_start.model_copy(update={"value": "refuse"})
    strict = PACK.model_copy(
        update={"filing_": rules.model_copy(update={"after_start": after_start})}
    )
    law = replace(FACTS.laws["CN-GX", 2024], pack=strict)
    case = filing.knowing(replace(FACTS, laws={("CN-GX", 2024): law}))
    case.when(submit(at=datetime(2024, 12, 9, 1, 0, tzinfo=UTC))).refused(form.STARTED_ALREADY)
    case.when(submit()).then(submitted())


def test_a_class_that_crosses_the_year_belongs_to_the_year_of_its_end() -> None:
    crossing: dict[str, Any] = {
        "starts": HalfDay.parse("2023-12-30/am"),
        "ends": HalfDay.parse("2024-01-02/am"),
    }
    said = filing.when(submit(**crossing, at=BEFORE))
    assert said.state.submitted is not None
    assert said.state.submitted.year == 2024


def test_what_is_filed_stays() -> None:
    for command in (commands.ChangeFiling, commands.DeleteFiling):
        case = FILED.when(command(**about(BASE))).refused(FINAL)
        FILED.when(command(**about(PROVINCE))).refused(FINAL)
        assert isinstance(case.outcome, Rule)
        assert "备案信息不可再修改和删除" in case.outcome.text
        assert str(case.outcome.source) == "桂人社函〔2021〕149号 附件2 二（二）"
        FILED.when(command(**about(OTHER_BASE))).refused(refusals.NOT_FOUND)
        for stranger in (LEARNER, OF_DEPARTMENT, CITY):
            FILED.when(command(**about(stranger))).refused(refusals.NOT_FOUND)
        filing.when(command(**about(BASE))).refused(refusals.NOT_FOUND)


def test_the_unit_that_holds_no_title_any_more_goes_on_with_what_it_filed() -> None:
    ended = replace(FACTS, units={NO_BASE: FACTS.units[NO_BASE]})
    FILED.knowing(ended).when(commands.ChangeFiling(**about(BASE))).refused(FINAL)
    assert FILED.state.submitted == submitted()
    assert VERSION.pack == "gx-2024"


def test_only_the_boxes_of_the_year_s_form_are_ticked() -> None:
    """办班类型 and 培训形式: another year's notice may print fewer of them."""
    printed = PACK.filing
    for field, box in (("run_types", "own"), ("modes", "offline")):
        fewer = tuple(choice for choice in getattr(printed, field) if choice.word != box)
        fields = printed.model_copy(update={field: fewer})
        law = replace(LAW, pack=PACK.model_copy(update={"filing_": fields}))
        narrow = filing.knowing(replace(FACTS, laws={("CN-GX", 2024): law}))
        narrow.when(submit()).refused(form.UNKNOWN_CHOICE)
    filing.when(submit()).then(submitted())
