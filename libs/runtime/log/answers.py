"""Answers to commands by the asker's key: asked twice is done once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from libs.events.command import Command
from libs.runtime.tables import Rows, Statement

Key = tuple[str, str, str]  # actor, operation, key


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

    @classmethod
    def of(cls, command: Command, words: bytes) -> "Asked":
        """From the request's path and body."""
        return cls(command, hashlib.sha256(words).digest())

    @property
    def key(self) -> Key:
        """Who asked for which operation under which key."""
        envelope = self.command.envelope
        return (str(envelope.actor.id), type(self.command).__name__, envelope.key)


def ask(asked: Sequence[Asked]) -> Statement:
    """The answers given to these keys before."""
    found = [a.key for a in asked if a.digest is not None]
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
    """Keep these answers."""
    actors, operations, keys = zip(*(asked.key for asked, _ in given), strict=True)
    return Statement(
        "INSERT INTO answers SELECT *, %s FROM "
        "unnest(%b::uuid[], %b::text[], %b::text[], %b::bytea[], %b::text[])",
        (
            at,
            list(actors),
            list(operations),
            list(keys),
            [asked.digest for asked, _ in given],
            [msgspec.json.encode(accepted.said).decode() for _, accepted in given],
        ),
    )
