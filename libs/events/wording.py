"""What is wrong with a field, said in Chinese with its limit; its value is never repeated.

Forms of every service, sheets and packs say it in these words.
"""

import re
from collections.abc import Mapping
from typing import Any

NO_SUCH_DAY = "没有这一天"

_SENTENCES = {
    "missing": "未填写",
    "extra_forbidden": "接口说明中没有此字段",
    "literal_error": "不在可选的取值之内，应为：{expected}",
    "enum": "不在可选的取值之内，应为：{expected}",
    "string_pattern_mismatch": "格式不符合要求",
    "string_too_short": "不得少于 {min_length} 个字符",
    "string_too_long": "不得超过 {max_length} 个字符",
    "string_type": "应为文字",
    "string_unicode": "含有不能识别的字符",
    "too_short": "不得少于 {min_length} {counted}",
    "too_long": "不得超过 {max_length} {counted}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "multiple_of": "应为 {multiple_of} 的倍数",
    "finite_number": "应为有限的数",
    "decimal_max_places": "小数不得超过 {decimal_places} 位",
    "decimal_max_digits": "不得超过 {max_digits} 位数字",
    "json_invalid": "不是有效的 JSON",
    "json_type": "不是有效的 JSON",
    "none_required": "应为空",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "set_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "date_future": "应为将来的日期",
    "date_past": "应为过去的日期",
    "timezone_aware": "时间须带时区",
    "no_such_day": NO_SUCH_DAY,
}
_KINDS = {
    "int": "应为整数",
    "float": "应为数",
    "decimal": "应为数",
    "bool": "应为 true 或 false",
    "date": "应为日期，如 2024-12-20",
    "datetime": "应为时间，如 2024-12-20T09:00:00+08:00",
    "time": "应为时刻，如 09:00",
    "uuid": "应为编号（UUID）",
    "url": "应为网址",
    "bytes": "应为文件",
    "union": "不在可选的形式之内",
    "string": "文字不符合要求",
    "value": "内容或格式不符合要求",
}
_AS = "格式不符合要求，如 "
_WANTED = {
    "4.00": f"{_AS}4.00",
    "2024-12-20/am": f"{_AS}2024-12-20/am",
    "0771-5866234": f"{_AS}0771-5866234",
    "530004": f"{_AS}530004",
    "name@example.cn": f"{_AS}name@example.cn",
    "/materials/1": f"{_AS}/materials/1",
    "13800000000": "应为 11 位手机号码",
    "gx-2024": "应为小写英文代码，如 gx-2024",
    "self_study.own": "应为小写英文代码，如 self_study.own",
    "annual": "应为小写英文代码，如 annual",
    "A": "应为选项字母，如 A",
    "0" * 64: "应为文件的 SHA-256 摘要（64 位十六进制）",
}
"""What a pattern may want, by what fits it; the first that does says it."""
_OUTSIDE = ("day value", "month value")

OTHERWISE = "内容或格式不符合要求"


def sentence(error: Mapping[str, Any]) -> str:
    """One error of pydantic's as a sentence. Whatever is new to us is said without particulars."""
    type_, limits = str(error["type"]), error.get("ctx", {})
    if wanted := _wanted(str(limits.get("pattern", ""))):
        return wanted
    if str(limits.get("error", "")).startswith(_OUTSIDE):
        return NO_SUCH_DAY
    if template := _SENTENCES.get(type_):
        try:
            return template.format_map({**_shown(limits), "counted": _counted(error)})
        except KeyError:
            return OTHERWISE
    return _KINDS.get(type_.partition("_")[0], OTHERWISE)


def _wanted(pattern: str) -> str | None:
    found = (said for fits, said in _WANTED.items() if re.search(pattern, fits))
    return next(found, None) if pattern else None


def _counted(error: Mapping[str, Any]) -> str:
    """Of what there are too many: a text that was read with a validator has items to pydantic."""
    if "input" in error:
        return "个字符" if isinstance(error["input"], str) else "项"
    return "个字符" if error.get("ctx", {}).get("field_type") == "Value" else "项"


def _shown(limits: Mapping[str, Any]) -> dict[str, str]:
    """The limits of a field; pydantic joins the words of a choice in English."""
    return {
        name: re.sub("', '|' or '", "、", str(limit)).strip("'") for name, limit in limits.items()
    }
