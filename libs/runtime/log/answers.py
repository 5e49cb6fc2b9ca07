"""Answers to commands by the asker's key: asked twice is done once.

A request of several commands has one key, and each of them a part of it. With the first that is
accepted the request's own key is kept too, so that nothing else is done under it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from libs.events.command import Command
from libs.runtime.tables import Rows, Statement

Key = tuple[str, str, str]  # actor, operation, key
_ANY = "*"  # the operation that a request of several is kept under: no command has this name


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer yes: ids and versions, never a secret. `repeated` when it was given before."""

    said: dict[str, Any]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with the digest of the words that it came in.

    What a foreign event causes has none: its mark, not a key, makes it happen once.
    """

    command: Command
    digest: bytes | None = None
    part_of: str | None = None  # the request's key, where the command's is a part of it

    @classmethod
    def of(cls, command: Command, words: bytes, key: str | None = None) -> "Asked":
        """From the request's path and body; under the request's key, if it is not the command's
        own."""
        part_of = None if key == command.envelope.key else key
        return cls(command, hashlib.sha256(words).digest(), part_of)

    @property
    def key(self) -> Key:
        """Who asked for which operation under which key."""
        envelope = self.command.envelope
        return (str(envelope.actor.id), type(self.command).__name__, envelope.key)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Under which its words alone may be done: the request's before its own."""
        if self.digest is None:
            return ()
        if self.part_of is None:
            return (self.key,)
        return ((self.key[0], _ANY, self.part_of), self.key)


def ask(asked: Sequence[Asked]) -> Statement:
    """The answers given to these keys before."""
    found = dict.fromkeys(key for a in asked for key in a.keys)
    actors, operations, keys = zip(*found, strict=True) if found else ((),) * 3
    return Statement(
        "SELECT a.actor::text, a.operation, a.key, a.digest, a.answer "
        "FROM unnest(%b::uuid[], %b::text[], %b::text[]) AS k (actor, operation, key) "
        "JOIN answers a USING (actor, operation, key)",
        (list(actors), list(operations), list(keys)),
    )


def found(rows: Rows) -> dict[Key, tuple[bytes, Accepted]]:
    """Digest and answer by key."""
    return {
        (actor, operation, key): (bytes(digest), Accepted(msgspec.json.decode(answer), True))
        for actor, operation, key, digest, answer in rows
    }


def store(given: Sequence[tuple[Asked, Accepted]], at: datetime) -> Statement:
    """Keep these answers. A request of several may have been kept with an earlier part."""
    kept = {key: (asked.digest, accepted) for asked, accepted in given for key in asked.keys}
    actors, operations, keys = zip(*kept, strict=True)
    return Statement(
        "INSERT INTO answers SELECT *, %s FROM "
        "unnest(%b::uuid[], %b::text[], %b::text[], %b::bytea[], %b::text[]) "
        "ON CONFLICT DO NOTHING",
        (
            at,
            list(actors),
            list(operations),
            list(keys),
            [digest for digest, _ in kept.values()],
            [msgspec.json.encode(accepted.said).decode() for _, accepted in kept.values()],
        ),
    )
