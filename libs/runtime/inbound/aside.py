"""What is set aside (搁置): records that can't be handled, and what waits behind them.

Their bytes are encrypted and kept 90 days. Later records of the same key are parked behind and
redriven in order, so that nothing overtakes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from libs.runtime.tables import Rows, Statement

KEPT = timedelta(days=90)
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as it came, whatever it is."""

    topic: str
    partition: int
    offset: int
    key: bytes
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands on the broker."""
        return (self.topic, self.partition, self.offset)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record with the reason; `behind` when nothing is wrong but what came before it."""

    raw: Raw
    reason: str
    behind: bool = False


class Seal:
    """Encrypts what is set aside (AES-256-GCM)."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, raw: Raw) -> bytes:
        """The record's bytes, unreadable without the key."""
        nonce = token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, msgspec.msgpack.encode(raw), None)

    def unseal(self, sealed: bytes) -> Raw:
        """The record again."""
        plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        return msgspec.msgpack.decode(plain, type=Raw)


def parked(keys: Iterable[tuple[str, bytes]]) -> Statement:
    """Which of these keys already have something set aside."""
    pairs = sorted(set(keys))
    return Statement(
        "SELECT DISTINCT topic, key FROM aside WHERE NOT given_up "
        "AND (topic, key) IN (SELECT * FROM unnest(%s::text[], %s::bytea[]))",
        ([topic for topic, _ in pairs], [key for _, key in pairs]),
    )


def given_up(raws: Iterable[Raw]) -> Statement:
    """Which of these records an operator has given up: when they come again they are nothing."""
    topics, partitions, offsets, digests = zip(*map(_named, raws), strict=True)
    return Statement(
        'SELECT topic, partition, "offset" FROM aside WHERE given_up '
        'AND (topic, partition, "offset", digest) IN '
        "(SELECT * FROM unnest(%s::text[], %s::int[], %s::bigint[], %s::bytea[]))",
        (list(topics), list(partitions), list(offsets), list(digests)),
    )


def _named(raw: Raw) -> tuple[str, int, int, bytes]:
    """Place and digest: on a topic that was made anew another record may have the place."""
    return (*raw.place, sha256(msgspec.msgpack.encode(raw)).digest())


def put(items: Sequence[SetAside], seal: Seal, at: datetime) -> Statement:
    """Set these aside; a record that already is stays as it was."""
    raws = [item.raw for item in items]
    topics, partitions, offsets, digests = zip(*map(_named, raws), strict=True)
    return Statement(
        'INSERT INTO aside (topic, partition, "offset", digest, key, reason, behind, sealed, at) '
        "SELECT *, %s::timestamptz FROM unnest(%s::text[], %s::int[], %s::bigint[], %s::bytea[], "
        "%s::bytea[], %s::text[], %s::bool[], %s::bytea[]) ON CONFLICT DO NOTHING",
        (
            at,
            list(topics),
            list(partitions),
            list(offsets),
            list(digests),
            [raw.key for raw in raws],
            [item.reason for item in items],
            [item.behind for item in items],
            [seal.seal(raw) for raw in raws],
        ),
    )


OVERVIEW = Statement(
    "SELECT topic, encode(key, 'escape'), count(*), min(at), "
    "(array_agg(reason ORDER BY id))[1], max(attempts) FROM aside "
    "WHERE NOT given_up GROUP BY topic, key ORDER BY 4"
)


KEYS = Statement(
    "SELECT topic, key, encode(key, 'escape') FROM aside "
    "WHERE NOT given_up GROUP BY topic, key ORDER BY min(id)"
)


def of_key(topic: str, key: bytes) -> Statement:
    """What is set aside of one key, in order."""
    return Statement(
        "SELECT id, sealed FROM aside WHERE topic = %s AND key = %s AND NOT given_up ORDER BY id",
        (topic, key),
    )


def first_of(topic: str, key: str) -> Statement:
    """The record that the others of a key, as it is shown, wait behind; why it was set aside."""
    return Statement(
        "SELECT id, partition, \"offset\", encode(digest, 'hex'), reason FROM aside "
        "WHERE topic = %s AND encode(key, 'escape') = %s AND NOT given_up ORDER BY id LIMIT 1",
        (topic, key),
    )


def handled(ids: Sequence[int]) -> Statement:
    """These have been handled."""
    return Statement("DELETE FROM aside WHERE id = ANY(%s)", (list(ids),))


def give_up(ids: Sequence[int]) -> Statement:
    """These are given up by an operator. Their bytes go; that they were here is remembered, since
    nothing else tells one without an envelope from a new one when its topic is read again."""
    return Statement(
        "UPDATE aside SET given_up = true, sealed = '' WHERE id = ANY(%s)", (list(ids),)
    )


def tried(id: int, reason: str) -> Statement:  # noqa: A002
    """Tried once more in vain."""
    return Statement(
        "UPDATE aside SET attempts = attempts + 1, reason = %s, behind = false WHERE id = %s",
        (reason, id),
    )


def keys(rows: Rows) -> set[tuple[str, bytes]]:
    """The keys that `parked` found."""
    return {(topic, bytes(key)) for topic, key in rows}
