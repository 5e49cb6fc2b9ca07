"""Tokens that the tests' apps accept, and clients that carry them."""

import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from joserfc.jwk import KeySet, OKPKey

from libs.events.envelope import Actor
from libs.runtime.clock import Clock
from libs.runtime.tokens import sign

KEY = OKPKey.generate_key("Ed25519", {"kid": "test"})
As = Callable[[Actor], httpx.AsyncClient]


def write_keys(folder: Path) -> Path:
    """The public keys, where a process reads them."""
    file = folder / "keys.json"
    file.write_text(json.dumps(KeySet([KEY]).as_dict(private=False)))
    return file


def headers(actor: Actor, clock: Clock) -> dict[str, str]:
    """What a click of this actor carries."""
    return {"Authorization": f"Bearer {sign(actor, KEY, clock.now())}"}


class Keyed(httpx.AsyncClient):
    """A client that gives every change a key of its own, unless the test names one."""

    async def request(self, method: str, url: Any, **kwargs: Any) -> httpx.Response:
        """With an Idempotency-Key."""
        given = kwargs.pop("headers", None) or {}
        if method not in ("GET", "HEAD"):
            given = {"Idempotency-Key": uuid.uuid4().hex} | dict(given)
        return await super().request(method, url, headers=given, **kwargs)


@asynccontextmanager
async def clients(app: FastAPI, clock: Clock) -> AsyncIterator[As]:
    """Clients of an app at work, one for each actor."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app):
        yield lambda actor: Keyed(
            transport=transport, base_url="http://test", headers=headers(actor, clock)
        )
