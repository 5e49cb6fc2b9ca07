"""个人信息: what people typed while the story was played is looked for wherever it may not be.

Every topic, every table but the private ones, every log, trace and metric of every process, every
folder but the owners' files, every address of a request.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql

from deploy.local.story import CHAPTERS
from deploy.local.story.claims import of, said
from deploy.local.story.samples import PASSWORD
from deploy.local.story.scene import Scene
from deploy.local.wiring import SERVICES, Wiring
from libs.runtime import broker
from tests import topics
from tests.journeys.conftest import Province
from tests.journeys.typed import Typed

OWNERS = ("files", "sent")  # evidence and scans; messages on their way to their mobiles
KEPT_PRIVATELY = "private"
WHERE_TEXTS_ARE = {"hours": "texts", "filing": "forms", "policy": "reasons"}  # they are found
CONTENT = "本人主讲三次，听众为全体新任教师"
OPINION = "材料中的签名与本人笔迹不符"
PROOF = "户口簿首页与本人页"
LONGER = "因系统升级，部分单位未能按期审核"
MOBILE = "13977100042"


async def more_words(scene: Scene) -> None:
    """What the story does not say: free texts of every kind, and what is refused for its words."""
    cast = scene.cast
    learner, general, author = (cast.callers[who] for who in ("learner", "general", "author"))
    words = said("校内公开课", "2024-11-04/am", "2024-11-04/pm", "8.00") | {"content": CONTENT}
    claim = (await learner.do("POST", of(learner), words))["id"]
    for numbered in ({"content": f"电话{MOBILE}"}, {"name": f"找{MOBILE}"}):
        await learner.refused("POST", of(learner), words | numbered)
    await learner.do("POST", f"{of(learner)}/{claim}/submission", {})
    answer = {"passed": False, "opinion": OPINION}
    await general.do("POST", f"{of(learner)}/{claim}/audit", answer)
    change = {"mobile": MOBILE, "email": "qin.xiaoming@example.cn"}
    await general.do("PATCH", f"/identity/people/{learner.account_id}", change)
    change = {"name": "覃小铭", "proof": PROOF}
    await general.do("PUT", f"/identity/people/{learner.account_id}/identity", change)
    longer = {"window": "hours.audit", "until": "2025-05-31", "reason": LONGER}
    await author.do("POST", "/policy/packs/gx-2024/extensions", longer)
    nobody = cast.nobody
    login = {"document": {"number": scene.notes["late"]}, "password": PASSWORD, "role": "learner"}
    assert (await nobody.ask("POST", "/identity/sessions", login)).is_client_error
    await nobody.http.post("/identity/sessions", content=f'{{"password": "{PASSWORD}"'.encode())
    found = {"document": {"number": scene.people[0][1]}}
    await general.do("POST", "/identity/people/search", found)
    await general.do("POST", "/identity/people/search", {"name": scene.people[0][0]})


@pytest.fixture(scope="module")
def typed(lived_in: Province) -> Typed:
    """Everything that people typed, after the whole story and more."""
    lived_in.play(*CHAPTERS)
    lived_in.do(more_words(lived_in.scene))
    found = lived_in.typed
    for name, number, _department in lived_in.scene.people:  # they came in by the sheet
        found.names.add(name)
        found.numbers.add(number)
    return found


def hits(where: str, content: bytes, *kinds: Iterable[str]) -> list[str]:
    """What of these is in it, however it is spelled."""
    return [
        f"{where}: {one}"
        for kind in kinds
        for one in kind
        if any(spelled in content for spelled in spellings(one))
    ]


def spellings(word: str) -> tuple[bytes, ...]:
    """As it is, as JSON for those who know ASCII alone, as PostgreSQL shows bytes."""
    plain = word.encode()
    return plain, json.dumps(word)[1:-1].encode(), plain.hex().encode()


def tables(conn: psycopg.Connection) -> Iterator[tuple[str, str, bytes]]:
    """Every table of a database: its schema, its name, everything in it."""
    names = conn.execute(
        "SELECT schemaname, tablename FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
    ).fetchall()
    for schema, table in names:
        query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
        rows = conn.execute(query).fetchall()
        yield schema, table, "\n".join(row for (row,) in rows).encode()


def logs_of(wiring: Wiring) -> Iterator[Path]:
    """What the processes wrote, and the servers under them."""
    yield from (wiring.folder / "logs").glob("*.log")
    yield wiring.folder / "traces.jsonl"
    for server in (wiring.servers.database, wiring.servers.broker):
        if (folder := getattr(server, "folder", None)) is not None:
            yield from Path(folder).glob("*.log")


def test_somebody_has_decided_about_every_field(typed: Typed) -> None:
    assert not typed.undecided
    assert len(typed.numbers) > 220
    assert {CONTENT, OPINION, PROOF, LONGER} <= typed.texts
    assert MOBILE in typed.contacts
    assert PASSWORD in typed.secrets


def test_no_topic_tells(lived_in: Province, typed: Typed) -> None:
    kafka = lived_in.scene.wiring.servers.kafka
    context_topics = {f"{service}.events" for service in SERVICES}
    for topic in (*sorted(context_topics), broker.DIRECTORY, broker.HEARTBEATS):
        found = lived_in.do(topics.records(kafka, topic))
        assert found, topic
        content = b" ".join(topics.whole(record) for record in found)
        names = typed.names
        if topic == broker.DIRECTORY:  # it is there to show names
            assert hits(topic, content, names)
            names = set()
        kinds = (typed.numbers, typed.contacts, typed.texts, typed.secrets)
        assert not hits(topic, content, names, *kinds)


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_tells_but_the_private_ones(
    lived_in: Province, typed: Typed, service: str
) -> None:
    found = []
    with psycopg.connect(lived_in.scene.wiring.databases[service].owner) as conn:
        for schema, table, content in tables(conn):
            where = f"{service} {schema}.{table}"
            found += hits(where, content, typed.numbers, typed.secrets)  # sealed even there
            if schema != KEPT_PRIVATELY:
                found += hits(where, content, typed.names, typed.contacts, typed.texts)
            elif table == WHERE_TEXTS_ARE.get(service):
                assert hits(where, content, typed.texts)
    assert not found


def test_no_log_and_no_trace_tells(lived_in: Province, typed: Typed) -> None:
    written = 0
    for log in logs_of(lived_in.scene.wiring):
        content = log.read_bytes()
        written += len(content)
        assert not hits(log.name, content, *everything(typed))
    assert written


def test_no_metric_tells(lived_in: Province, typed: Typed) -> None:
    wiring = lived_in.scene.wiring
    ports = [f"http://127.0.0.1:{port}/metrics" for port in wiring.metrics.values()]
    for address in (*ports, *(f"{wiring.address}/{service}/metrics" for service in SERVICES)):
        content = httpx.get(address, timeout=10).content
        assert b"jixu_" in content
        assert not hits(address, content, *everything(typed))


def test_no_folder_tells_but_the_owners_files(lived_in: Province, typed: Typed) -> None:
    folder, papers = (
        lived_in.scene.wiring.folder,
        lived_in.scene.papers.folder,
    )  # what people printed
    looked_at = 0
    for file in folder.rglob("*"):
        owned = file.relative_to(folder).parts[0] in OWNERS or file.is_relative_to(papers)
        if file.is_file() and not owned:
            looked_at += 1
            assert not hits(str(file), file.read_bytes(), *everything(typed))
    assert looked_at


def test_no_address_of_a_request_tells(typed: Typed) -> None:
    addresses = "\n".join(typed.addresses).encode()
    assert not hits("a request", addresses, *everything(typed))


def everything(typed: Typed) -> tuple[set[str], ...]:
    """All kinds of what is somebody's."""
    return typed.numbers, typed.names, typed.contacts, typed.texts, typed.secrets
