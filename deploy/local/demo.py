"""`make demo`: real servers, the story, and then nothing is left."""

import asyncio
import os
import time

from deploy.local import asked
from deploy.local.choice import KAFKA_IMAGE, POSTGRES_IMAGE, Choice, Image, choose, told
from deploy.local.containers import images_here
from deploy.local.folders import passing
from deploy.local.layout import OUT
from deploy.local.room import enough_room
from deploy.local.servers import running, servers_of
from deploy.local.stage import province
from deploy.local.story import STORY
from deploy.local.story.papers import Papers
from deploy.local.telling import tell
from deploy.local.troubles import NO_IMAGES, Trouble, folders


def demo() -> None:
    """The story on whatever servers this machine offers."""
    play(choose(os.environ, images_here()))


def docker_check() -> None:
    """The story on containers alone."""
    choice = choose({}, images_here())
    if not isinstance(choice.postgres, Image) or not isinstance(choice.kafka, Image):
        raise Trouble(NO_IMAGES.format(postgres=POSTGRES_IMAGE, kafka=KAFKA_IMAGE))
    play(choice)


def play(choice: Choice) -> None:
    """Start, tell, stop."""
    began = time.monotonic()
    asked.people()
    enough_room(choice)
    folders(OUT)
    Papers(OUT).clear()
    with passing("demo") as folder, running(servers_of(choice, folder)) as servers:
        print(f"Servers are up: {told(choice)}  [{time.monotonic() - began:.2f} s]", flush=True)
        with province(servers, folder / "province") as scene:
            print(f"The services are up at {scene.wiring.address}", flush=True)
            asyncio.run(tell(STORY, scene))
    print(*scene.papers.lines(), sep="\n")
    print(f"A certificate's QR leads to {scene.wiring.address}, which is stopped: nobody answers.")
    print(f"Everything is stopped, nothing is left.  [{time.monotonic() - began:.1f} s in all]")
