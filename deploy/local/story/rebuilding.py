"""The certificates projection is made anew beside the live one and swapped; nobody waits for it."""

import asyncio
import re
import sys
import time

from deploy.local.story.scene import Scene
from deploy.local.telling import NotAsTold, expect

_FOLDED = re.compile(r"certificates: (?P<events>[\d,]+) events folded, (?P<rate>[\d,]+) a second")
_DIGEST = re.compile(r"^  \w+ +\d+ rows, [0-9a-f]{16}  equal$", re.MULTILINE)
_SWAPPED = "certificates: equal, swapped"


async def the_projection_is_rebuilt(scene: Scene) -> str:
    """Digest by digest the same, and verification answers all the while."""
    before = await _answers(scene)
    done = asyncio.Event()
    verifying = asyncio.create_task(_verify_until(done, scene, before))
    try:
        told = await _operator(scene)
    finally:
        done.set()
    asked, slowest = await verifying
    folded, digests = _FOLDED.search(told), _DIGEST.findall(told)
    if folded is None or not digests or _SWAPPED not in told:
        raise NotAsTold(f"the rebuild said: {told}")
    expect(await _answers(scene) == before, "verification says something else afterwards")
    return (
        f"{folded['events']} events folded, {folded['rate']} events/s; the digests of "
        f"{len(digests)} tables are equal, swapped; meanwhile {asked} verifications were "
        f"answered, the slowest in {slowest * 1000:.0f} ms"
    )


async def _operator(scene: Scene) -> str:
    """What the operator's command printed. It must end well."""
    words = (sys.executable, "-m", "libs.runtime", "certificates", "rebuild")
    process = await asyncio.create_subprocess_exec(
        *words,
        env=scene.wiring.environment("certificates"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    told = out.decode(errors="replace")
    expect(process.returncode == 0, f"the rebuild ended with {process.returncode}: {told}")
    return told


async def _answers(scene: Scene) -> dict[str, str]:
    """What anybody is told of the fallen certificate and of the one that replaced it."""
    numbers = scene.notes["number"], scene.notes["new number"]
    said = {n: await scene.cast.nobody.do("GET", f"/certificates/v/{n}") for n in numbers}
    return {number: answer["status"] for number, answer in said.items()}


async def _verify_until(
    done: asyncio.Event, scene: Scene, before: dict[str, str]
) -> tuple[int, float]:
    """Verify on and on: how many were answered, each as before, and the slowest in seconds."""
    asked, slowest = 0, 0.0
    while not done.is_set():
        for number, status in before.items():
            began = time.monotonic()
            answer = await scene.cast.nobody.once("GET", f"/certificates/v/{number}")
            slowest, asked = max(slowest, time.monotonic() - began), asked + 1
            expect(answer.is_success, f"verification was answered {answer.status_code} meanwhile")
            expect(answer.json()["status"] == status, f"verification says {answer.text} meanwhile")
        await asyncio.sleep(0.01)
    return asked, slowest
