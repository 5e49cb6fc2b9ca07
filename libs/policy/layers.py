"""A pack's text as data, and the laying of one layer over the pack beneath it."""

import json
import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from libs.policy.refused import PackRefused

OWN = frozenset({"id", "version", "title", "jurisdiction", "level", "year", "extends"})
"""What a layer says of itself, never inherited."""

NAMED = frozenset({"documents", "contacts", "clauses"})
"""Sections of named things: the names of both layers together."""

Data = dict[str, Any]


def read(text: str) -> Data:
    """The data of a pack's TOML; PackRefused with the line."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PackRefused([str(error)]) from None


def over(layer: Data, base: Data) -> Data:
    """Everything of the base that the layer doesn't say; what both say is refused.

    To tighten or replace a figure needs a rule for each key of who may: there is none yet.
    """
    whole: Data = {name: part for name, part in base.items() if name not in OWN}
    for name, part in layer.items():
        if name in NAMED and isinstance(part, dict):
            inherited = whole.get(name, {})
            if twice := sorted(inherited.keys() & part.keys()):
                raise PackRefused([f"{name}: {base['id']} has {', '.join(twice)} already"])
            whole[name] = {**inherited, **part}
        elif name in whole and name not in OWN:
            raise PackRefused([f"{name}: {base['id']} says it already; a layer may not replace"])
        else:
            whole[name] = part
    return whole


def as_json(data: Data) -> str:
    """The data as JSON; dates and decimals as they are written. PackRefused names the place."""
    return json.dumps(_plain(data, ""), ensure_ascii=False)


def _plain(value: object, path: str) -> object:
    match value:
        case dict():
            return {name: _plain(part, f"{path}.{name}".strip(".")) for name, part in value.items()}
        case list():
            return [_plain(part, f"{path}.{number}") for number, part in enumerate(value)]
        case date() | Decimal() if not isinstance(value, datetime):
            return str(value)
        case str() | int() | None:
            return value
    raise PackRefused([f"{path}: a {type(value).__name__} has no place in a pack"])
