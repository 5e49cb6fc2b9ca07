"""What people typed while the story was played, by what it is; read from the requests themselves.

Every word of a form is either somebody's or named as public here: a new field makes the test
fail until somebody has decided.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx

NUMBERS = frozenset({"number"})
NAMES = frozenset({"contact", "responsible_person", "teachers.name"})
CONTACTS = frozenset({"mobile", "office_phone", "phone", "email", "address", "fax"})
TEXTS = frozenset({"opinion", "reason", "remark", "note", "proof", "deviation"})
SECRETS = frozenset({"password", "code", "token", "secret", "activation_code"})
OF_PEOPLE = re.compile(r"^/identity/(people|offices|registrations)\b")
UNITS = "/identity/units"
WRITTEN = re.compile(r"^/(hours|filing)/")  # where `content` is a text and not a pack

PUBLIC = frozenset(
    [
        "affiliation",
        "audience",
        "batch",
        "began",
        "category",
        "city",
        "claim_id",
        "class_name",
        "confirmed",
        "county",
        "days",
        "department",
        "department_id",
        "digest",
        "effective",
        "ended",
        "ends",
        "former_name",
        "form",
        "hours",
        "jurisdiction",
        "kind",
        "level",
        "login_allowed",
        "mode",
        "modes",
        "name",
        "organiser",
        "parent_id",
        "passed",
        "person_id",
        "place",
        "postcode",
        "promised",
        "promises",
        "result",
        "responsible_on",
        "role",
        "rule",
        "run_type",
        "starts",
        "teachers.post",
        "teachers.unit",
        "title",
        "to_unit_id",
        "unit_code",
        "unit_id",
        "until",
        "window",
        "year",
        "evidence",
        "client",
        "people",
        "limit",
        "duration_minutes",
        "lessons",
        "link",
        "materials",
        "marks",
        "options",
        "questions",
        "right",
        "text",
        "theme",
        "topic",
    ]
)
SHORTEST = 2  # a single sign, such as 无, is found everywhere


@dataclass
class Typed:
    """Everything that is somebody's, by kind; and the fields that nobody has decided about."""

    numbers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    contacts: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    undecided: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)  # of requests

    def listen(self, http: httpx.AsyncClient) -> None:
        """To every request and answer of this client."""
        http.event_hooks = {"request": [self._asked], "response": [self._answered]}

    async def _asked(self, request: httpx.Request) -> None:
        path = request.url.path
        self.addresses.append(unquote(str(request.url)))
        if request.headers.get("content-type") != "application/json":
            return
        for name, value in _words(json.loads(await request.aread())):
            found = self._kind(path, name)
            if found is not None and len(value) >= SHORTEST:
                found.add(value)

    def _kind(self, path: str, name: str) -> set[str] | None:
        last = name.rpartition(".")[2]
        if path.startswith("/policy/") and name.startswith("content"):
            return None  # a pack is law
        if path.startswith("/exams/") and name.startswith(("questions.", "lessons.", "answers.")):
            return None  # the bank, and letters that are crossed
        if name == "code" and path == UNITS:
            return None  # 统一社会信用代码
        if name == "name" and OF_PEOPLE.match(path):
            return self.names
        if name == "content" and WRITTEN.match(path):
            return self.texts
        kinds = (
            (NUMBERS, self.numbers),
            (NAMES, self.names),
            (CONTACTS, self.contacts),
            (TEXTS, self.texts),
            (SECRETS, self.secrets),
        )
        for fields, found in kinds:
            if name in fields or last in fields:
                return found
        if name not in PUBLIC and last not in PUBLIC:
            self.undecided.add(f"{path}: {name}")
        return None

    async def _answered(self, response: httpx.Response) -> None:
        """One-time codes and tokens that were handed out."""
        if response.headers.get("content-type") == "application/json" and response.is_success:
            said = json.loads(await response.aread())
            for name, value in _words(said):
                if name in {"code", "activation_code", "token", "secret"} and len(value) > 6:
                    self.secrets.add(value)


def _words(said: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a form, with the names that lead to it."""
    match said:
        case str():
            yield at, said
        case dict():
            for name, part in said.items():
                yield from _words(part, f"{at}.{name}" if at else str(name))
        case list():
            for part in said:
                yield from _words(part, at)
        case _:
            return
