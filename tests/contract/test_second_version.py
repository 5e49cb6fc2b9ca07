"""An event changes its meaning: the old bytes stay, and are lifted when they are read."""

import json
from typing import Any, ClassVar
from uuid import UUID

import pytest

from libs.events.event import Event
from libs.events.hours import ClaimSubmitted
from libs.events.registry import Malformed, Registry, Unknown

PERSON, CLAIM, UNIT = UUID(int=1), UUID(int=2), UUID(int=3)
FIRST = ClaimSubmitted(person_id=PERSON, year=2024, claim_id=CLAIM, to_unit_id=UNIT)


class Submitted(Event):
    """提交审核: as a third release might have it: to several units, each at its stage."""

    version: ClassVar[int] = 3
    about: ClassVar[str] = "claim_id"

    person_id: UUID
    year: int
    claim_id: UUID
    to: dict[int, UUID]

    @classmethod
    def wire_name(cls) -> str:
        """The same event."""
        return ClaimSubmitted.wire_name()


def later() -> Registry:
    """What a later release reads with."""
    registry = Registry([Submitted])

    @registry.upcast("hours.ClaimSubmitted", 1)
    def to_a_list(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "to_units": [body["to_unit_id"]]}

    @registry.upcast("hours.ClaimSubmitted", 2)
    def to_stages(body: dict[str, Any]) -> dict[str, Any]:
        stages = {str(n): unit for n, unit in enumerate(body["to_units"], 1)}
        return {**body, "to": stages}

    return registry


def test_the_first_version_is_lifted_through_every_later_one() -> None:
    read = later().read("hours.ClaimSubmitted", 1, FIRST.model_dump_json())
    assert read == Submitted(person_id=PERSON, year=2024, claim_id=CLAIM, to={1: UNIT})


def test_the_second_is_lifted_once() -> None:
    body = FIRST.model_dump(mode="json") | {"to_units": [str(UNIT), str(PERSON)]}
    read = later().read("hours.ClaimSubmitted", 2, json.dumps(body))
    assert isinstance(read, Submitted)
    assert read.to == {1: UNIT, 2: PERSON}


def test_the_newest_is_read_as_it_is() -> None:
    newest = Submitted(person_id=PERSON, year=2024, claim_id=CLAIM, to={2: UNIT})
    assert later().read("hours.ClaimSubmitted", 3, newest.model_dump_json()) == newest


def test_an_older_release_keeps_a_newer_version_raw() -> None:
    with pytest.raises(Unknown):
        Registry([ClaimSubmitted]).read("hours.ClaimSubmitted", 2, FIRST.model_dump_json())


@pytest.mark.parametrize("body", ["{}", "[]", '"450103199001011234"', "null", "{", "[" * 100_000])
def test_what_an_upcaster_trips_over_is_malformed(body: str) -> None:
    with pytest.raises(Malformed) as malformed:
        later().read("hours.ClaimSubmitted", 1, body)
    assert "450103199001011234" not in str(malformed.value)


def test_every_step_must_be_there() -> None:
    registry = Registry([Submitted])
    assert not registry.lifts("hours.ClaimSubmitted", 1)
    registry.upcast("hours.ClaimSubmitted", 1)(dict)
    assert not registry.lifts("hours.ClaimSubmitted", 1)
    registry.upcast("hours.ClaimSubmitted", 2)(dict)
    assert registry.lifts("hours.ClaimSubmitted", 1)
    assert registry.lifts("hours.ClaimSubmitted", 3)
    assert not registry.lifts("hours.ClaimSubmitted", 4)
