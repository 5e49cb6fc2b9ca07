"""The real bases of annex 3: 5 national and 39 regional titles, held by 40 units."""

import tomllib
from pathlib import Path
from typing import Any

from deploy.local.layout import ROOT
from deploy.local.story.scene import Scene
from deploy.local.telling import expect

LIST: Path = ROOT / "services/identity/bases.toml"
SAID = ("level", "batch", "former_name", "phone")
BASE = "广西大学"  # the one that files a class


def listed() -> list[dict[str, Any]]:
    """Annex 3, row by row."""
    found: list[dict[str, Any]] = tomllib.loads(LIST.read_text())["bases"]
    return found


async def the_bases_are_designated(scene: Scene) -> str:
    """Each unit is registered once and given its titles by the province."""
    cast = scene.cast
    bureau = cast.callers["author"]
    titles = listed()
    for title in titles:
        words = {name: title[name] for name in SAID if name in title}
        unit = title["name"]
        if unit not in cast.units:
            scene.notes[f"code of {unit}"] = await cast.unit(bureau, unit)
        await bureau.do("POST", f"/identity/units/{cast.units[unit]}/bases", words)
    shown = await cast.nobody.do("GET", "/identity/bases")
    double = {base["name"] for base in shown if base["double"]}
    expect(len(shown) == len(titles), f"{len(shown)} titles are listed")
    code = scene.notes[f"code of {BASE}"]
    cast.callers["base"] = await cast.account(BASE, code, bureau)
    return f"{len(shown)} titles are listed, {len(double)} units hold both (双基地)"
