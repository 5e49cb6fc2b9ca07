"""`make later DAYS=6`: the days of the province that is up go by."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx

from deploy.local import asked
from deploy.local.folders import InUse, held
from deploy.local.layout import PROVINCE
from deploy.local.story.caller import Caller
from deploy.local.story.scene import clock_goes_to
from deploy.local.troubles import NO_PROVINCE, Trouble
from deploy.local.welcome import today
from libs.runtime import clock


def later(folder: Path = PROVINCE) -> None:
    """Move its clock forward by DAYS; every service has seen it when this returns."""
    days = asked.days()
    asyncio.run(_go_by(folder / "clock.json", days, _address_of(folder)))


def _address_of(folder: Path) -> str:
    """Where the province is up. Trouble: nobody keeps it up, or it is being loaded."""
    address = folder / "address"
    try:
        if folder.is_dir():
            with held(folder):
                pass
    except InUse:
        if address.exists() and (folder / "logins.json").exists():
            return address.read_text()
    raise Trouble(NO_PROVINCE)


async def _go_by(file: Path, days: int, address: str) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        await clock_goes_to(clock.Clock(file).now() + timedelta(days=days), file, Caller(http))
    print(today(clock.Clock(file).now()))
    print("Who was logged in logs in again: tokens and sessions are of another day.")
