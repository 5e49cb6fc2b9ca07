"""Forms: what a click says is known by its parts, of which there are few."""

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, File, UploadFile

from libs.events.envelope import Actor, Role
from libs.runtime.clock import Clock
from libs.runtime.composition import Composition
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from libs.runtime.web.click import Clicked
from libs.runtime.web.limits import FORMS
from tests.component import signing, tally

router = APIRouter()


@router.post("/declared")
async def declared(click: Clicked, file: UploadFile = File()) -> str:  # noqa: B008
    """A form that is parsed before the click is made."""
    assert await file.read()
    return (click.words or b"").hex()


@router.post("/read")
async def read(click: Clicked) -> str:
    """A form that is parsed for the click."""
    return (click.words or b"").hex()


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    """Of an app with these two, whose database nobody asks."""
    settings = Settings(aside_key="00" * 32, token_keys=signing.write_keys(tmp_path))
    app = app_of(Composition(tally.SERVICE, "Forms", "", [router]), settings)
    somebody = Actor(UUID(int=7), Role.LEARNER, session_id=UUID(int=8))
    return signing.Keyed(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://test",
        headers=signing.headers(somebody, Clock()),
    )


def parts(files: int, fields: int, size: int = 1) -> dict[str, Any]:
    """A form of so many files, and fields of so many bytes."""
    return {
        "files": [("file", (f"{n}.bin", b"x" * 300_000)) for n in range(files)],
        "data": {f"field-{n}": "x" * size for n in range(fields)},
    }


@pytest.mark.parametrize("path", ["/declared", "/read"])
async def test_the_same_parts_are_the_same_words_whatever_the_boundary(
    client: httpx.AsyncClient, path: str
) -> None:
    one, again = [await client.post(path, **parts(1, FORMS["max_fields"])) for _ in range(2)]
    other = await client.post(path, **parts(1, FORMS["max_fields"] - 1))
    assert one.status_code == other.status_code == 200
    assert one.request.headers["content-type"] != again.request.headers["content-type"]
    assert one.json() == again.json() != other.json()


@pytest.mark.parametrize("path", ["/declared", "/read"])
@pytest.mark.parametrize(
    "sent",
    [
        parts(FORMS["max_files"] + 1, 0),
        parts(1, FORMS["max_fields"] + 1),
        parts(1, 1, FORMS["max_part_size"] + 1),
    ],
    ids=["files", "fields", "a field's size"],
)
async def test_a_form_of_too_many_parts_is_refused(
    client: httpx.AsyncClient, path: str, sent: dict[str, Any]
) -> None:
    answer = await client.post(path, **sent)
    assert answer.status_code == 400
    assert answer.json()["rule"] == "body-invalid"
