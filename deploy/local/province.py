"""`make run`: the sample province, kept in its folder from one run to the next."""

import asyncio
import json
import os
import threading
from pathlib import Path

from deploy.local import asked
from deploy.local.choice import Choice, choose, told
from deploy.local.folders import LOCK, InUse, emptied, held, is_held
from deploy.local.keeping import kept
from deploy.local.layout import PROVINCE
from deploy.local.ports import asked_for
from deploy.local.room import enough_room
from deploy.local.servers import running, servers_of
from deploy.local.stage import province
from deploy.local.story import SET_UP, claims, sample
from deploy.local.story.scene import Scene
from deploy.local.telling import Step, tell
from deploy.local.troubles import HALF_LOADED, UNREADABLE, Trouble, folders
from deploy.local.welcome import up
from libs.runtime import clock

LOADED: tuple[Step[Scene], ...] = (
    *SET_UP,
    Step("Other offices", sample.the_other_offices_open),
    Step("A class", sample.a_class_was_held),
    Step("A learner", claims.a_learner_claims),
)


def run(folder: Path = PROVINCE) -> None:
    """Start everything on the province's folder and stay up until Ctrl-C."""
    # No containers here: what they hold would be gone with them.
    port, choice = asked.port(), choose(os.environ)
    asked.people()
    enough_room(choice)
    folders(folder)
    try:
        if not is_held(folder / LOCK):  # one that runs already has its port
            asked_for(port)
        with held(folder):
            _keep(folder, port, choice)
    except PermissionError as refused:
        raise Trouble(UNREADABLE.format(place=refused.filename or folder)) from None
    except InUse:
        address = folder / "address"
        raise Trouble(already(address.read_text() if address.exists() else "")) from None


def _keep(folder: Path, port: int, choice: Choice) -> None:
    if not (folder / "logins.json").exists():
        emptied(folder)  # what an interrupted load left can't be gone on with
    with (
        running(servers_of(choice, folder), data_stay=True) as servers,
        kept(servers),
        province(servers, folder, port, sample.FILED) as scene,
    ):
        _stay(scene, folder, told(choice))


def _stay(scene: Scene, folder: Path, where: str) -> None:
    address, logins = folder / "address", folder / "logins.json"
    address.write_text(scene.wiring.address)
    try:
        if not logins.exists():
            if not scene.cast.codes:
                raise Trouble(HALF_LOADED)
            print("The sample province is loaded:", flush=True)
            asyncio.run(tell(LOADED, scene))
            logins.write_text(json.dumps(scene.cast.logins, ensure_ascii=False))
        now, known = clock.Clock(scene.wiring.clock).now(), json.loads(logins.read_text())
        print(*up(scene.wiring.address, where, now, known, folder), sep="\n", flush=True)
        threading.Event().wait()
    finally:
        address.unlink(missing_ok=True)


def already(address: str) -> str:
    """The sentence for a second run."""
    where = f" at {address}" if address else "; it is just starting or stopping"
    return f"The province runs already{where}. Use that one, or stop it with Ctrl-C first."
