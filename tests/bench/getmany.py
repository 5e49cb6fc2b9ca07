"""The projector's fold in a getmany loop, without Faust.

`python -m tests.bench.getmany`, with the settings of the certificates service.
"""

from uuid import uuid4

import uvloop

from libs.runtime.clock import Clock
from libs.runtime.consuming import Consuming
from libs.runtime.roles import taker
from libs.runtime.settings import Settings
from services.certificates.service import compose


async def carry() -> None:
    """Until it is ended."""
    settings = Settings()
    found = compose(settings)
    await Consuming(
        f"getmany-{uuid4().hex[:6]}",  # a group of its own
        tuple(found.service.reactions),
        settings.kafka,
        taker(found, settings),
        Clock(settings.clock),
        settings.prefix,
    ).run()


if __name__ == "__main__":
    uvloop.run(carry())
