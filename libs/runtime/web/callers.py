"""可办理的登录身份: an operation says, as data and in words, in which roles it may be called.

What is said here decides nothing: the rules of each service do. Where a rule has a table of
roles, the route names that table; a test calls every operation in every role and compares.
"""

from collections.abc import Collection
from typing import Any

from libs.events.envelope import Role
from libs.events.roles import OFFICIAL, ordered

ROLES = "x-roles"


def by(roles: Collection[Role]) -> dict[str, Any]:
    """For a route's `openapi_extra`: the roles that may call it. A list that is empty to all
    others names those to whom it may show something."""
    return {ROLES: [role.value for role in ordered(roles)]}


def describe(described: dict[str, Any]) -> None:
    """The same as a paragraph of each operation, for who reads."""
    for path in described["paths"].values():
        for operation in path.values():
            paragraphs = [operation.get("description", ""), _line(operation)]
            operation["description"] = "\n\n".join(filter(None, paragraphs))


def _line(operation: dict[str, Any]) -> str:
    if "security" not in operation:
        return "Needs no login (无须登录)."
    roles = [Role(role) for role in operation.get(ROLES, ())]
    said = "、".join(f"{OFFICIAL[role]} `{role.value}`" for role in roles)
    return f"Roles (可办理的登录身份): {said}."
