"""Each operation in each role: what its description says of who may call it is so.

A role that is not named is refused, and changes nothing; to a role that is named nobody says
that this is not its task.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from libs.events.envelope import Actor, Role
from libs.events.roles import EVERYBODY, ordered

OF_THE_ROLE = {
    "not-your-task",
    "role-not-allowed",
    "studies-oneself",
    "certificate-by-the-holder",
}
UNREAD = {"body-invalid", "key-missing", "no-such-operation"}
ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE")
FILE = {"file": ("a.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}


@dataclass
class Calling:
    """A service, somebody in each role who has the records in scope if the role can, and what to
    say: names in addresses, and bodies that can be read, by operation."""

    app: FastAPI
    as_: Callable[[Actor], httpx.AsyncClient]
    actors: Mapping[Role, Actor]
    known: Mapping[str, str]
    bodies: Mapping[str, Any] = field(default_factory=dict)
    unfound: frozenset[str] = frozenset()  # what some named role may not find by these names

    async def wrong(self) -> list[tuple[object, ...]]:
        """The operations and roles of which the description says something else than is so: first
        those that are refused, which changes nothing, then what is read, then the rest."""
        assert set(self.actors) == EVERYBODY
        roles = described(self.app)
        sequence = sorted(roles, key=lambda operation: ORDER.index(operation.split(" ")[0]))
        found: list[tuple[object, ...]] = []
        for is_named in (False, True):
            for operation in sequence:
                for role in ordered(EVERYBODY):
                    if (role in roles[operation]) is is_named:
                        answer = await self._asked(operation, role)
                        good = self._may(operation, answer) if is_named else refused(answer)
                        if not good or rule_of(answer) in UNREAD:
                            found.append((operation, role, answer.status_code, answer.text[:300]))
        return found

    def _may(self, operation: str, answer: httpx.Response) -> bool:
        """Whatever else is said, it is not that this role doesn't; what is read is found."""
        rules = {rule_of(answer)}
        if answer.status_code == 200 and answer.text.startswith("["):
            rules = {(one.get("refused") or {}).get("rule") for one in answer.json()}
        reads = operation.startswith("GET ") and operation not in self.unfound
        is_found = not reads or answer.status_code not in (403, 404)
        return answer.status_code < 500 and is_found and not rules & OF_THE_ROLE

    async def _asked(self, operation: str, role: Role) -> httpx.Response:
        method, path = operation.split(" ")
        for name, value in self.known.items():
            path = path.replace("{" + name + "}", value)
        assert "{" not in path, f"nothing is known for {path}"
        body = self.bodies.get(operation)
        more: dict[str, Any] = {}
        if "multipart/form-data" in contents(self.app, operation):
            more = {"files": FILE}
            if body is not None:
                more["data"] = body
        elif contents(self.app, operation):
            more = {"json": {} if body is None else body}
        return await self.as_(self.actors[role]).request(method, path, **more)


def described(app: FastAPI) -> dict[str, set[Role]]:
    """The roles of each operation that needs a login."""
    return {
        f"{method.upper()} {path}": {Role(role) for role in operation["x-roles"]}
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
        if "security" in operation
    }


def contents(app: FastAPI, operation: str) -> set[str]:
    """The types of body that an operation takes."""
    method, path = operation.split(" ")
    body = app.openapi()["paths"][path][method.lower()].get("requestBody", {})
    return set(body.get("content", ()))


def refused(answer: httpx.Response) -> bool:
    """By the role or by scope; a list says the same by being empty, a batch of each item."""
    if answer.status_code == 200:
        said = answer.json()
        if isinstance(said, dict):
            return said == {"items": [], "next": None}
        return bool(said) and all(
            one.get("refused") and one["refused"]["status"] in (403, 404) for one in said
        )
    return answer.status_code in (403, 404)


def rule_of(answer: httpx.Response) -> str | None:
    """The rule that refuses it, if one does."""
    return str(answer.json().get("rule")) if answer.is_error else None


def somebody(learner: UUID, unit: UUID, department: UUID | None, bureau: UUID) -> dict[Role, Actor]:
    """One in each role: the learner, those of the learner's unit, the bureau that supervises it,
    and others, who are somewhere else."""
    places = {
        Role.LEARNER: (None, None),
        Role.UNIT_ACCOUNT: (unit, None),
        Role.UNIT_ADMIN: (unit, None),
        Role.DEPARTMENT_ADMIN: (unit, department),
        Role.INDUSTRY_AUTHORITY: (unit, None),
        Role.CITY_BUREAU: (bureau, None),
        Role.COUNTY_BUREAU: (bureau, None),
        Role.PROVINCE_BUREAU: (bureau, None),
        Role.SERVICE_DESK: (uuid4(), None),
    }
    ids = {Role.LEARNER: learner, Role.UNIT_ACCOUNT: unit}
    return {
        role: Actor(ids.get(role) or uuid4(), role, *places.get(role, (None, None)), uuid4())
        for role in ordered(EVERYBODY)
    }
