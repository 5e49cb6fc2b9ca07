"""Ledgers folded from the events of hours as they were kept, remembered between batches.

As with the own streams, only what has been committed is remembered, and what the table of kept
events has beyond it is folded in under the write lock. So the memory is never wrong, only short.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import msgspec

from libs.events import hours, identity, policy
from libs.events.hours import HoursRecognised, HoursRevoked, RevokedFor
from libs.events.registry import Registry, Unknown
from libs.events.values import HalfDay, Hours
from libs.policy import Line
from libs.runtime.tables import Rows, Statement
from services.certificates.state import Entry, Ledger

MOST_REMEMBERED = 20_000
JOINED, LEFT = HoursRecognised.wire_name(), HoursRevoked.wire_name()
FOREIGN = Registry.of(hours, identity, policy)
KINDS = {JOINED: HoursRecognised.version, LEFT: HoursRevoked.version}


class Joined(msgspec.Struct):
    """What a certificate needs of HoursRecognised."""

    year: int
    entry_id: UUID
    category: str
    rule: str
    recognised: str
    began: str
    ended: str


class Left(msgspec.Struct):
    """What a certificate needs of HoursRevoked."""

    year: int
    entry_id: UUID
    cause: RevokedFor


_hours = lru_cache(maxsize=4096)(Hours.parse)
_half_day = lru_cache(maxsize=4096)(HalfDay.parse)
_JOINED = msgspec.json.Decoder(Joined)
_LEFT = msgspec.json.Decoder(Left)


def fold(ledger: Ledger, kind: str, version: int, body: str) -> Ledger:
    """One kept event further. What a newer release wrote waits for that release."""
    if version != KINDS[kind]:
        try:
            body = FOREIGN.read(kind, version, body).model_dump_json()
        except Unknown:
            return ledger
    if kind == LEFT:
        left = _LEFT.decode(body)
        return ledger.leaves(left.year, left.entry_id, left.cause)
    said = _JOINED.decode(body)
    line = Line(said.entry_id, said.category, said.rule, _hours(said.recognised))
    entry = Entry(line, _half_day(said.began), _half_day(said.ended))
    return ledger.joins(said.year, entry)


class Held(NamedTuple):
    """A ledger, up to this local position of the kept events."""

    position: int = 0
    ledger: Ledger = Ledger()


EMPTY = Held()


class Ledgers:
    """The ledgers that batches read."""

    def __init__(self) -> None:
        self._held: OrderedDict[UUID, Held] = OrderedDict()

    def ask(self, people: Collection[UUID]) -> Statement:
        """Whatever has been kept beyond what is remembered; a row at least for each person."""
        positions = [self._held.get(person, EMPTY).position for person in people]
        return Statement(
            "SELECT asked.person, asked.position, k.position, k.type, k.version, k.body "
            "FROM unnest(%b::uuid[], %b::bigint[]) AS asked (person, position) "
            "LEFT JOIN kept k ON k.subject = asked.person AND k.position > asked.position "
            "AND k.type = ANY(%s) ORDER BY k.position",
            (list(people), positions, list(KINDS)),
        )

    def answer(self, rows: Rows) -> Mapping[UUID, Held]:
        """The ledgers as they stand now."""
        found: dict[UUID, Held] = {}
        for person, base, position, kind, version, body in rows:
            held = found.get(person) or self._held.get(person, EMPTY)
            if held.position < base:
                raise LookupError("a ledger was forgotten between question and answer")
            if position is not None and position > held.position:
                held = Held(position, fold(held.ledger, kind, version, body))
            found[person] = held
        return found

    def remember(self, committed: Iterable[tuple[UUID, Held]]) -> None:
        """These have been committed."""
        for person, held in committed:
            before = self._held.get(person, EMPTY)
            self._held[person] = held if held.position >= before.position else before
            self._held.move_to_end(person)
        while len(self._held) > MOST_REMEMBERED:
            self._held.popitem(last=False)
