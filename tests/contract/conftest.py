"""The descriptions of the services' APIs (OpenAPI), as who connects to one reads it."""

from pathlib import Path
from typing import Any

import pytest

from libs.runtime.__main__ import composed, services
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from tests.component.signing import write_keys

Described = tuple[str, dict[str, Any]]


@pytest.fixture(params=services())
def described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Described:
    """Each service in turn: its name and its API. No server is asked."""
    monkeypatch.setenv("JIXU_IDENTITY_VAULT_KEYS", "00" * 32)
    settings = Settings(
        aside_key="00" * 32, match_key="00" * 32, token_keys=write_keys(tmp_path), files=tmp_path
    )
    return request.param, app_of(composed(request.param)(settings), settings).openapi()
