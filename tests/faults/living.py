"""What people do while things break: they claim, have it passed, get a certificate, lose it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.component.lab import until
from tests.faults.product import Product
from tests.faults.wire import Line

YEAR = 2024
LANES = 32
CREATED, NOT_ENOUGH_YET = 201, (404, 409, 422)
SHORT = ("24.00", "24.00", "24.00", "14.00", "4.00")  # 90 hours, as the law asks for


@dataclass
class Life:
    """One learner's year, as the learner knows it."""

    person: UUID
    claimed: list[str] = field(default_factory=list)  # ids, in the order of the clicks
    hours: list[str] = field(default_factory=list)
    certificate: str = ""
    deleted: list[str] = field(default_factory=list)

    @property
    def sum(self) -> int:
        """Hundredths of an hour that must stand in the ledger."""
        standing = [
            h for c, h in zip(self.claimed, self.hours, strict=True) if c not in self.deleted
        ]
        return sum(int(hours.replace(".", "")) for hours in standing)


def _claims_of(life: Life) -> str:
    return f"/hours/people/{life.person}/{YEAR}/claims"


def activity(number: int, hours: str) -> dict[str, Any]:
    """The learner's n-th activity; no two are the same."""
    began = date(YEAR, 1, 8) + timedelta(days=number * 7 % 300)
    return {
        "category": "professional",
        "rule": "training",
        "name": f"专业研修 {number}",
        "organiser": "样例大学",
        "form": "线下",
        "began": f"{began}/am",
        "ended": f"{began + timedelta(days=6)}/pm",
        "result": "合格",
        "hours": hours,
        "promised": True,
    }


@dataclass
class Living:
    """Learners at work on the product, many at once."""

    product: Product
    lives: list[Life]
    hours: Sequence[str] = SHORT
    done: int = 0  # claims passed, certificates generated, entries deleted
    repeated: int = 0  # requests whose answer never came

    @classmethod
    def of(cls, product: Product, people: int, hours: Sequence[str] = SHORT) -> "Living":
        """So many people whom nobody else has."""
        return cls(product, [Life(person) for person in product.somebody(people)], hours)

    @property
    def all(self) -> int:
        """How much there is to be done."""
        return len(self.lives) * (len(self.hours) + 2)

    async def live(self) -> None:
        """Each claims everything, has it passed, takes the certificate and loses an entry."""
        await self._each(self._claims, self._generates, self._loses)

    @asynccontextmanager
    async def under_way(self) -> AsyncIterator["asyncio.Task[None]"]:
        """They live while the inside is done, and to the end; what breaks it breaks them."""
        living = asyncio.create_task(self.live())
        try:
            yield living
            await living
        finally:
            living.cancel()

    async def has_come_to(self, share: float, living: "asyncio.Task[None]") -> bool:
        """Whether so much has been done; what broke those who live is raised."""
        if living.done():
            living.result()
        return self.done >= share * self.all

    async def claim(self) -> None:
        """The first part alone."""
        await self._each(self._claims)

    async def generate(self) -> None:
        """The second part alone."""
        await self._each(self._generates)

    async def lose(self) -> None:
        """The third part alone."""
        await self._each(self._loses)

    async def _claims(self, line: Line, life: Life) -> None:
        """In order, each submitted and passed before the next."""
        mine, path = self.product.token(life.person), _claims_of(life)
        for hours in self.hours:
            number = len(life.claimed)
            key = f"{life.person}-{number}"
            made = (await line.ask("POST", path, mine, activity(number, hours), key)).id
            life.claimed.append(made)
            life.hours.append(hours)
            decision = {"passed": True, "distinct": True}
            assert (await line.ask("POST", f"{path}/{made}/submission", mine, {})).id == made
            audit = await line.ask("POST", f"{path}/{made}/audit", self._admin(), decision)
            assert audit.id == made
            self.done += 1

    async def _generates(self, line: Line, life: Life) -> None:
        """The annual certificate, as soon as the projection knows of enough."""
        key, path = uuid4().hex, f"/certificates/years/{YEAR}/annual"
        async with asyncio.timeout(120):  # whoever stands still is ended after 40
            while True:
                answer = await line.ask("POST", path, self.product.token(life.person), {}, key)
                if answer.status == CREATED:
                    break
                assert answer.status in NOT_ENOUGH_YET, answer.body.decode()
                await asyncio.sleep(0.2)
        life.certificate = answer.id
        self.done += 1

    async def _loses(self, line: Line, life: Life) -> None:
        """The unit deletes the last claim, which had been passed."""
        last = next(c for c in reversed(life.claimed) if c not in life.deleted)
        answer = await line.ask("DELETE", f"{_claims_of(life)}/{last}", self._admin())
        assert answer.id == last
        life.deleted.append(last)
        self.done += 1

    async def _each(self, *parts: Callable[[Line, Life], Awaitable[None]]) -> None:
        """Every learner, so many at a time, each on a connection."""
        waiting = iter(self.lives)

        async def lane() -> None:
            line = Line(self.product.wiring.port)
            try:
                for life in waiting:
                    for part in parts:
                        await part(line, life)
            finally:
                self.repeated += line.repeated
                line.hang_up()

        async with asyncio.TaskGroup() as group:
            for _ in range(LANES):
                group.create_task(lane())

    def _admin(self) -> str:
        return self.product.admin_token()

    async def all_is_exact(self) -> None:
        """Every sum is what the learners know; every certificate fell whose hours were deleted."""
        people = [life.person for life in self.lives]
        query = (
            "SELECT person_id, sum(recognised), count(*) FROM entries "
            "WHERE person_id = ANY(%s) GROUP BY 1"
        )
        expected = {
            (life.person, life.sum, len(life.claimed) - len(life.deleted)) for life in self.lives
        }
        found = {(p, int(str(s)), n) for p, s, n in self.product.rows("hours", query, people)}
        assert found == expected
        await until(self._fallen)
        self._in_the_order_of_the_clicks(people)

    async def _fallen(self) -> bool:
        fell = {life.certificate for life in self.lives if life.certificate and life.deleted}
        query = "SELECT body::json->>'certificate_id' FROM events WHERE type = %s"
        revoked = self.product.rows("certificates", query, "certificates.CertificateRevoked")
        return fell <= {str(one) for (one,) in revoked}

    def _in_the_order_of_the_clicks(self, people: Sequence[UUID]) -> None:
        """The follower heard of each person's claims in the order in which they were made."""
        query = (
            "SELECT subject, array_agg(body::json->>'claim_id' ORDER BY position) FROM kept "
            "WHERE type = 'hours.HoursClaimed' AND subject = ANY(%s) GROUP BY 1 ORDER BY 1"
        )
        said = sorted((life.person, life.claimed) for life in self.lives if life.claimed)
        assert self.product.rows("certificates", query, people) == said
