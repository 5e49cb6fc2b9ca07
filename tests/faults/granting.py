"""A class, from its filing to the request for its hours; the province's grant is the test's."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deploy.local.story import classes
from tests.component.lab import until
from tests.faults.product import Product
from tests.faults.standing import ON_ROSTERS

SCAN = b"%PDF-1.7\n% the form, stamped and scanned\n"
HOURS = 2400  # hundredths of an hour that the class gives each


@dataclass
class TrainingClass:
    """A class whose hours have been asked for."""

    product: Product
    path: str
    on_the_roster: int

    @property
    def id(self) -> UUID:
        """The filing."""
        return UUID(self.path.rpartition("/")[2])

    async def granted(self) -> None:
        """The province grants, by one act."""
        await self.product.scene.cast.callers["author"].do("POST", f"{self.path}/grant", {})

    async def settled(self) -> None:
        """The base is told that everybody has the hours."""
        base = self.product.scene.cast.callers["base"]

        async def so() -> bool:
            said: dict[str, Any] = (await base.do("GET", self.path))["outcome"] or {}
            counts = [said.get(name) for name in ("credited", "waiting", "refused")]
            return counts == [self.on_the_roster, 0, []]

        await until(so, 60)

    def credited(self) -> list[tuple[object, ...]]:
        """By the log: entries, people, and the least and the most that one has."""
        return self.product.rows(
            "hours",
            "SELECT sum(n), count(*), min(sum), max(sum) FROM (SELECT count(*) AS n, "
            "sum((body::json->>'recognised')::numeric * 100)::int AS sum FROM events "
            "WHERE type = 'hours.HoursRecognised' AND body::json->>'source_id' = %s "
            "GROUP BY body::json->>'person_id') of_one",
            str(self.id),
        )


async def asked_for(product: Product, people: int, **form: Any) -> TrainingClass:
    """Filed, reported, sealed, with so many registered people on its roster; hours asked for."""
    base = product.scene.cast.callers["base"]
    filed = await base.do("POST", "/filing/filings", classes.form(**form))
    path = f"/filing/filings/{filed['id']}"
    await base.do("POST", f"{path}/report", {})
    scan = {"file": ("scan.pdf", SCAN, "application/pdf")}
    await base.do("POST", f"{path}/sealed-form", files=scan)
    template = (await base.ask("GET", "/filing/roster-template")).content
    rows: list[tuple[str, Any]] = [
        (name, number) for name, number, where in product.scene.people if where == ON_ROSTERS
    ]
    sheet = classes.roster(template, rows[:people])
    pending = await base.do("POST", f"{path}/rosters", files={"file": ("roster.xlsx", sheet)})
    assert (pending["good"], pending["registered"]) == (people, people), pending["bad"]
    await base.do("POST", f"{path}/rosters/{pending['roster_id']}/confirmation")
    await base.do("POST", f"{path}/request")
    return TrainingClass(product, path, people)
