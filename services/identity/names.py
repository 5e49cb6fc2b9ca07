"""Names of people: what may be in one, and how it is read (拼音), for search and order."""

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

from libs.events.documents import LONGEST_NAME

_ALLOWED = re.compile(r"^[^\W\d_]+([·•・.．\-'’ ]+[^\W\d_]+)*[.．]?$")

SURNAMES = {
    "仇": "qiu", "任": "ren", "佴": "nai", "佟": "tong", "冼": "xian", "区": "ou", "华": "hua",
    "单": "shan", "召": "shao", "哈": "ha", "尉": "wei", "应": "ying", "折": "she", "曲": "qu",
    "曾": "zeng", "朴": "piao", "查": "zha", "柏": "bai", "洗": "xian", "燕": "yan", "牟": "mou",
    "盖": "ge", "盛": "sheng", "种": "chong", "秘": "bi", "纪": "ji", "缪": "miao", "翟": "zhai",
    "葛": "ge", "薄": "bo", "覃": "qin", "解": "xie", "谌": "chen", "车": "che", "那": "na",
    "重": "chong", "员": "yun", "乐": "yue", "逄": "pang", "隗": "wei", "黑": "he",
}  # fmt: skip
DOUBLE = {
    "万俟": ["mo", "qi"], "单于": ["chan", "yu"], "尉迟": ["yu", "chi"], "澹台": ["tan", "tai"],
    "长孙": ["zhang", "sun"], "令狐": ["ling", "hu"], "宇文": ["yu", "wen"],
}  # fmt: skip


def is_name(text: str) -> bool:
    """Letters or characters, with the dots, hyphens and spaces between the parts of a name."""
    return len(text) <= LONGEST_NAME and bool(_ALLOWED.fullmatch(text))


def tidy(text: str) -> str:
    """One width, no space around, and none inside a Chinese name."""
    name = unicodedata.normalize("NFKC", text).strip().replace("•", "·").replace("・", "·")
    return name if name.isascii() else re.sub(r"\s+", "", name)


def _read(name: str, style: Style) -> list[str]:
    rest = lazy_pinyin(name, style=style, errors="default")
    if name[:2] in DOUBLE:
        head = DOUBLE[name[:2]]
        tail = lazy_pinyin(name[2:], style=style, errors="default")
    elif name[:1] in SURNAMES:
        head, tail = [SURNAMES[name[0]]], lazy_pinyin(name[1:], style=style, errors="default")
    else:
        return rest
    return [*(part[0] if style is Style.FIRST_LETTER else part for part in head), *tail]


def pinyin(name: str) -> str:
    """The name in letters, such as qinxiaoming."""
    return "".join(_read(name, Style.NORMAL)).lower()


def initials(name: str) -> str:
    """The first letters, such as qxm."""
    return "".join(_read(name, Style.FIRST_LETTER)).lower()
