"""Freezing (冻结): each event version's JSON Schema as a file, so that a change is seen.

    python -m libs.events.freeze             write new events; take up additions; refuse the rest
    python -m libs.events.freeze --again     write anew whatever has not been released
    python -m libs.events.freeze --release   the same as the first, and from now on nothing of it
                                             is ever written anew

A released event changes by additions with a default, or is a new version with an upcaster. A
test fails while an event and its file differ, so that nothing changes by accident.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from libs.events.compatibility import RELEASED, compatible
from libs.events.event import Event
from libs.events.language import all_events

SCHEMAS = Path(__file__).with_name("schemas")

Schema = dict[str, Any]


class _WithoutTitles(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        """A field's name is title enough."""
        del schema
        return False


def name_of(event: type[Event]) -> str:
    """The event version's name: hours.HoursClaimed.v1."""
    return f"{event.wire_name()}.v{event.version}"


def schema_of(event: type[Event]) -> Schema:
    """What the event's body is now; the fields that key and version it belong to its contract."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name_of(event),
        RELEASED: False,
        "x-subject": event.subject,
        "x-about": event.about,
        **event.model_json_schema(schema_generator=_WithoutTitles),
    }


def frozen_in(folder: Path) -> dict[str, Schema]:
    """The frozen schemas, by name."""
    return {file.stem: json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))}


def differences(frozen: Mapping[str, Schema], current: Mapping[str, Schema]) -> list[str]:
    """A sentence for each event whose file is not what the event is."""
    return [
        f"{name}: not frozen as it is"
        for name, schema in current.items()
        if _unmarked(frozen.get(name, {})) != _unmarked(schema)
    ]


def freeze(
    frozen: Mapping[str, Schema], current: Mapping[str, Schema], *, again: bool
) -> tuple[dict[str, Schema], list[str]]:
    """The schemas to keep from now on, and why some events can't be what they are now.

    `again` writes anew what has not been released, and drops what no longer exists.
    """
    kept = {n: s for n, s in frozen.items() if n in current or s.get(RELEASED) or not again}
    broken = []
    for name, schema in current.items():
        before = frozen.get(name)
        if before is None or (again and not before.get(RELEASED)):
            kept[name] = schema
            continue
        problems = [f"{name}: {problem}" for problem in compatible(before, schema)]
        broken += problems
        if not problems:
            kept[name] = schema | {RELEASED: before.get(RELEASED, False)}
    return kept, broken


def main(arguments: list[str], folder: Path = SCHEMAS) -> int:
    """0 when the files say what the events are."""
    parser = argparse.ArgumentParser(prog="python -m libs.events.freeze", description=__doc__)
    parser.add_argument("--again", action="store_true", help="what is unreleased may change")
    parser.add_argument("--release", action="store_true", help="nothing of it changes any more")
    asked = parser.parse_args(arguments)
    current = {name_of(event): schema_of(event) for event in all_events().classes.values()}
    kept, broken = freeze(frozen_in(folder), current, again=asked.again)
    if broken:
        sys.stderr.write("\n".join([*broken, "Nothing was written.", ""]))
        return 1
    for file in folder.glob("*.json"):
        if file.stem not in kept:
            file.unlink()
    for name, schema in kept.items():
        marked = schema | {RELEASED: asked.release or schema[RELEASED]}
        text = json.dumps(marked, ensure_ascii=False, indent=2)
        (folder / f"{name}.json").write_text(text + "\n")
    sys.stdout.write(f"{len(kept)} event versions are frozen\n")
    return 0


def _unmarked(schema: Schema) -> Schema:
    return {word: value for word, value in schema.items() if word != RELEASED}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
