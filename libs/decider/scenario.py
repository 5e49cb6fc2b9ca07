"""Cases at the counter: given what happened, when this is asked, then that happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from libs.decider.decider import Decider
from libs.decider.rule import Refused, Rule

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Scenario(Generic[C, S, E, F]):
    """One case. Every step returns a new case, so that beginnings can be shared by tests.

    `after` tells how facts follow from new events, as the batch does between two commands.
    """

    decider: Decider[C, S, E, F]
    facts: F
    after: Callable[[F, Sequence[E]], F] = lambda facts, _events: facts
    history: tuple[E, ...] = ()
    outcome: tuple[E, ...] | Rule | None = None

    def knowing(self, facts: F) -> "Scenario[C, S, E, F]":
        """What the service knows beside the stream: pack, scope, taken keys, quotas."""
        return replace(self, facts=facts)

    def given(self, *events: E) -> "Scenario[C, S, E, F]":
        """What has happened already."""
        facts = self.after(self.facts, events)
        return replace(self, facts=facts, history=(*self.history, *events), outcome=None)

    def when(self, command: C) -> "Scenario[C, S, E, F]":
        """Ask. An accepted command's events join the history, a refusal changes nothing."""
        state = self.decider.fold(self.history)
        try:
            events = tuple(self.decider.decide(command, state, self.facts))
        except Refused as refusal:
            return replace(self, outcome=refusal.rule)
        return replace(self.given(*events), outcome=events)

    def then(self, *expected: E) -> "Scenario[C, S, E, F]":
        """Exactly these events were the answer to the last command."""
        if isinstance(self.outcome, Rule):
            raise AssertionError(f"refused by {self.outcome.code}: {self.outcome.text}")
        if self.outcome != expected:
            raise AssertionError(f"expected {expected!r}\n     got {self.outcome!r}")
        return self

    def then_types(self, *expected: type) -> "Scenario[C, S, E, F]":
        """Events of exactly these types were the answer to the last command."""
        if isinstance(self.outcome, Rule):
            raise AssertionError(f"refused by {self.outcome.code}: {self.outcome.text}")
        got = tuple(type(event) for event in self.outcome or ())
        if got != expected:
            raise AssertionError(f"expected {expected!r}\n     got {got!r}")
        return self

    def refused(self, rule: Rule) -> "Scenario[C, S, E, F]":
        """The last command was refused by this rule (its particulars may differ)."""
        if not isinstance(self.outcome, Rule):
            raise AssertionError(f"not refused; events: {self.outcome!r}")
        if self.outcome.code != rule.code:
            raise AssertionError(f"refused by {self.outcome.code}, expected {rule.code}")
        return self

    @property
    def state(self) -> S:
        """The state that the history adds up to."""
        return self.decider.fold(self.history)
