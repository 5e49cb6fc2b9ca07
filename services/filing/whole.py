"""One filing, whole, in two round trips: the filing, then what it says that there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.envelope import Actor
from libs.runtime.following import laws
from libs.runtime.log import batch
from libs.runtime.reading import Found, select
from libs.runtime.tables import Statement
from services.filing.rules.actors import filings_of
from services.filing.state.known import FilingFacts

WRITTEN = ("remark", "opinion", "reason")

_ONE = """
SELECT f.*, n.name AS unit_name, w.form
FROM filings f LEFT JOIN unit_names n USING (unit_id) LEFT JOIN forms w USING (filing_id)
WHERE filing_id = %s AND ({scope})"""
_TEXTS = "SELECT digest, text FROM texts WHERE filing_id = %s AND digest = ANY(%s)"
_GRANT = """
SELECT s.count, t.filing_id IS NOT NULL, t.credited, t.waiting
FROM grants_started s LEFT JOIN grants_settled t USING (filing_id) WHERE filing_id = %s"""
_REFUSED = "SELECT person_id, rule FROM grants_refused WHERE filing_id = %s ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Grant:
    """What hours has told of a grant."""

    count: int
    settled: bool
    credited: int | None
    waiting: int | None
    refused: Mapping[UUID, str]  # the rule, by person


class Whole(NamedTuple):
    """A filing's row with its unit's name and its form, the law, what was written, its grant."""

    row: Found
    law: FilingFacts
    texts: Mapping[str, str]
    grant: Grant | None


async def read(conn: AsyncConnection, actor: Actor, filing_id: UUID) -> Whole:
    """The filing, in the actor's scope. Refused: NOT_FOUND."""
    scope, values = filings_of(actor).sql()
    found = await select(conn, _ONE.format(scope=scope), [filing_id, *values])
    if not found:
        raise Refused(NOT_FOUND)
    row = found[0]
    digests = {kind: row[f"{kind}_digest"] for kind in WRITTEN if row[f"{kind}_digest"]}
    asked = {"law": laws.ask()}
    if digests:
        asked["texts"] = Statement(_TEXTS, (filing_id, list(digests.values())))
    if row["requests"]:  # without a request nothing is granted
        asked |= {"grant": Statement(_GRANT, (filing_id,)), "refused": refused(filing_id)}
    answers: dict[str, list[tuple[Any, ...]]] = dict(
        zip(asked, await batch.ask(conn, (), list(asked.values())), strict=True)
    )
    texts = dict(answers.get("texts", ()))
    grants = [
        Grant(count, settled, credited, waiting, dict(answers["refused"]))
        for count, settled, credited, waiting in answers.get("grant", ())
    ]
    return Whole(
        row,
        FilingFacts(laws.answer(answers["law"]).newest),
        {kind: texts.get(digests.get(kind), "") for kind in WRITTEN},
        grants[0] if grants else None,
    )


def refused(filing_id: UUID) -> Statement:
    """Who of its roster could not be credited, and by which rule."""
    return Statement(_REFUSED, (filing_id,))
