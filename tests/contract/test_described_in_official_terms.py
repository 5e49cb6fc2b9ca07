"""Who connects to an API reads the official term of each operation, parameter and field."""

import re

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
