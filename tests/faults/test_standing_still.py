"""A process that stands still while it holds the write lock."""

import asyncio
import time
from pathlib import Path

from tests.component.conftest import Pair
from tests.component.lab import until
from tests.faults import clicking
from tests.faults.running import Process, processes

HOLDS_THE_LOCK = "psycopg:AsyncConnection.execute:entry:2:COMMIT"
LONGEST = 10.0  # seconds: the one that the lock may be held, and what a busy machine adds


async def test_a_process_that_stands_still_with_the_lock_keeps_nobody_waiting(
    pair: Pair, tmp_path: Path
) -> None:
    web = Process(pair.tally, "tests.component.tally", "web", tmp_path)
    still = Process(pair.tally, "tests.component.tally", "web", tmp_path)
    with processes(web, still):
        web.start()
        still.start(pause=HOLDS_THE_LOCK)
        await web.answers()
        await still.answers()
        accounts = clicking.accounts(4)
        stuck = asyncio.create_task(clicking.clicks(still, accounts[:2], range(1, 3)))
        await until(lambda: asyncio.to_thread(_stands_still, still))
        began = time.monotonic()
        await clicking.clicks(web, accounts[2:], range(1, 3))
        assert time.monotonic() - began < LONGEST
        assert not stuck.done()
        stuck.cancel()


def _stands_still(process: Process) -> bool:
    running = process.running
    assert running is not None
    state = Path(f"/proc/{running.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "T"
