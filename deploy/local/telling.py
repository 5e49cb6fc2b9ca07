"""Telling a person what is done, step by step, each with the time it took."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Scene = TypeVar("Scene")


@dataclass(frozen=True)
class Step(Generic[Scene]):
    """One step of a story: what is to be seen, and what does it.

    `play` returns a few words about what came out; what must be so it says by `expect`.
    """

    told: str
    play: Callable[[Scene], Awaitable[str]]


class NotAsTold(Exception):
    """A step did not come out as the story tells."""


def expect(holds: bool, otherwise: str) -> None:
    """The story can't go on if this doesn't hold."""
    if not holds:
        raise NotAsTold(otherwise)


async def tell(story: Sequence[Step[Scene]], scene: Scene) -> None:
    """Play the steps in order; stop at the first that isn't as told."""
    for number, step in enumerate(story, start=1):
        began = time.monotonic()
        try:
            outcome = await step.play(scene)
        except NotAsTold as wrong:
            raise NotAsTold(f"Step {number}, “{step.told}”, is not as told: {wrong}") from wrong
        print(f"{number:3}. {step.told}: {outcome}  [{time.monotonic() - began:.2f} s]", flush=True)
