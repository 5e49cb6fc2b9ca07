"""The command that freezes: additions are taken up, everything else is refused or released anew."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from libs.events import freeze
from libs.events.language import all_events

NAME = "hours.ClaimHeld.v1"
NOW = freeze.schema_of(all_events().classes["hours.ClaimHeld"])
HERE = {NAME: NOW}


def earlier(*, released: bool, without: str | None = None, **more: Any) -> dict[str, Any]:
    """The schema as it may have been frozen."""
    schema = deepcopy(NOW) | {"x-released": released}
    schema["properties"] |= more
    if without:
        del schema["properties"][without]
    return {NAME: schema}


def test_a_new_event_is_frozen() -> None:
    assert freeze.freeze({}, HERE, again=False) == (HERE, [])


def test_an_event_as_frozen_stays_and_stays_released() -> None:
    kept, broken = freeze.freeze(earlier(released=True), HERE, again=True)
    assert (kept[NAME]["x-released"], broken) == (True, [])
    assert freeze.differences(kept, HERE) == []


@pytest.mark.parametrize("released", [True, False])
def test_a_change_is_refused(released: bool) -> None:
    before = earlier(released=released, remark={"type": "string"})
    kept, broken = freeze.freeze(before, HERE, again=False)
    assert broken == [f"{NAME}: remark: removed: nothing is ever removed"]
    assert kept == before


def test_a_change_is_frozen_again_before_a_release_and_never_after() -> None:
    gone = {"type": "string"}
    assert freeze.freeze(earlier(released=False, remark=gone), HERE, again=True) == (HERE, [])
    kept, broken = freeze.freeze(earlier(released=True, remark=gone), HERE, again=True)
    assert broken
    assert "remark" in kept[NAME]["properties"]


def test_an_addition_is_taken_up_and_the_mark_stays() -> None:
    before = earlier(released=True, without="same_as")
    before[NAME]["required"].remove("same_as")
    addition = deepcopy(NOW)
    addition["required"].remove("same_as")
    kept, broken = freeze.freeze(before, {NAME: addition}, again=False)
    assert broken == []
    assert "same_as" in kept[NAME]["properties"]
    assert kept[NAME]["x-released"] is True


def test_what_no_longer_exists_goes_only_before_a_release() -> None:
    assert freeze.freeze(earlier(released=False), {}, again=True) == ({}, [])
    assert NAME in freeze.freeze(earlier(released=False), {}, again=False)[0]
    assert NAME in freeze.freeze(earlier(released=True), {}, again=True)[0]


def test_the_command_writes_refuses_and_releases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{NAME}.json"
    assert freeze.main([], tmp_path) == 0
    assert freeze.frozen_in(tmp_path) == freeze.frozen_in(freeze.SCHEMAS)

    file.write_text(json.dumps(earlier(released=False, remark={"type": "string"})[NAME]))
    before = file.read_text()
    assert freeze.main([], tmp_path) == 1
    assert file.read_text() == before
    assert "remark: removed" in capsys.readouterr().err

    assert freeze.main(["--again"], tmp_path) == 0
    assert freeze.main(["--release"], tmp_path) == 0
    assert all(schema["x-released"] for schema in freeze.frozen_in(tmp_path).values())
    assert freeze.main(["--again"], tmp_path) == 0
    assert all(schema["x-released"] for schema in freeze.frozen_in(tmp_path).values())
