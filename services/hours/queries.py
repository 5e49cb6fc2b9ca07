"""What may be read of the views, each by the same scope rule as the decisions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.decider.predicate import AnyOf, Nothing, Predicate
from libs.events.envelope import Actor
from libs.events.roles import seeing
from libs.events.scope import SEE_PEOPLE, people_of
from libs.runtime.following.people import may_see
from libs.runtime.reading import Found, select
from services.hours.rules.actors import auditing

BY_DIGEST = """
SELECT d.digest, d.person_id, d.name FROM directory d
JOIN (SELECT * FROM people WHERE {condition}) p USING (person_id)
WHERE d.digest = ANY(%s)"""
_SEEN = """(
    SELECT claims.*, people.unit_id, people.department_id, people.parent_id, people.bureau_id,
           people.jurisdiction, n.name AS unit_name,
           d.name AS person_name, d.masked AS masked_number, d.digest AS number_digest
    FROM claims LEFT JOIN people USING (person_id) LEFT JOIN directory d USING (person_id)
    LEFT JOIN unit_names n ON n.unit_id = people.unit_id
) c"""
_CLAIM = f"SELECT * FROM {_SEEN} WHERE person_id = %s AND claim_id = %s AND ({{condition}})"
_EVIDENCE = f"SELECT 1 FROM {_SEEN} WHERE person_id = %s AND evidence LIKE %s AND ({{condition}})"
LIST = f"""
SELECT c.* FROM {_SEEN} WHERE ({{scope}}) AND c.state <> 'deleted' {{filters}}
ORDER BY c.version DESC LIMIT %s"""
ENTRIES = """
SELECT c.* FROM (
    SELECT e.*, p.unit_id, p.department_id, p.parent_id, p.bureau_id,
           d.name AS person_name, d.masked AS masked_number, d.digest AS number_digest
    FROM entries e JOIN people p USING (person_id) LEFT JOIN directory d USING (person_id)
) c WHERE ({scope}) {filters} ORDER BY c.version DESC, c.entry_id LIMIT %s"""


def claims_of(actor: Actor) -> Predicate:
    """The claims that this actor may see: of the own people, and those sent here."""
    return AnyOf((people_of(actor), auditing(actor)))


SEE_CLAIMS = SEE_PEOPLE | seeing(auditing)
"""The roles that may have some in it."""


async def rows_of(
    conn: AsyncConnection, query: str, scope: Predicate, filters: Mapping[str, Any], limit: int
) -> list[Found]:
    """LIST or ENTRIES in this scope, where all filters hold: one row more than a page, if any.

    Each alternative of the scope is looked for by itself, by an index of its own: of one condition
    with OR between a person's unit and a claim's, every claim of the province would be looked at.
    """
    ways = scope.parts if isinstance(scope, AnyOf) else (scope,)
    text = "".join(f" AND {wanted}" for wanted in filters)
    queries, values = [], []
    for condition, scoped in (way.sql() for way in ways if way != Nothing()):
        queries.append(query.format(scope=condition, filters=text))
        values += [*scoped, *filters.values(), limit + 1]
    if len(queries) < 2:
        return await select(conn, queries[0], values) if queries else []
    found = " UNION ".join(f"({one})" for one in queries)
    return await select(
        conn, f"SELECT * FROM ({found}) c ORDER BY version DESC LIMIT %s", [*values, limit + 1]
    )


async def claim_in_scope(
    conn: AsyncConnection, actor: Actor, person_id: UUID, claim_id: UUID
) -> Found | None:
    """A claim, if this actor may see it."""
    condition, values = claims_of(actor).sql()
    found = await select(conn, _CLAIM.format(condition=condition), [person_id, claim_id, *values])
    return found[0] if found else None


async def evidence_in_scope(
    conn: AsyncConnection, actor: Actor, person_id: UUID, digest: str
) -> bool:
    """Whether this actor may see a file: a person's admins may, and who audits its claim."""
    if await may_see(conn, actor, person_id):
        return True
    condition, values = claims_of(actor).sql()
    query = _EVIDENCE.format(condition=condition)
    return bool(await select(conn, query, [person_id, f"%{digest}%", *values]))
