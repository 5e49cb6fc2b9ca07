"""Who connects to an API reads the official term of each operation, parameter and field."""

import json
import re
from typing import Any

from libs.events.roles import EVERYBODY
from libs.runtime.web.terms import TERMS, term_of
from tests.contract.conftest import Described

CHINESE = re.compile("[\u4e00-\u9fff]")


def test_an_operation_says_its_term_and_every_word_is_explained(described: Described) -> None:
    _, found = described
    operations = [one for path in found["paths"].values() for one in path.values()]
    assert operations
    silent = [one["operationId"] for one in operations if not CHINESE.search(one["summary"])]
    assert silent == []
    bare = {
        parameter["name"]
        for one in operations
        for parameter in one.get("parameters", ())
        if not parameter.get("description")
    }
    bare |= {
        f"{name}.{field}"
        for name, schema in found["components"]["schemas"].items()
        for field, said in schema.get("properties", {}).items()
        if not said.get("description")
    }
    assert bare == set()


def test_a_refusal_can_call_every_field_of_a_request_by_its_term(described: Described) -> None:
    _, found = described
    schemas = found["components"]["schemas"]
    operations = [one for path in found["paths"].values() for one in path.values()]
    unnamed = {
        f"{one['operationId']} {parameter['name']}"
        for one in operations
        for parameter in one.get("parameters", ())
        if parameter["in"] != "header" and not term_of(parameter["description"])
    }
    for name in sent(operations, schemas):
        for field, said in schemas[name].get("properties", {}).items():
            if not term_of(said["description"]):
                unnamed.add(f"{name}.{field}")
    assert unnamed == set()


def sent(operations: list[Any], schemas: dict[str, Any]) -> set[str]:
    """The names of the schemas that bodies are made of."""
    found: set[str] = set()
    left = [json.dumps(one.get("requestBody", {})) for one in operations]
    while left:
        new = set(re.findall(r'#/components/schemas/(\w+)"', left.pop())) - found
        found |= new
        left += [json.dumps(schemas[name]) for name in new]
    return found


def test_the_login_offers_every_role_of_a_person_and_no_other(described: Described) -> None:
    service, found = described
    if service == "identity":
        offered = found["components"]["schemas"]["Login"]["properties"]["role"]["enum"]
        assert set(offered) == {role.value for role in EVERYBODY}


def test_no_term_stands_for_two_things() -> None:
    assert [term for term in TERMS.values() if "或" in term] == []
