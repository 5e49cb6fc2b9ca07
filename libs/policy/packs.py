"""How a pack is read: from a draft's text over the pack beneath it, or as it was published."""

import json

from pydantic import ValidationError

from libs.policy import layers
from libs.policy.checks import reasons_against
from libs.policy.pack import Pack
from libs.policy.refused import PackRefused


def from_toml(text: str, base: Pack | None = None) -> Pack:
    """The pack in a draft's text, laid over the base that it extends; PackRefused."""
    return from_data(layers.read(text), base)


def from_data(layer: layers.Data, base: Pack | None = None) -> Pack:
    """The same from plain data."""
    if layer.get("extends") != (base.id if base else None):
        under = base.id if base else "nothing"
        raise PackRefused([f"extends: {layer.get('extends') or 'nothing'}, laid over {under}"])
    if base:
        beneath = {"id": base.id, "version": base.version, "digest": base.digest}
        layer = {**layers.over(layer, json.loads(base.canonical_json())), "extends": beneath}
    return from_json(layers.as_json(layer))


def from_json(text: str) -> Pack:
    """The pack in the content of a PackPublished; PackRefused with every reason."""
    try:
        pack = Pack.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise PackRefused.by_shape(error) from None
    if reasons := tuple(reasons_against(pack)):
        raise PackRefused(reasons)
    return pack
