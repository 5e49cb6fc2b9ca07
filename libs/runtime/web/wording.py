"""What is wrong with a field, said in Chinese with its limit; its value is never repeated."""

import re
from collections.abc import Mapping
from typing import Any

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
    "too_short": "不得少于 {min_length} 项",
    "too_long": "不得超过 {max_length} 项",
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
_EXAMPLES = ("4.00", "2024-12-20/am", "0771-5866234", "530004", "name@example.cn", "/materials/1")
"""Of what a pattern may want, the first that fits is shown."""

OTHERWISE = "内容或格式不符合要求"


def sentence(error: Mapping[str, Any]) -> str:
    """One error of pydantic's as a sentence. Whatever is new to us is said without particulars."""
    type_, limits = str(error["type"]), error.get("ctx", {})
    if example := _example(str(limits.get("pattern", ""))):
        return f"格式不符合要求，如 {example}"
    if template := _SENTENCES.get(type_):
        try:
            return template.format_map(_shown(limits))
        except KeyError:
            return OTHERWISE
    return _KINDS.get(type_.partition("_")[0], OTHERWISE)


def _example(pattern: str) -> str | None:
    return next((one for one in _EXAMPLES if pattern and re.search(pattern, one)), None)


def _shown(limits: Mapping[str, Any]) -> dict[str, str]:
    """The limits of a field; pydantic joins the words of a choice in English."""
    return {
        name: str(limit).replace(" or ", "、").replace("'", "") for name, limit in limits.items()
    }
