"""Durable commands over HTTP: claim, submit, pass, on 64 connections, everything on."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local.server import Servers
from libs.runtime.settings import Settings
from services.hours.service import compose
from tests.bench import stage as staging

SECONDS = 8.0


async def measure(servers: Servers) -> None:
    """The figure beside the same server without a database."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        stage = await staging.set_up(servers, compose(Settings(files=folder)), folder, 2000)
        current = asyncio.create_task(staging.keep_current(stage))
        await asyncio.to_thread(_figures, stage)
        current.cancel()


def _figures(stage: staging.Stage) -> None:
    with stage.web("tests.bench.ceiling") as port:
        ceiling = stage.load(port, SECONDS)
    print("ceiling", ceiling)
    with stage.web("libs.runtime", "hours", "web") as port:
        print("bare", stage.load(port, SECONDS))
        with stage.process("libs.runtime", "hours", "relay,react,timer"):
            stage.load(port, 2)
            print("with relay", stage.load(port, SECONDS))
            print("offered 800", stage.load(port, SECONDS, offered=800))
