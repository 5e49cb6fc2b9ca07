"""The web role: one service's app behind uvicorn."""

import ipaddress
import json
from typing import Any

import uvicorn
from fastapi import FastAPI
from joserfc.jwk import KeySet
from prometheus_client import start_http_server

from libs.runtime.composition import Composition
from libs.runtime.settings import Settings
from libs.runtime.telemetry.observer import Telemetry
from libs.runtime.tokens import Verifier
from libs.runtime.web import app
from libs.runtime.web.desk import Desk
from libs.runtime.web.heads import Heads


def app_of(found: Composition, settings: Settings, root: str = "") -> FastAPI:
    """The app of a service, wherever it is mounted. SystemExit without keys for tokens."""
    if settings.token_keys is None:
        raise SystemExit("JIXU_TOKEN_KEYS: not set; tokens are verified by identity's public keys")
    keys: Any = json.loads(settings.token_keys.read_text())
    verifier = Verifier(KeySet.import_key_set(keys))
    desk = Desk(found, settings, verifier, Telemetry(found.service.name))
    return app.build(desk, found.routers, found.title, found.description, root, found.refuses)


def may_listen(host: str, simulated_clock: bool) -> bool:
    """A process on a simulated clock never listens beyond loopback."""
    if not simulated_clock:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def tell_metrics(settings: Settings) -> None:
    """Answer a worker's scrapes and probes, from a thread of its own, until the process ends."""
    if settings.metrics_port:
        _refuse_beyond_loopback(settings)
        start_http_server(settings.metrics_port, settings.host)


def _refuse_beyond_loopback(settings: Settings) -> None:
    if not may_listen(settings.host, settings.clock is not None):
        raise SystemExit(f"JIXU_CLOCK is set: refusing to listen on {settings.host}")


async def serve(asgi: FastAPI, settings: Settings) -> None:
    """Listen until told to stop."""
    _refuse_beyond_loopback(settings)
    config = uvicorn.Config(
        asgi,
        host=settings.host,
        port=settings.port,
        loop="none",
        http=Heads,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    await uvicorn.Server(config).serve()
