"""培训班备案登记表 on paper: to be printed, stamped, scanned and uploaded again."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from libs.events.values import Hours, shown_day
from libs.policy import Pack
from libs.policy.filing import Choice
from services.filing.commands import Registration

LAYOUT = Path(__file__).with_name("form.typ")

_BASE = "XXX继续教育基地"  # in the annex's pledge
_NOT_YET = "（办班结束、填写备注后，方可下载加盖公章）"
_NOT_HELD = "未举办。"


def form_data(
    filing: Mapping[str, Any], form: Registration, pack: Pack, unit: str, remark: str
) -> dict[str, Any]:
    """What the layout shows. `filing`: its row; `remark`: as written, empty for the usual one."""
    rules = pack.filing
    return {
        "title": rules.form_title.value,
        "number": str(filing["filing_id"]),
        "labels": {field.word: field.label for field in rules.form},
        "said": _said(form) | {"declaring_unit": unit, "declared_on": _day(filing["declared_on"])},
        "run_types": _boxes(rules.run_types, {form.run_type.value} if form.run_type else set()),
        "modes": _boxes(rules.modes, set(form.modes)),
        "teachers": [f"{t.name}，{t.unit}，{t.post}" for t in form.teachers],
        "promises": rules.promises.value,
        "pledge": rules.pledge.value.replace(_BASE, _base(unit)),
        "remark": _remark(filing, rules.default_remark.value, remark),
        "sealing": _NOT_YET if filing["held"] is None else "",
    }


def _said(form: Registration) -> dict[str, str]:
    """Each field as people read it."""
    shown = {word: value for word, value in form.model_dump().items() if isinstance(value, str)}
    return shown | {
        "starts": form.starts.shown,
        "ends": form.ends.shown,
        "days": f"{form.days} 天",
        "hours": f"{(form.hours or Hours(0)).shown} 学时",
        "responsible_on": _day(form.responsible_on),
    }


def _base(unit: str) -> str:
    """The base's own name in the pledge: said once where it ends in the word already."""
    word = _BASE.removeprefix("XXX")
    return unit if unit.endswith(word) else f"{unit}{word}"


def _boxes(choices: tuple[Choice, ...], ticked: set[Any]) -> list[dict[str, Any]]:
    return [{"label": choice.label, "ticked": choice.word in ticked} for choice in choices]


def _day(day: date | None) -> str:
    return shown_day(day) if day else ""


def _remark(filing: Mapping[str, Any], usual: str, written: str) -> str:
    """备注: nothing before the report, the usual words where there was no difference."""
    if filing["held"] is None:
        return ""
    if filing["as_filed"]:
        return usual
    return f"{_NOT_HELD}{written}" if not filing["held"] else written
