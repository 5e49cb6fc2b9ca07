"""When the product has come to rest after a fault, and what must be so then."""

import psycopg

from tests.component.lab import until
from tests.faults import checker
from tests.faults.product import Product

FOLLOWERS = {
    "identity": ("policy", "filing", "hours", "exams", "certificates"),
    "policy": ("filing", "hours", "exams", "certificates"),
    "filing": ("hours",),
    "hours": ("filing", "certificates"),
    "exams": ("hours",),
}
PAIRS = [(source, follower) for source, them in FOLLOWERS.items() for follower in them]


async def settled(product: Product, seconds: float = 90) -> None:
    """Every process is up, and every event has arrived wherever it is followed. A carrier that
    stands still is ended after 40 s; AssertionError with the last words of whoever has not come."""
    await product.is_ready()

    async def all_arrived() -> bool:
        try:
            return all(_arrived(product, *one) for one in PAIRS)
        except psycopg.OperationalError:
            return False

    try:
        await until(all_arrived, seconds)
    except TimeoutError:
        missing = [pair for pair in PAIRS if not _arrived(product, *pair)]
        contexts = {context for pair in missing for context in pair}
        raise AssertionError(
            f"{missing} have not arrived\n{product.last_words(contexts)}"
        ) from None


def _arrived(product: Product, source: str, follower: str) -> bool:
    (found,) = product.rows(source, "SELECT id, (SELECT count(*) FROM events) FROM log")
    query = "SELECT count(*) FROM kept WHERE log_id = %s"
    return product.rows(follower, query, found[0]) == [(found[1],)]


def check(product: Product) -> checker.Verdict:
    """AssertionError with everything that is wrong with the logs, and with what is set aside."""
    databases = {name: made.owner for name, made in product.wiring.databases.items()}
    wrong = [
        f"{follower}: {reason}"
        for source, follower in PAIRS
        for reason in checker.check_following(
            databases[source], databases[follower], f"{source}.events"
        )
    ]
    wrong += [
        f"{service} has {count} set aside"
        for service in databases
        for (count,) in product.rows(service, "SELECT count(*) FROM aside WHERE NOT given_up")
        if count
    ]
    assert not wrong, "\n".join(wrong[:20])
    return checker.check_databases(databases["certificates"], databases["hours"])
