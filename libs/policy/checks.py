"""What a pack of the right shape can still get wrong. Each reason names the place."""

from collections.abc import Callable, Iterator

from libs.events.values import shown_day
from libs.policy.demands import demands_can_be_met
from libs.policy.figures import Status, figures
from libs.policy.pack import Pack
from libs.policy.recognition import around
from libs.policy.windows import Window

Reasons = Iterator[str]

_READ = (Status.VERIFIED, Status.READING)


def reasons_against(pack: Pack) -> Reasons:
    """Every reason why this is no pack."""
    for one in CHECKS:
        yield from one(pack)


def names_are_single(pack: Pack) -> Reasons:
    """No word is given twice."""
    named = {
        "categories": [category.code for category in pack.categories],
        "recognition": [rule.rule for rule in pack.recognition],
        "caps": [cap.group for cap in pack.caps],
        "certificates": [certificate.kind for certificate in pack.certificates],
        "make_ups": [str(make_up.of_year) for make_up in pack.make_ups],
    }
    for certificate in pack.certificates:
        named[f"certificates.{certificate.kind}"] = [r.word for r in certificate.requirements]
    if pack.filing_:
        named["filing.form"] = [field.word for field in pack.filing_.form]
        named["filing.steps"] = [step.word for step in pack.filing_.steps]
    for place, words in named.items():
        for word in sorted({word for word in words if words.count(word) > 1}):
            yield f"{place}：{word} 重复"


def sources_are_known(pack: Pack) -> Reasons:
    """Every figure cites a document of the pack; what was read in it, one that was read."""
    for path, figure in figures(pack):
        document = pack.documents.get(figure.source.document)
        if document is None:
            yield f"{path}：没有此文件 {figure.source.document}"
        elif figure.status in _READ and document.seen not in ("full", "part"):
            yield f"{path}：标为 {figure.status}，但 {figure.source.document} 未经查阅"
        elif (figure.status is Status.ILLUSTRATIVE) != (document.seen == "own"):
            yield f"{path}：平台自定的数值须标为 illustrative，并以平台约定为依据"
        elif (figure.status is Status.READING) != bool(figure.decided):
            yield f"{path}：标为 reading 的须写明决定它的页，其他的不写"


def windows_are_open(pack: Pack) -> Reasons:
    """A window ends no earlier than it begins; what flags says how. A late audit is flagged
    always: where it is refused, once the bureau has lengthened the window."""
    for path, figure in figures(pack):
        if not isinstance(figure, Window):
            continue
        if figure.opens and figure.closes < figure.opens:
            yield (
                f"{path}：截止日 {shown_day(figure.closes)} 早于起始日 {shown_day(figure.opens)}"
            )
        if (figure.late == "flag" or path == "hours.audit") != bool(figure.flag):
            yield f"{path}：逾期标记须写在逾期受理并标记的时限上，也只写在那里"


def categories_are_known(pack: Pack) -> Reasons:
    """Rules and make-ups speak of subjects that the pack has."""
    codes = {category.code for category in pack.categories}
    for rule in pack.recognition:
        if rule.category not in codes:
            yield f"recognition.{rule.rule}：没有此科目 {rule.category}"
    for make_up in pack.make_ups:
        for code in make_up.categories:
            if code not in codes:
                yield f"make_ups.{make_up.of_year}：没有此科目 {code}"


def groups_are_known(pack: Pack) -> Reasons:
    """A cap lies within another that exists, never within itself, and in one subject."""
    groups = {cap.group for cap in pack.caps}
    for rule in pack.recognition:
        if rule.group and rule.group not in groups:
            yield f"recognition.{rule.rule}：没有此限额 {rule.group}"
    for cap in pack.caps:
        if cap.within and cap.within not in groups:
            yield f"caps.{cap.group}：没有此限额 {cap.within}"
        if cap.within and cap.group in around(cap.within, pack.caps):
            yield f"caps.{cap.group}：包含了自身"
        inside = {r.category for r in pack.recognition if cap.group in around(r.group, pack.caps)}
        if not inside:
            yield f"caps.{cap.group}：没有受其限制的类别"
        if len(inside) > 1:
            yield f"caps.{cap.group}：包含多个科目的类别 {'、'.join(sorted(inside))}"


def courses_are_known(pack: Pack) -> Reasons:
    """The public subject's courses are granted by rules for courses."""
    if pack.public_ is None:
        return
    courses = {rule.rule for rule in pack.recognition if rule.enters == rule.by == "course"}
    for course in (pack.public_.required, pack.public_.elective):
        if course.rule not in courses:
            yield f"public：{course.rule} 不是课程的认定规则"


def steps_are_in_order(pack: Pack) -> Reasons:
    """A step after the class needs only what an earlier step gives; a choice asks for a field."""
    if pack.filing_ is None:
        return
    done = {"end"}
    for step in pack.filing_.steps:
        for need in step.needs:
            if need not in done:
                yield f"filing.steps.{step.word}：所需的 {need} 不在其之前的步骤之中"
        done.add(step.word)
    fields = {field.word for field in pack.filing_.form}
    for choice in (*pack.filing_.run_types, *pack.filing_.modes):
        if choice.asks and choice.asks not in fields:
            yield f"filing：{choice.word} 要求的栏目 {choice.asks} 不存在"


CHECKS: tuple[Callable[[Pack], Reasons], ...] = (
    names_are_single,
    sources_are_known,
    windows_are_open,
    categories_are_known,
    groups_are_known,
    courses_are_known,
    demands_can_be_met,
    steps_are_in_order,
)
