"""Who acts in the story, each descended from the three administrators by the public API."""

from dataclasses import dataclass, field
from typing import Any

from deploy.local.story.caller import Caller
from deploy.local.story.samples import PASSWORD, id_number, unit_code


@dataclass
class Cast:
    """The people and units of the sample province. Filled in as the story goes."""

    nobody: Caller
    codes: dict[str, str]  # of the three administrators, as migrate printed them
    callers: dict[str, Caller] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)  # id by name
    logins: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """Role, whose it is, and what is said to log in."""

    async def take_office(self, role: str, name: str) -> Caller:
        """One of the three administrators (三员)."""
        number = id_number()
        words = {"number": number, "name": name, "code": self.codes[role], "password": PASSWORD}
        await self.nobody.do("PUT", f"/identity/offices/{role}/holder", words)
        return await self._logged_in(role, name, number)

    async def unit(self, by: Caller, name: str, **more: str) -> str:
        """A unit is registered; its id."""
        words = {
            "code": unit_code(),
            "name": name,
            "affiliation": "city",
            "city": "南宁市",
            "county": "青秀区",
            **more,
        }
        said = await by.do("POST", "/identity/units", words)
        self.units[name] = said["id"]
        return str(words["code"])

    async def account(self, name: str, code: str, giver: Caller) -> Caller:
        """The unit's own account takes its code."""
        path = f"/identity/units/{self.units[name]}/activation-code"
        handed = await giver.do("POST", path, {})
        await self.nobody.do(
            "POST",
            "/identity/activations",
            {"unit_code": code, "code": handed["code"], "password": PASSWORD},
        )
        found = await self.nobody.log_in(PASSWORD, "unit_account", unit_code=code)
        self.logins.append(("unit_account", name, {"unit_code": code}))
        return found

    async def person(self, manager: Caller, name: str, **more: str) -> tuple[str, str]:
        """Somebody whom a unit enters and who takes the one-time code: id and number."""
        number = id_number()
        said = await manager.do(
            "POST", "/identity/people", {"number": number, "name": name, **more}
        )
        await self.activate(number, said["activation_code"])
        return str(said["person_id"]), number

    async def activate(self, number: str, code: str) -> None:
        """The one-time code becomes an own password."""
        words = {"document": {"number": number}, "code": code, "password": PASSWORD}
        await self.nobody.do("POST", "/identity/activations", words)

    async def admin(
        self, account: Caller, role: str, name: str, department_id: str | None = None
    ) -> Caller:
        """The unit account appoints an admin, who logs in."""
        person_id, number = await self.person(account, name)
        words = {
            "person_id": person_id,
            "role": role,
            "department_id": department_id,
            "login_allowed": True,
        }
        await account.do("POST", f"/identity/units/{account.unit_id}/admins", words)
        return await self._logged_in(role, name, number)

    async def learner(self, manager: Caller, name: str, **more: str) -> Caller:
        """A learner of the manager's unit, logged in."""
        _, number = await self.person(manager, name, **more)
        return await self._logged_in("learner", name, number)

    async def _logged_in(self, role: str, name: str, number: str) -> Caller:
        found = await self.nobody.log_in(PASSWORD, role, document={"number": number})
        unit = next((name for name, id_ in self.units.items() if id_ == found.unit_id), "")
        self.logins.append((role, f"{unit}{name}", {"document": {"number": number}}))
        return found
