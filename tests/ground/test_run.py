"""`make run` as a newcomer has it: what it prints logs in, a class comes to its end, days go by,
and a server that is killed comes back."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.folders import passing
from deploy.local.later import later
from deploy.local.patience import until
from deploy.local.ports import free_port
from deploy.local.story.caller import Caller
from deploy.local.story.sample import CLASS, ON_ROSTER, ROSTER
from deploy.local.troubles import Trouble
from tests.ground.test_ending import at_work_in

RUN = "import sys; from pathlib import Path; from deploy.local.ending import orderly\n"
RUN += "from deploy.local.province import run\n"
RUN += "with orderly():\n    run(Path(sys.argv[1]))\n"

pytestmark = pytest.mark.long  # a province of its own


@dataclass
class Up:
    """A province that a person keeps up."""

    folder: Path
    running: "subprocess.Popen[str]"
    said: list[str]

    @property
    def address(self) -> str:
        return (self.folder / "address").read_text()

    def body(self, role: str, whose: str = "") -> dict[str, Any]:
        """The first login that is printed for such a role."""
        lines = (line for line in self.said if f'"role": "{role}"' in line and whose in line)
        found: dict[str, Any] = json.loads(re.findall(r"\{.*\}$", next(lines))[0])
        return found

    async def logged_in(self, http: httpx.AsyncClient, role: str, whose: str = "") -> Caller:
        """With just what is printed."""
        answer = await http.post("/identity/sessions", json=self.body(role, whose))
        assert answer.status_code == 201, answer.text
        return Caller(http, answer.json()["token"], login=self.body(role, whose))

    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.address, timeout=60)


@pytest.fixture(scope="module")
def province() -> Iterator[Up]:
    with passing("run") as parent:
        folder = parent / "province"
        told = {"SCALE": "202", "PORT": str(free_port())}
        running = subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **told},
        )
        up = Up(folder, running, [])
        threading.Thread(target=_listen, args=[up], daemon=True).start()
        try:
            is_up = until(lambda: _says(up, "Ctrl-C stops it") or running.poll() is not None, 120)
            assert is_up, "\n".join(up.said)
            assert running.poll() is None, "\n".join(up.said)
            yield up
        finally:
            running.kill()
            running.wait()


def _listen(up: Up) -> None:
    for line in up.running.stdout or ():
        up.said.append(line.rstrip())


def _says(up: Up, words: str) -> bool:
    return any(words in line for line in up.said)


async def test_every_login_that_is_printed_logs_in(province: Up) -> None:
    bodies = [re.findall(r"\{.*\}$", line)[0] for line in province.said if '"role"' in line]
    async with province.http() as http:
        answers = [await http.post("/identity/sessions", json=json.loads(b)) for b in bodies]
    assert [answer.status_code for answer in answers] == [201] * len(bodies)
    roles = {answer.json()["role"] for answer in answers}
    assert {"city_bureau", "county_bureau", "industry_authority", "service_desk"} < roles


async def test_a_class_that_is_over_comes_to_its_end(province: Up) -> None:
    async with province.http() as http:
        base = await province.logged_in(http, "unit_account", "广西大学")
        (filed,) = (await base.do("GET", "/filing/filings"))["items"]
        assert filed["name"] == CLASS
        path = f"/filing/filings/{filed['filing_id']}"
        await base.do("POST", f"{path}/report", {})
        form = (await base.ask("GET", f"{path}/form")).content
        scan = {"file": ("scan.pdf", form, "application/pdf")}
        await base.do("POST", f"{path}/sealed-form", files=scan)
        sheet = {"file": (ROSTER, (province.folder / ROSTER).read_bytes())}
        pending = await base.do("POST", f"{path}/rosters", files=sheet)
        assert (pending["good"], pending["registered"]) == (ON_ROSTER + 1, ON_ROSTER)
        await base.do("POST", f"{path}/rosters/{pending['roster_id']}/confirmation")
        await base.do("POST", f"{path}/request")
        bureau = await province.logged_in(http, "province_bureau")
        await bureau.do("POST", f"{path}/grant", {})
        for _ in range(300):
            outcome = (await base.do("GET", path))["outcome"] or {}
            if outcome.get("credited") == ON_ROSTER:
                break
            await asyncio.sleep(0.1)
        assert (outcome["credited"], outcome["waiting"]) == (ON_ROSTER, 1)


async def test_who_asks_at_the_root_is_led_on(province: Up) -> None:
    async with province.http() as http:
        index = await http.get("/docs")
        assert "/identity/docs" in index.text
        assert '<html lang="en">' in index.text
        assert '<span lang="zh-CN">各服务的接口说明' in index.text
        assert (await http.get("/identity", follow_redirects=True)).url.path == "/identity/docs"
        nothing = await http.get("/openapi.json")
    assert (nothing.status_code, nothing.json()["status"]) == (404, 404)
    assert nothing.headers["content-type"] == "application/problem+json"


async def test_days_go_by(province: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    async def now() -> datetime:
        async with province.http() as http:
            said = (await http.get("/hours/healthz")).json()["now"]
        return datetime.fromisoformat(said)

    before = await now()
    monkeypatch.setenv("DAYS", "6")
    await asyncio.to_thread(later, province.folder)
    assert (await now() - before).days == 6


@pytest.mark.parametrize("days", ["-6", "0", "sechs", "", "367"])
def test_only_whole_days_and_forward(
    province: Up, days: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = (province.folder / "clock.json").read_text()
    monkeypatch.setenv("DAYS", days)
    with pytest.raises(Trouble, match="from 1 to 366"):
        later(province.folder)
    assert (province.folder / "clock.json").read_text() == clock


def test_no_days_go_by_where_no_province_is_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYS", "6")
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(Trouble, match="No province is up here: start one with make run"):
            later(folder)
    assert not (tmp_path / "none").exists()


async def test_killed_servers_come_back_and_the_end_takes_seconds(province: Up) -> None:
    """The last test here: afterwards nothing of the province runs."""
    async with province.http() as http:
        learner = await province.logged_in(http, "learner")
        for server in ("postgres/data", "kafka.properties"):
            os.kill(_process_of(province.folder, server), signal.SIGKILL)
        for name in ("PostgreSQL", "Kafka"):
            assert until(lambda name=name: _says(province, f"{name} ended (by signal 9)"), 30)  # type: ignore[misc]
        courses = await learner.do("GET", "/exams/courses?year=2024")
        assert courses
    for server in ("postgres/data", "kafka.properties"):
        assert until(lambda server=server: bool(_of(province.folder, server)), 30)  # type: ignore[misc]
        os.kill(_process_of(province.folder, server), signal.SIGKILL)
    province.running.send_signal(signal.SIGINT)
    province.running.wait(15)
    assert until(lambda: at_work_in(province.folder) == [], 5)


def _of(folder: Path, sign: str) -> list[int]:
    """Servers at work in the folder: postmaster or broker, not their children."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if any(str(folder) in word and sign in word for word in words):
            found.append(int(process.name))
    return found


def _process_of(folder: Path, sign: str) -> int:
    (found,) = _of(folder, sign)
    return found
