"""A checker that shares no code with the product: it reads the logs as they stand, as plain JSON.

`valid certificate => everything it rests on stands`: of every certificate that was issued and not
revoked, no entry that it rests on has left the ledger of hours; no entry of its subjects has
left since it was issued; its number is its own; and no person has two of a kind and year.

`at least once inbound, exactly once in effect`: who follows a log has kept every event of it, each
once, and those of one key in their order; no log has a gap.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

Said = tuple[str, dict[str, Any]]
Heard = tuple[Any, ...]  # position in its log, id, key

# What each kind rests on, restated from the notice of 2024; not read from the pack.
SUBJECTS = {"public": ("public.required",), "annual": ("public", "professional")}


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and what is wrong: nothing, if all is well."""

    issued: int
    valid: int
    entries: int
    left: int
    wrong: tuple[str, ...]


def log_of(conninfo: str) -> list[Said]:
    """Every event of a service, in order."""
    with psycopg.connect(conninfo) as conn:
        rows = conn.execute("SELECT type, body FROM public.events ORDER BY position").fetchall()
    return [(kind, json.loads(body)) for kind, body in rows]


def check(certificates: Iterable[Said], hours: Iterable[Said]) -> Verdict:
    """Judge the two logs."""
    joined: dict[str, str] = {}
    gone: dict[str, tuple[str, int]] = {}
    for kind, said in hours:
        if kind == "hours.HoursRecognised":
            joined[said["entry_id"]] = said["category"]
        elif kind == "hours.HoursRevoked":
            gone[said["entry_id"]] = (said["person_id"], said["year"])
    issued: dict[str, dict[str, Any]] = {}
    revoked: set[str] = set()
    for kind, said in certificates:
        if kind == "certificates.CertificateIssued":
            issued[said["certificate_id"]] = said
        elif kind == "certificates.CertificateRevoked":
            revoked.add(said["certificate_id"])
    valid = [said for id_, said in issued.items() if id_ not in revoked]
    wrong = [
        *(reason for one in valid for reason in _against(one, joined, gone)),
        *_twice("number", [one["number"] for one in issued.values()]),
        *_twice("valid", [f"{v['person_id']} {v['year']} {v['kind']}" for v in valid]),
        *(f"{one} was revoked and never issued" for one in revoked - issued.keys()),
    ]
    return Verdict(len(issued), len(valid), len(joined), len(gone), tuple(wrong))


def _against(
    one: dict[str, Any], joined: dict[str, str], gone: dict[str, tuple[str, int]]
) -> Iterable[str]:
    number, known = one["number"], set(one["gone"])
    for entry in one["entries"]:
        if entry in gone:
            yield f"{number} is valid and rests on {entry}, which has left"
        if entry not in joined:
            yield f"{number} rests on {entry}, which never joined"
    for entry, whose in gone.items():
        if whose != (one["person_id"], one["year"]) or entry in known or entry not in joined:
            continue
        if _concerns(one["kind"], joined[entry]):
            yield f"{number} is valid though {entry} left after it was issued"


def _concerns(kind: str, category: str) -> bool:
    return any(category == s or category.startswith(f"{s}.") for s in SUBJECTS[kind])


def _twice(what: str, found: Sequence[str]) -> list[str]:
    return [f"{what} twice: {one}" for one, count in Counter(found).items() if count > 1]


def check_following(source: str, follower: str, topic: str) -> list[str]:
    """What is wrong with what the follower has kept of the source's log."""
    with psycopg.connect(source) as conn:
        ((log_id,),) = conn.execute("SELECT id FROM public.log").fetchall()
        said = conn.execute(
            "SELECT position, id, subject FROM public.events ORDER BY position"
        ).fetchall()
    with psycopg.connect(follower) as conn:
        kept = conn.execute(
            "SELECT source_position, id, subject FROM public.kept "
            "WHERE log_id = %s AND topic = %s ORDER BY position",
            (log_id, topic),
        ).fetchall()
    return compare(topic, said, kept)


def compare(topic: str, said: Sequence[Heard], kept: Sequence[Heard]) -> list[str]:
    """The same over what was said and what was kept, each in its own order."""
    wrong = [
        f"{topic}: position {position} stands at {at}"
        for at, (position, _, _) in enumerate(said, 1)
        if position != at
    ][:1]
    twice = [one for one, count in Counter(one[:2] for one in kept).items() if count > 1]
    wrong += [f"{topic}: {one} was kept twice" for one in twice]
    wrong += [f"{topic}: {one[:2]} was never said" for one in set(kept) - set(said)]
    wrong += [f"{topic}: {one[:2]} was lost" for one in set(said) - set(kept)]
    last: dict[Any, int] = {}
    for position, _, subject in kept:
        if position < last.get(subject, 0):
            wrong.append(f"{topic}: {position} of {subject} came after {last[subject]}")
        last[subject] = max(position, last.get(subject, 0))
    return wrong


def check_databases(certificates: str, hours: str) -> Verdict:
    """The same over two databases. AssertionError with everything that is wrong."""
    verdict = check(log_of(certificates), log_of(hours))
    if verdict.wrong:
        raise AssertionError("\n".join(verdict.wrong))
    return verdict
