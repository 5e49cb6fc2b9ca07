"""`make run`: the sample province, kept in its folder from one run to the next."""

import asyncio
import json
import os
import threading
from typing import Any

from deploy.local.choice import choose, told
from deploy.local.folders import InUse, held
from deploy.local.layout import PROVINCE
from deploy.local.ports import asked_for
from deploy.local.room import enough_room
from deploy.local.servers import running, servers_of
from deploy.local.stage import province
from deploy.local.story import SET_UP, claims
from deploy.local.story.samples import PASSWORD
from deploy.local.story.scene import Scene
from deploy.local.telling import Step, tell
from deploy.local.troubles import Trouble

ADDRESS = PROVINCE / "address"
LOGINS = PROVINCE / "logins.json"
PORT = int(os.environ.get("PORT", "8700"))

LOADED: tuple[Step[Scene], ...] = (*SET_UP, Step("A learner", claims.a_learner_claims))


def run() -> None:
    """Start everything on the province's folder and stay up until Ctrl-C."""
    # No containers here: what they hold would be gone with them.
    choice = choose(os.environ)
    enough_room(choice)
    try:
        with held(PROVINCE):
            asked_for(PORT)
            with (
                running(servers_of(choice, PROVINCE)) as servers,
                province(servers, PROVINCE, PORT) as scene,
            ):
                _stay(scene, told(choice))
    except InUse:
        raise Trouble(already(ADDRESS.read_text() if ADDRESS.exists() else "")) from None


def _stay(scene: Scene, where: str) -> None:
    ADDRESS.write_text(scene.wiring.address)
    try:
        if not LOGINS.exists():
            print("The sample province is loaded:", flush=True)
            asyncio.run(tell(LOADED, scene))
            LOGINS.write_text(json.dumps(dict(scene.cast.logins), ensure_ascii=False))
        print(f"\nThe province is up ({where}): {scene.wiring.address}")
        print(f"One login a role, all with the password {PASSWORD}:")
        for role, who in json.loads(LOGINS.read_text()).items():
            print(f"  {role:16} {_words(who)}")
        print("POST /identity/sessions logs in; each service's API is described at /SERVICE/docs.")
        print("Ctrl-C stops it; what it holds stays in .local/province.", flush=True)
        threading.Event().wait()
    finally:
        ADDRESS.unlink(missing_ok=True)


def _words(who: dict[str, Any]) -> str:
    return json.dumps(who, ensure_ascii=False)


def already(address: str) -> str:
    """The sentence for a second run."""
    where = f" at {address}" if address else "; it is just starting or stopping"
    return f"The province runs already{where}. Use that one, or stop it with Ctrl-C first."
