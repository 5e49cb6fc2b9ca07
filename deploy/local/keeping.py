"""The servers of `make run`: one that ends by itself is started again, and a line says so.

Only servers that this process started: whoever gave an address, or an engine, keeps its own.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deploy.local.kafka import Kafka
from deploy.local.postgres import Postgres
from deploy.local.server import ServerFailed, Servers
from deploy.local.supervisor import aloud, how_it_ended, next_pause


class Keeper:
    """Keeps one server up, on its port and its data, until it is told to stop."""

    def __init__(self, server: Postgres | Kafka, say: Callable[[str], None]) -> None:
        self._server = server
        self._say = say
        self._stopping = threading.Event()
        self._starting = threading.Lock()  # held by whoever may start the server
        threading.Thread(target=self._keep, name=f"keeper of {server.address}", daemon=True).start()

    def stop(self) -> None:
        """From here on it isn't started again; a start that is under way is broken off.

        A server that is up stays up: its thread ends when somebody stops it.
        """
        self._stopping.set()
        while not self._starting.acquire(timeout=0.1):
            self._server.leave(data_stay=False)

    def _keep(self) -> None:
        pause: float | None = None
        while True:
            process, born = self._server.process, time.monotonic()
            code = process.wait()
            if self._stopping.is_set():
                return
            process.kill()  # what it left of its own children
            pause = next_pause(pause, time.monotonic() - born)
            self._say(
                f"{process.program.name} ended ({how_it_ended(code)}); starting it again in "
                f"{pause:.1f} s (its log: {process.program.log})"
            )
            if self._stopping.wait(pause) or not self._started():
                return

    def _started(self) -> bool:
        """Start it, unless told to stop meanwhile. One that didn't come up ended: tried again."""
        if not self._starting.acquire(blocking=False):
            return False
        try:
            if self._stopping.is_set():
                return False
            self._server.start()
        except ServerFailed:
            return not self._stopping.is_set()
        finally:
            self._starting.release()
        return True


@contextmanager
def kept(servers: Servers, say: Callable[[str], None] = aloud) -> Iterator[None]:
    """Servers that are up are kept up inside the block."""
    both = (servers.database, servers.broker)
    keepers = [Keeper(one, say) for one in both if isinstance(one, Postgres | Kafka)]
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.stop()
