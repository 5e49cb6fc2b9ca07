"""A counter of the tests: the smallest context that decides, refuses and knows something."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from libs.decider import Decider, Refused, Rule, Scenario, Source, first_broken


@dataclass(frozen=True)
class Add:
    """Add to the counter."""

    amount: int


@dataclass(frozen=True)
class Added:
    """It was added."""

    amount: int


@dataclass(frozen=True)
class Filled:
    """The counter has reached its limit."""


@dataclass(frozen=True)
class Limits:
    """How much may be added in all, and how often."""

    most: int = 10
    times: int = 3

    def after(self, events: Sequence[Added | Filled]) -> "Limits":
        """Each addition takes one of the times."""
        return replace(self, times=self.times - sum(isinstance(e, Added) for e in events))


SOURCE = Source("测试文件", "第一条")
NOTHING = Rule("nothing", "数量须大于零", SOURCE, "请更正", field="amount")
TOO_MUCH = Rule("too-much", "超过上限", SOURCE, "请减少", field="amount")
TOO_OFTEN = Rule("too-often", "次数已满", SOURCE, "请下次再来")


def positive(command: Add, _state: int, _facts: Limits) -> Rule | None:
    """More than nothing."""
    return NOTHING if command.amount <= 0 else None


def within(command: Add, state: int, facts: Limits) -> Rule | None:
    """Up to the limit."""
    over = state + command.amount - facts.most
    return TOO_MUCH.because(f"超出 {over}") if over > 0 else None


def not_too_often(_command: Add, _state: int, facts: Limits) -> Rule | None:
    """While there are times left."""
    return None if facts.times > 0 else TOO_OFTEN


RULES = (positive, within, not_too_often)


def decide(command: Add, state: int, facts: Limits) -> Sequence[Added | Filled]:
    """One event, two at the limit."""
    if broken := first_broken(RULES, command, state, facts):
        raise Refused(broken)
    full = state + command.amount == facts.most
    return [Added(command.amount), *([Filled()] if full else [])]


def evolve(state: int, event: Added | Filled) -> int:
    """The sum."""
    return state + event.amount if isinstance(event, Added) else state


DECIDER = Decider(lambda: 0, decide, evolve)


def counter() -> Scenario[Add, int, Added | Filled, Limits]:
    """A case at the counter."""
    return Scenario(DECIDER, Limits(), Limits.after)
