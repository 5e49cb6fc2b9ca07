"""The packs of this repository: drafts, law only once they are published."""

from pathlib import Path

from libs.events.values import PackId
from libs.policy import packs
from libs.policy.layers import read
from libs.policy.pack import Pack
from libs.policy.refused import PackRefused

PACKS = Path(__file__).parent / "packs"


def names() -> tuple[PackId, ...]:
    """Every draft; whatever a draft extends comes before it."""
    found = [path.stem for path in PACKS.glob("*.toml")]
    return tuple(sorted(found, key=lambda name: (len(_lineage(name)), name)))


def draft(name: PackId) -> Pack:
    """One draft, laid over what it extends; PackRefused names the file."""
    pack: Pack | None = None
    for layer in _lineage(name):
        try:
            pack = packs.from_toml(_text(layer), pack)
        except PackRefused as refused:
            raise PackRefused(f"{layer}.toml: {reason}" for reason in refused.reasons) from None
    if pack is None or pack.id != name:
        raise PackRefused([f"{name}.toml: its id is {pack and pack.id}"])
    return pack


def _lineage(name: PackId) -> list[PackId]:
    """The draft and all beneath it, the lowest first."""
    lineage = [name]
    while beneath := read(_text(lineage[0])).get("extends"):
        if beneath in lineage:
            raise PackRefused([f"{name}.toml: extends itself"])
        lineage.insert(0, beneath)
    return lineage


def _text(name: PackId) -> str:
    path = PACKS / f"{name}.toml"
    if not path.is_file():
        raise PackRefused([f"{path.name}: no such draft"])
    return path.read_text("utf-8")
