"""What a 培训班备案登记表 must say: its fields, its promises, its days, its hours."""

from libs.decider import Kind, Rule, conventions
from libs.events.numbers import names_somebody
from libs.events.values import NONE
from libs.policy import china_day, quantities
from libs.policy.filing import Choice, FormField
from services.filing.commands import Registration, SubmitFiling
from services.filing.rules.known import law_for
from services.filing.state.filing import Filing
from services.filing.state.known import FilingFacts

FIELD_MISSING = Rule(
    "field-missing", "备案登记表有未填写的项目", conventions.FORM, "请填写完整后保存", Kind.INVALID
)
NOT_PROMISED = Rule(
    "promises-not-all-given",
    "承诺事项须逐项勾选",
    conventions.FORM,
    "请逐项核对并勾选全部承诺",
    Kind.INVALID,
    "promises",
)
UNKNOWN_CHOICE = Rule(
    "unknown-choice", "没有此选项", conventions.FORM, "请在登记表列出的选项中选择", Kind.INVALID
)
NOT_OF_THIS_RUN_TYPE = Rule(
    "not-of-this-run-type",
    "所填项目与所选办班类型不符",
    conventions.FORM,
    "请清空该项目，或更正办班类型后保存",
    Kind.INVALID,
)
ENDS_BEFORE_IT_STARTS = Rule(
    "ends-before-it-starts",
    "结束时间早于开始时间",
    conventions.FORM,
    "请更正培训时间",
    Kind.INVALID,
    "ends",
)
IMPOSSIBLE_DAYS = Rule(
    "impossible-days",
    "培训天数与起止时间不符",
    conventions.FORM,
    "培训天数至少一天，且不超过起止时间所含天数",
    Kind.INVALID,
    "days",
)
NOT_YET = Rule(
    "date-in-the-future",
    "责任人签署日期晚于今天",
    conventions.FORM,
    "请更正日期",
    Kind.INVALID,
    "responsible_on",
)
STARTED_ALREADY = Rule(
    "started-already",
    "培训班已经开始，不能备案",
    conventions.FORM,
    "请在开班前备案",
    field="starts",
)

_PHONES = frozenset({"phone", "email"})


def _needed(field: FormField, form: Registration, run_types: tuple[Choice, ...]) -> bool:
    """Whether the notice wants this field now; what a choice asks for, with that choice."""
    if field.filled == "filing":
        return True
    asks = {choice.word: choice.asks for choice in run_types}
    return form.run_type is not None and asks.get(form.run_type.value) == field.word


def _said(form: Registration, word: str) -> object:
    """What the form says there; of teachers, only when each is given whole."""
    if word == "teachers":
        return form.teachers and all(t.name and t.unit and t.post for t in form.teachers)
    return getattr(form, word, None)


def fields_are_given(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """Every field that the form of the year's pack has."""
    rules = law_for(command, facts).pack.filing
    for field in rules.form:
        needed = _needed(field, command.form, rules.run_types)
        if needed and not _said(command.form, field.word):
            missing = FIELD_MISSING.citing(field.source).on(field.word)
            return missing.because(f"未填写：{field.label}")
    return None


def choices_are_known(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """办班类型 and 培训形式 are boxes of the form."""
    rules, form = law_for(command, facts).pack.filing, command.form
    run_types = {choice.word for choice in rules.run_types}
    modes = {choice.word for choice in rules.modes}
    if form.run_type is not None and form.run_type.value not in run_types:
        return UNKNOWN_CHOICE.citing(rules.form_title.source).on("run_type")
    if not modes.issuperset(form.modes):
        return UNKNOWN_CHOICE.citing(rules.form_title.source).on("modes")
    return None


def nothing_contradicts_the_run_type(
    command: SubmitFiling, _state: Filing, facts: FilingFacts
) -> Rule | None:
    """What another 办班类型 asks for, such as its client, is left empty: what is saved stays."""
    choices, form = law_for(command, facts).pack.filing.run_types, command.form
    asked = {choice.asks for choice in choices if choice.word == form.run_type}
    for choice in choices:
        if choice.asks and choice.asks not in asked and _said(form, choice.asks):
            only = NOT_OF_THIS_RUN_TYPE.because(f"此项只在选择“{choice.label}”时填写")
            return only.on(choice.asks)
    return None


def promises_are_given(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """承诺事项: each of them is ticked."""
    promises = law_for(command, facts).pack.filing.promises
    ticked = command.form.promises
    if len(ticked) == len(promises.value) and all(ticked):
        return None
    said = f"共 {len(promises.value)} 项，已勾选 {sum(ticked)} 项"
    return NOT_PROMISED.citing(promises.source).because(said)


def days_are_in_order(command: SubmitFiling, _state: Filing, _facts: FilingFacts) -> Rule | None:
    """It ends after it starts; its days fit between; nobody signs tomorrow."""
    form = command.form
    if form.ends < form.starts:
        return ENDS_BEFORE_IT_STARTS
    if not 0 < form.days <= (form.ends.day - form.starts.day).days + 1:
        return IMPOSSIBLE_DAYS
    if form.responsible_on and form.responsible_on > china_day(command.envelope.at):
        return NOT_YET
    return None


def hours_are_possible(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """More than none, in whole steps, no more than the days of the class can hold."""
    hours, form = law_for(command, facts).pack.hours_, command.form
    most = hours.most_of(form.days) if hours else None
    return quantities.amiss(form.hours or NONE, hours, most)


def words_name_nobody(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """Numbers of people stand in the fields for phones and nowhere else."""
    form = command.form
    for field in law_for(command, facts).pack.filing.form:
        if field.word == "teachers":
            texts = [text for t in form.teachers for text in (t.name, t.unit, t.post)]
        else:
            texts = [text for text in [getattr(form, field.word, None)] if isinstance(text, str)]
        if field.holds in _PHONES:
            continue
        for text in texts:
            if broken := names_somebody(text, field.word):
                return broken
    return None


def starts_in_time(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """Where the pack refuses what has begun; elsewhere it is flagged."""
    rule = law_for(command, facts).pack.filing.after_start
    if rule.value == "refuse" and has_started(command):
        return STARTED_ALREADY.citing(rule.source)
    return None


def has_started(command: SubmitFiling) -> bool:
    """Filed on its first day or later."""
    return china_day(command.envelope.at) >= command.form.starts.day


ON_FORM = (
    fields_are_given,
    choices_are_known,
    nothing_contradicts_the_run_type,
    promises_are_given,
    days_are_in_order,
    hours_are_possible,
    words_name_nobody,
    starts_in_time,
)
