"""A refusal is a rule: what it says, where it stands, and what the refused may do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar
from uuid import UUID

C = TypeVar("C")
S = TypeVar("S")
F = TypeVar("F")


class Kind(Enum):
    """What sort of no it is; an API says the same by its status."""

    MALFORMED = "malformed"  # not a request that can be read
    UNKNOWN_CALLER = "unknown-caller"  # nobody knows who asks
    OVERSIZED = "oversized"  # more than is taken at once
    INVALID = "invalid"  # the words of the command can't be right
    FORBIDDEN = "forbidden"  # not this actor's to do
    UNKNOWN = "unknown"  # there is no such thing
    CONFLICT = "conflict"  # right words, wrong moment or state
    STALE = "stale"  # decided on an old copy
    BEHIND = "behind"  # this service has not heard of it yet


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: the document's number or title, and the article (条款)."""

    document: str
    article: str

    def __str__(self) -> str:
        return f"{self.document} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to refuse: official text, its source, what to do, and the field it concerns."""

    code: str
    text: str
    source: Source
    remedy: str
    kind: Kind = Kind.CONFLICT
    field: str | None = None
    detail: str = ""  # what it was in this case; never personal data
    other: UUID | None = None  # the record that stands in the way

    def because(self, detail: str) -> "Rule":
        """The same rule with this case's particulars."""
        return replace(self, detail=detail)

    def naming(self, other: UUID) -> "Rule":
        """The same rule, broken because of this other record."""
        return replace(self, other=other)

    def citing(self, source: Source) -> "Rule":
        """The same rule, where this jurisdiction's document states it."""
        return replace(self, source=source)

    def remedied(self, remedy: str) -> "Rule":
        """The same rule, with what would do in this case."""
        return replace(self, remedy=remedy)

    def on(self, field: str) -> "Rule":
        """The same rule, pointing at another field of the form."""
        return replace(self, field=field)


class Refused(Exception):
    """The answer no. Nothing has changed."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.code)
        self.rule = rule


def first_broken(
    rules: Iterable[Callable[[C, S, F], Rule | None]], command: C, state: S, facts: F
) -> Rule | None:
    """The first rule of the list that this command breaks, or None."""
    for rule in rules:
        if (broken := rule(command, state, facts)) is not None:
            return broken
    return None


def keep(rules: Iterable[Callable[[C, S, F], Rule | None]], command: C, state: S, facts: F) -> None:
    """Go on only where every rule of the list is kept. Refused: by the first that is broken."""
    if broken := first_broken(rules, command, state, facts):
        raise Refused(broken)
