"""The supervisor starts a dead program again, and nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import supervisor
from deploy.local.patience import until
from deploy.local.process import Process, Program, descendants
from deploy.local.supervisor import FIRST_PAUSE, LONGEST_PAUSE, next_pause, supervised

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True);"
    "time.sleep(600)",
]

SUPERVISOR = """
import os, sys, time
from pathlib import Path
from deploy.local.process import Program
from deploy.local.supervisor import supervised
folder = Path(sys.argv[1])
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
programs = [Program(name, sleep, folder / name) for name in ("one", "two")]
with supervised(programs) as supervisor:
    print(*(supervisor.process(program.name).pid for program in programs), flush=True)
    time.sleep(600)
"""


def gone(pid: int) -> bool:
    """Whether no such process runs (one that only waits to be reaped doesn't run)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture
def foreign_supervisor(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A supervisor in a process of its own, and the ids of its two children."""
    argv = [sys.executable, "-c", SUPERVISOR, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as foreign:
        assert foreign.stdout
        yield foreign, [int(word) for word in foreign.stdout.readline().split()]
        foreign.kill()


def test_a_dead_program_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    with supervised([Program("web", SLEEP, tmp_path / "log")], said.append) as at_work:
        first = at_work.process("web").pid
        os.kill(first, signal.SIGKILL)
        assert until(lambda: at_work.process("web").pid != first, 10)
        assert at_work.process("web").alive
    assert len(said) == 1
    assert said[0].startswith("web ended (by signal 9); starting it again in 0.2 s")


def test_a_program_that_keeps_dying_is_started_less_and_less_often(tmp_path: Path) -> None:
    said: list[str] = []
    with supervised([Program("bad", ENDS, tmp_path / "log")], said.append):
        assert until(lambda: len(said) >= 3, 20)
    assert [line.partition("again in ")[2][:3] for line in said[:3]] == ["0.2", "0.4", "0.8"]


def test_the_pause_before_a_start() -> None:
    assert next_pause(None, lived=0) == FIRST_PAUSE
    assert next_pause(FIRST_PAUSE, lived=1) == FIRST_PAUSE * 2
    assert next_pause(LONGEST_PAUSE, lived=1) == LONGEST_PAUSE
    assert next_pause(LONGEST_PAUSE, lived=60) == FIRST_PAUSE


def test_the_last_one_is_stopped_first(tmp_path: Path) -> None:
    note = "import signal, sys, time; from pathlib import Path\n"
    note += "def end(*_):\n    Path(sys.argv[1]).open('a').write(sys.argv[2]); sys.exit()\n"
    note += "signal.signal(signal.SIGTERM, end); print('up', flush=True); time.sleep(600)"
    order = tmp_path / "order"
    programs = [
        Program(name, [sys.executable, "-c", note, str(order), name], tmp_path / name)
        for name in ("a", "b", "c")
    ]
    with supervised(programs):
        for program in programs:
            assert until(lambda log=program.log: log.read_text() == "up\n", 10)  # type: ignore[misc]
    assert order.read_text() == "cba"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_children_die_with_a_killed_supervisor(
    foreign_supervisor: tuple[subprocess.Popen[str], list[int]], how: signal.Signals
) -> None:
    foreign, children = foreign_supervisor
    assert len(children) == 2
    assert not any(gone(pid) for pid in children)
    foreign.send_signal(how)
    assert until(lambda: all(gone(pid) for pid in children), 10)


def test_however_many_will_not_stop_the_end_takes_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One patience for all of them, not one for each."""
    monkeypatch.setattr(supervisor, "PATIENCE", 1.0)
    monkeypatch.setattr(supervisor, "HEAD_START", 0.1)
    programs = [Program(name, STUBBORN, tmp_path / name) for name in ("a", "b", "c", "d")]
    with supervised(programs) as at_work:
        for program in programs:
            assert until(lambda log=program.log: log.read_text() == "up\n", 10)  # type: ignore[misc]
        pids = [at_work.process(program.name).pid for program in programs]
        began = time.monotonic()
    assert time.monotonic() - began < 3
    assert all(gone(pid) for pid in pids)


def test_who_will_not_stop_is_killed(tmp_path: Path) -> None:
    stubborn = Process(Program("stubborn", STUBBORN, tmp_path / "log"))
    assert until(lambda: (tmp_path / "log").read_text() == "up\n", 10)
    stubborn.stop(patience=0.2)
    assert not stubborn.alive


def test_a_program_ends_with_what_it_started(tmp_path: Path) -> None:
    shell = Process(Program("shell", ["sh", "-c", "sleep 600 & sleep 600"], tmp_path / "log"))
    assert until(lambda: len(descendants(shell.pid)) == 2, 10)
    started = descendants(shell.pid)
    shell.stop()
    assert until(lambda: all(gone(pid) for pid in started), 10)


def test_a_paused_program_can_be_stopped(tmp_path: Path) -> None:
    paused = Process(Program("paused", SLEEP, tmp_path / "log"))
    paused.send(signal.SIGSTOP)
    paused.stop(patience=5)
    assert not paused.alive
