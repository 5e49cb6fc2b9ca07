"""YAML as people would write it: in the order given, text unescaped, no anchors."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

GENERATED = (
    "# Written by `.venv/bin/python -m deploy.render` from deploy/roles.py; change that instead.\n"
)

Yaml = Mapping[str, Any]


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """The same thing twice is written twice."""
        del data
        return True


def document(one: Yaml) -> str:
    """One document."""
    found: str = yaml.dump(one, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)
    return found


def documents(several: Iterable[Yaml], note: str = "") -> str:
    """A file of several documents, with its origin at the top."""
    return GENERATED + note + "---\n".join(document(one) for one in several)
