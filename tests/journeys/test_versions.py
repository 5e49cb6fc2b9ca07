"""ETag and If-Match: whoever decided on an old copy is refused, whatever is asked, and nothing
changes; the ETag of what was read is the version that If-Match means."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql

from deploy.local.story.scene import Scene
from deploy.local.wiring import SERVICES, Wiring
from tests.journeys import changes
from tests.journeys.changes import Change
from tests.journeys.conftest import Province

OLD = '"999999999999"'
# Refused, silently and always alike: nobody learns from it who is registered.
TELLS_NOBODY = {"POST /identity/password-codes"}
BY_ITS_VERSION = "stale-version"
MEANS_NOTHING = "if-match-of-nothing"
READ = {  # what two people may edit, and who reads it here
    "/identity/me": "learner",
    "/identity/people/{person_id}": "general",
    "/identity/units/{unit_id}": "account",
    "/policy/packs/{name}": "author",
    "/filing/filings/{filing_id}": "base",
    "/hours/people/{other_id}/{year}/claims/{claim_id}": "general",
    "/exams/courses/{course_id}": "author",
    "/exams/people/{person_id}/{year}/courses/{course_id}/attempts/{attempt_id}": "learner",
    "/certificates/issued/{certificate_id}": "learner",
}


@pytest.fixture(scope="module")
def ids(lived_in: Province) -> dict[str, str]:
    """What addresses may name, after the whole story."""
    lived_in.play("claims", "certificate", "class")
    return lived_in.do(changes.ids(lived_in.scene))


@pytest.fixture(scope="module")
def described(lived_in: Province) -> dict[str, set[str]]:
    """Every change that the services describe, with the headers that it takes."""
    address, found = lived_in.scene.wiring.address, {}
    for service in SERVICES:
        for path, methods in httpx.get(f"{address}/{service}/openapi.json").json()["paths"].items():
            for method, said in methods.items():
                headers = {p["name"] for p in said.get("parameters", []) if p["in"] == "header"}
                if "Idempotency-Key" in headers:
                    found[f"{method.upper()} /{service}{path}"] = headers
    return found


def template(operation: str) -> str:
    """The operation with its names left out: two services' tables name ids differently."""
    method, _, path = operation.partition(" ")
    return f"{method} {'/'.join('{}' if _named(p) else p for p in path.split('/'))}"


def _named(part: str) -> bool:
    return part.startswith("{") or part.count("-") == 4 or part in {"regional", "system_admin"}


def digest_of(wiring: Wiring, service: str) -> dict[str, Any]:
    """All that a service holds that a command may change."""
    with psycopg.connect(wiring.databases[service].owner) as conn:
        names = conn.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('views', 'private') "
            "OR (schemaname = 'public' AND tablename IN ('events', 'answers'))"
        ).fetchall()
        return {f"{schema}.{table}": _rows(conn, schema, table) for schema, table in names}


def _rows(conn: psycopg.Connection, schema: str, table: str) -> Any:
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM {} t"
    )
    return conn.execute(query.format(sql.Identifier(schema, table))).fetchone()


async def asked(scene: Scene, change: Change, ids: Mapping[str, str], version: str) -> Any:
    """What the service answers to this change, made on that version."""
    caller = scene.cast.nobody if change.by == "nobody" else scene.cast.callers[change.by]
    headers = {"If-Match": version, "Idempotency-Key": uuid4().hex}
    method, more = change.operation.partition(" ")[0], {}
    if change.files is not None:
        more = {"files": change.files, "data": change.body}
    body = None if more else change.body
    return await caller.ask(method, change.path(ids), body, headers=headers, **more)


def test_the_table_has_every_change(
    ids: Mapping[str, str], described: Mapping[str, set[str]]
) -> None:
    told = {template(change.operation) for change in changes.table(ids)}
    assert told == {template(one) for one in described.keys() - TELLS_NOBODY}


def test_a_stale_copy_is_refused_everywhere_and_nothing_changes(
    lived_in: Province, ids: Mapping[str, str], described: Mapping[str, set[str]]
) -> None:
    scene = lived_in.scene
    takes_it = {template(one) for one, headers in described.items() if "If-Match" in headers}
    before = {service: digest_of(scene.wiring, service) for service in SERVICES}
    for change in changes.table(ids):
        answer = lived_in.do(asked(scene, change, ids, OLD))
        wanted = BY_ITS_VERSION if template(change.operation) in takes_it else MEANS_NOTHING
        assert answer.json().get("rule") == wanted, (change.operation, answer.text)
        status = 412 if wanted == BY_ITS_VERSION else 400
        assert answer.status_code == status, change.operation
        assert answer.json()["source"]["document"]
        assert answer.json()["remedy"]
    assert {service: digest_of(scene.wiring, service) for service in SERVICES} == before


def of_the(resource: str, ids: Mapping[str, str]) -> Iterator[Change]:
    """The changes of exactly this resource."""
    for change in changes.table(ids):
        if change.operation.partition(" ")[2] == resource:
            yield change


@pytest.mark.parametrize("resource", READ)
def test_what_was_read_says_its_version(
    lived_in: Province, ids: Mapping[str, str], resource: str
) -> None:
    """Its ETag is taken; and what has changed since then has another one."""
    caller = lived_in.scene.cast.callers[READ[resource]]
    read = lived_in.do(caller.ask("GET", resource.format_map(ids)))
    assert read.is_success, read.text
    assert read.headers["ETag"].strip('"').isdigit()
    for change in of_the(resource, ids):
        if change.operation.startswith("DELETE"):
            continue
        done = lived_in.do(asked(lived_in.scene, change, ids, read.headers["ETag"]))
        assert done.json().get("rule") != BY_ITS_VERSION, (change.operation, done.text)
        if done.is_success:
            late = lived_in.do(asked(lived_in.scene, change, ids, read.headers["ETag"]))
            assert late.json()["rule"] == BY_ITS_VERSION, (change.operation, late.text)
            break
