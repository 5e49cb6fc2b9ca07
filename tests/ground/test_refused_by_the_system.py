"""What the system refuses, and what doesn't answer, is one sentence too; nobody reads a trace."""

import asyncio
import errno
import os
from pathlib import Path

import httpx
import psycopg
import pytest

from deploy.local import __main__ as words
from deploy.local import demo
from deploy.local.choice import Address, Choice
from deploy.local.databases import Database
from deploy.local.programs import migrate
from deploy.local.server import Given, Servers
from deploy.local.story import caller
from deploy.local.story.caller import Caller
from deploy.local.telling import NotAsTold, Step, tell
from deploy.local.troubles import Trouble, last_line
from deploy.local.wiring import Wiring

READ_ONLY = OSError(errno.EROFS, os.strerror(errno.EROFS), "/there/.local/demo-1")


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (READ_ONLY, "/there/.local/demo-1: Read-only file system. Let this user write there"),
        (
            OSError(errno.ENOENT, os.strerror(errno.ENOENT), "/there/java"),
            "/there/java: No such file or directory.\n",
        ),
        (OSError("no free port"), "This machine's system refused: no free port."),
        (TimeoutError(), "This machine's system refused: TimeoutError."),
        (psycopg.OperationalError("not\nup"), "PostgreSQL doesn't do what it is asked for: not up"),
    ],
)
def test_whatever_the_system_refuses_is_a_sentence(
    refused: Exception,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse() -> None:
        raise refused

    monkeypatch.setitem(words.WORDS, "demo", refuse)
    assert words.main(["demo"]) == 1
    assert sentence in capsys.readouterr().err


def test_papers_that_can_not_be_laid_down_are_found_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out/培训班备案登记表.pdf/taken").mkdir(parents=True)  # also for root
    monkeypatch.setattr(demo, "OUT", tmp_path / "out")
    monkeypatch.setattr(demo, "passing", lambda _: pytest.fail("it was started"))
    with pytest.raises(OSError, match="培训班备案登记表"):
        demo.play(Choice(Address("nowhere"), Address("nowhere")))


@pytest.mark.parametrize(
    ("hurry", "sentence"),
    [
        (False, "Step 1, “A click”, is not as told: GET /here was not answered in 0 s"),
        (True, "Step 1, “A click”, is not as told: GET /here was not answered: Server disc"),
    ],
)
async def test_a_step_that_is_not_answered_is_named(
    hurry: bool, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "PATIENCE", 0.2)
    over = asyncio.Event()

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        if not hurry:
            await over.wait()
        writer.close()

    async def click(anybody: Caller) -> str:
        return str(await anybody.do("GET", "/here"))

    async with await asyncio.start_server(mute, "127.0.0.1", 0) as server:
        address = "http://{}:{}".format(*server.sockets[0].getsockname())
        async with httpx.AsyncClient(base_url=address) as http:
            with pytest.raises(NotAsTold) as wrong:
                await tell([Step("A click", click)], Caller(http))
        over.set()
    assert str(wrong.value).startswith(sentence)


def test_a_migration_that_fails_is_told_by_its_cause_and_the_trace_is_in_a_log(
    tmp_path: Path,
) -> None:
    nowhere = Servers(Given("nowhere"), Given("nowhere"))
    made = {"nobody": Database("host=nowhere", "host=nowhere")}
    with pytest.raises(Trouble) as failure:
        migrate(Wiring(nowhere, tmp_path, 1, made, {}))
    log = tmp_path / "logs/migrate.log"
    assert str(failure.value).endswith(f"(log: {log})")
    assert "Traceback" not in str(failure.value)
    assert last_line(log.read_text()) in str(failure.value)
