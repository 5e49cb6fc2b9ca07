"""Who connects to an API reads the official term of each operation, parameter and field."""

import re
from pathlib import Path

import pytest

from libs.runtime.__main__ import composed, services
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from tests.component.signing import write_keys

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("service", services())
def test_an_operation_says_its_term_and_every_word_is_explained(
    service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXU_IDENTITY_VAULT_KEYS", "00" * 32)
    settings = Settings(
        aside_key="00" * 32, match_key="00" * 32, token_keys=write_keys(tmp_path), files=tmp_path
    )
    found = app_of(composed(service)(settings), settings).openapi()
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
