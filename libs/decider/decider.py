"""The shape of every decision: what is asked, what is known, what happens."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Decider(Generic[C, S, E, F]):
    """decide(command, state, facts) -> events, evolve(state, event) -> state; nothing else.

    `decide` raises Refused(rule). Neither has a clock, a random number or a connection.
    """

    initial: Callable[[], S]
    decide: Callable[[C, S, F], Sequence[E]]
    evolve: Callable[[S, E], S]

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after these events, from the beginning or from a given state."""
        return reduce(self.evolve, events, self.initial() if state is None else state)
