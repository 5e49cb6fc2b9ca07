"""The hours API answering without a database: same server, same requests, no batch.

`python -m tests.bench.ceiling` with the settings of the hours service.
"""

import asyncio

import uvloop

from libs.runtime.log.answers import Accepted, Asked
from libs.runtime.serving import app_of, serve
from libs.runtime.settings import Settings
from libs.runtime.telemetry import logs, tracing
from libs.runtime.web.desk import Desk
from services.hours.service import compose


class AtOnce:
    """A writer that says yes."""

    async def submit(self, asked: Asked) -> Accepted:
        """Yes."""
        return Accepted({"id": str(asked.command.resource), "version": 1})

    async def run(self) -> None:
        """Nothing to do."""
        await asyncio.Event().wait()


def main() -> None:
    """Serve."""
    settings = Settings()
    logs.configure("hours", "ceiling")
    tracing.configure("hours", "ceiling", settings.trace, settings.trace_share)
    app = app_of(compose(settings), settings)
    desk: Desk = app.state.desk
    desk.writer = AtOnce()  # type: ignore[assignment]
    uvloop.run(serve(app, settings))


if __name__ == "__main__":
    main()
