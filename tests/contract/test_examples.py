"""Who connects to an API sees what every field and every answer looks like."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from libs.decider import Kind
from libs.runtime.web.answers import REFUSALS
from libs.runtime.web.problems import PROBLEM, RESPONSES
from tests.contract.conftest import Described

CHINESE = re.compile("[\u4e00-\u9fff]")


def valid(example: Any, schema: Any, whole: dict[str, Any]) -> bool:
    """Against the schema, as a foreign reader of the description has it."""
    return Draft202012Validator({**schema, "components": whole["components"]}).is_valid(example)


def operations(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in whole["paths"].values():
        yield from path.values()


def test_every_field_has_an_example_that_it_allows(described: Described) -> None:
    _, whole = described
    wrong = {
        f"{name}.{field}": said.get("examples")
        for name, schema in whole["components"]["schemas"].items()
        for field, said in schema.get("properties", {}).items()
        if not said.get("examples") or not all(valid(one, said, whole) for one in said["examples"])
    }
    assert wrong == {}


def test_every_success_says_what_it_is_and_shows_it(described: Described) -> None:
    _, whole = described
    for operation in operations(whole):
        answers = {s: one for s, one in operation["responses"].items() if s < "4"}
        assert answers
        for answer in answers.values():
            assert answer["description"] != "Successful Response"
            assert CHINESE.search(answer["description"]), operation["operationId"]
            if content := answer.get("content", {}).get("application/json"):
                assert valid(content["example"], content["schema"], whole), operation["operationId"]


def test_every_refusal_shows_a_rule_of_the_product(described: Described) -> None:
    _, whole = described
    for operation in operations(whole):
        for status in set(operation["responses"]) & set(map(str, RESPONSES)):
            content = operation["responses"][status]["content"][PROBLEM]
            assert str(content["example"]["status"]) == status
            assert CHINESE.search(content["example"]["title"])
            assert valid(content["example"], content["schema"], whole)


def test_each_kind_but_a_conflict_is_shown_by_one_rule_that_all_share() -> None:
    kinds = [rule.kind for rule in REFUSALS]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(Kind) - {Kind.CONFLICT}
