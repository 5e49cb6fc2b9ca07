"""The projector's fold in a getmany loop, without Faust.

`python -m tests.bench.getmany`, with the settings of the certificates service.
"""

from uuid import uuid4

import uvloop

from libs.runtime.clock import Clock
from libs.runtime.inbound.carrying import Carrying
from libs.runtime.inbound.consuming import Consuming
from libs.runtime.roles import taker
from libs.runtime.settings import Settings
from services.certificates.service import compose


async def carry() -> None:
    """Until it is ended."""
    settings = Settings()
    found = compose(settings)
    group = f"getmany-{uuid4().hex[:6]}"  # of its own
    carrying = Carrying(group, taker(found, settings), Clock(settings.clock))
    sources = tuple(found.service.reactions)
    await Consuming(group, sources, settings.kafka, carrying, settings.prefix).run()


if __name__ == "__main__":
    uvloop.run(carry())
