"""No statement of a batch reads a table whole that grows, however empty it was at first.

PostgreSQL keeps the plan of a statement that is asked again and again; where a table grew from
nothing, the plan of its first minute would read all of it in the first hour.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.local.server import Servers
from libs.runtime import database
from libs.runtime.__main__ import composed, services
from libs.runtime.log import answers, batch, gate
from libs.runtime.log.streams import Streams
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from libs.runtime.tables import Statement
from tests.component import lab

READ_WHOLE = re.compile(r"Seq Scan on (\w+)")
A_FEW_ROWS = {"laws", "published", "heard"}  # of policies and of contexts, not of people


def of_a_batch(service: Service) -> Sequence[Statement]:
    """What a batch asks for before it decides."""
    return (
        batch.HEAD,
        answers.ask(()),
        Streams(service).ask(["a/stream"]),
        *gate.ask(()),
        *service.facts.ask(()),
    )


@pytest.mark.parametrize("name", services())
async def test_a_batch_reads_by_index_from_the_first_minute(
    name: str, servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXU_IDENTITY_VAULT_KEYS", "00" * 32)
    settings = Settings(match_key="00" * 32, files=tmp_path)
    own = await lab.make(servers, composed(name)(settings), "", topics=False)
    whole = set()
    try:
        async with await database.connect(own.settings.database) as conn:
            for asked in of_a_batch(own.found.service):
                query = asked.sql if isinstance(asked.sql, str) else asked.sql.decode()
                plan = await conn.execute(f"EXPLAIN {query}".encode(), asked.params or None)
                for (line,) in await plan.fetchall():
                    whole |= {(table, query) for table in READ_WHOLE.findall(line)}
    finally:
        lab.unmake(servers, [own])
    assert {(table, query) for table, query in whole if table not in A_FEW_ROWS} == set()
