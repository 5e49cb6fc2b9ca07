"""A checker that shares no code with the product: it reads the logs as they stand, as plain JSON.

`valid certificate => everything it rests on stands`: of every certificate that was issued and not
revoked, no entry that it rests on has left the ledger of hours; no entry of its subjects has
left since it was issued; its number is its own; and no person has two of a kind and year.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

Said = tuple[str, dict[str, Any]]

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


def check_databases(certificates: str, hours: str) -> Verdict:
    """The same over two databases. AssertionError with everything that is wrong."""
    verdict = check(log_of(certificates), log_of(hours))
    if verdict.wrong:
        raise AssertionError("\n".join(verdict.wrong))
    return verdict
