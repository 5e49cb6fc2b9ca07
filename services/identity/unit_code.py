"""统一社会信用代码 (GB 32100-2015): 17 characters and a check character."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SHAPE = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{18}$")


def check_character(first: str) -> str:
    """The check character of these 17."""
    total = sum(w * _ALPHABET.index(c) for w, c in zip(_WEIGHTS, first, strict=True))
    return _ALPHABET[-total % 31]


def is_unit_code(code: str) -> bool:
    """Whether the characters are allowed and the last one is right."""
    return bool(_SHAPE.fullmatch(code)) and check_character(code[:17]) == code[17]
