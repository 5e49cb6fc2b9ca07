"""What a pack of the right shape can still get wrong. Each reason names the place."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from libs.policy.demands import demands_can_be_met
from libs.policy.figures import Status, figures
from libs.policy.recognition import around
from libs.policy.windows import Window

if TYPE_CHECKING:
    from libs.policy.pack import Pack

Reasons = Iterator[str]

_READ = (Status.VERIFIED, Status.READING)


def reasons_against(pack: "Pack") -> Reasons:
    """Every reason why this is no pack."""
    for one in CHECKS:
        yield from one(pack)


def names_are_single(pack: "Pack") -> Reasons:
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
            yield f"{place}: {word} is given twice"


def sources_are_known(pack: "Pack") -> Reasons:
    """Every figure cites a document of the pack; what was read in it, one that was read."""
    for path, figure in figures(pack):
        document = pack.documents.get(figure.source.document)
        if document is None:
            yield f"{path}: unknown document {figure.source.document}"
        elif figure.status in _READ and document.seen not in ("full", "part"):
            yield f"{path}: {figure.status}, but {figure.source.document} was not read"
        elif (figure.status is Status.ILLUSTRATIVE) != (document.seen == "own"):
            yield f"{path}: a figure of our own is illustrative and cites our own convention"
        elif (figure.status is Status.READING) != bool(figure.decided):
            yield f"{path}: a reading names the page that decides it, and nothing else does"


def windows_are_open(pack: "Pack") -> Reasons:
    """A window ends no earlier than it begins; what flags says how. A late audit is flagged
    always: where it is refused, once the bureau has lengthened the window."""
    for path, figure in figures(pack):
        if not isinstance(figure, Window):
            continue
        if figure.opens and figure.closes < figure.opens:
            yield f"{path}: ends on {figure.closes}, before it begins on {figure.opens}"
        if (figure.late == "flag" or path == "hours.audit") != bool(figure.flag):
            yield f"{path}: a flag belongs to what is flagged when late, and to nothing else"


def categories_are_known(pack: "Pack") -> Reasons:
    """Rules and make-ups speak of subjects that the pack has."""
    codes = {category.code for category in pack.categories}
    for rule in pack.recognition:
        if rule.category not in codes:
            yield f"recognition.{rule.rule}: unknown category {rule.category}"
    for make_up in pack.make_ups:
        for code in make_up.categories:
            if code not in codes:
                yield f"make_ups.{make_up.of_year}: unknown category {code}"


def groups_are_known(pack: "Pack") -> Reasons:
    """A cap lies within another that exists, never within itself, and in one subject."""
    groups = {cap.group for cap in pack.caps}
    for rule in pack.recognition:
        if rule.group and rule.group not in groups:
            yield f"recognition.{rule.rule}: unknown group {rule.group}"
    for cap in pack.caps:
        if cap.within and cap.within not in groups:
            yield f"caps.{cap.group}: unknown group {cap.within}"
        if cap.within and cap.group in around(cap.within, pack.caps):
            yield f"caps.{cap.group}: lies within itself"
        inside = {r.category for r in pack.recognition if cap.group in around(r.group, pack.caps)}
        if not inside:
            yield f"caps.{cap.group}: caps nothing"
        if len(inside) > 1:
            yield f"caps.{cap.group}: holds rules of {' and '.join(sorted(inside))}"


def courses_are_known(pack: "Pack") -> Reasons:
    """The public subject's courses are granted by rules for courses."""
    if pack.public_ is None:
        return
    courses = {rule.rule for rule in pack.recognition if rule.enters == rule.by == "course"}
    for course in (pack.public_.required, pack.public_.elective):
        if course.rule not in courses:
            yield f"public: {course.rule} is no rule for courses"


def steps_are_in_order(pack: "Pack") -> Reasons:
    """A step after the class needs only what an earlier step gives; a choice asks for a field."""
    if pack.filing_ is None:
        return
    done = {"end"}
    for step in pack.filing_.steps:
        for need in step.needs:
            if need not in done:
                yield f"filing.steps.{step.word}: needs {need}, which no earlier step gives"
        done.add(step.word)
    fields = {field.word for field in pack.filing_.form}
    for choice in (*pack.filing_.run_types, *pack.filing_.modes):
        if choice.asks and choice.asks not in fields:
            yield f"filing: {choice.word} asks for an unknown field {choice.asks}"


CHECKS: tuple[Callable[["Pack"], Reasons], ...] = (
    names_are_single,
    sources_are_known,
    windows_are_open,
    categories_are_known,
    groups_are_known,
    courses_are_known,
    demands_can_be_met,
    steps_are_in_order,
)
