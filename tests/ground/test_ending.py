"""However a run ends, nothing of it is left: no process, no folder."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from deploy.local.folders import InUse, held, passing
from deploy.local.layout import LOCAL
from deploy.local.patience import until
from deploy.local.process import Process, Program
from deploy.local.province import already
from deploy.local.troubles import Trouble

DEMO = [sys.executable, "-u", "-m", "deploy.local", "demo"]


def folders() -> set[Path]:
    return set(LOCAL.glob("demo-*"))


def at_work_in(folder: Path) -> list[str]:
    """The command lines that name this folder."""
    found = []
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = words.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(folder) in line:
            found.append(line)
    return found


@contextmanager
def demo_that_made(sign: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A demo that has come as far as to make this file, and its folder."""
    before = folders()
    output = subprocess.PIPE
    with subprocess.Popen(DEMO, stdout=output, stderr=subprocess.STDOUT, text=True) as demo:

        def made() -> set[Path]:
            return {folder for folder in folders() - before if list(folder.glob(f"{sign}*"))}

        assert until(lambda: bool(made()) or demo.poll() is not None, 60)
        assert demo.poll() is None, demo.stdout and demo.stdout.read()
        (mine,) = made()
        yield demo, mine


@pytest.mark.parametrize("sign", ["postgres/data", "kafka/data/meta.properties", "kafka/data/__cl"])
def test_an_interrupted_demo_leaves_nothing(sign: str) -> None:
    """Interrupted while the one or the other server is being made, or a moment later."""
    with demo_that_made(sign) as (demo, mine):
        demo.send_signal(signal.SIGINT)
        demo.send_signal(signal.SIGINT)  # an impatient person
        assert demo.wait(60) == 130
    assert not mine.exists()
    assert at_work_in(mine) == []


@pytest.mark.long
@pytest.mark.parametrize("after", [0.05 * 1.5**step for step in range(10)])
def test_a_demo_interrupted_at_any_time_leaves_nothing(after: float) -> None:
    """Moments from the first import to the last stop, closer together where more begins."""
    before = folders()
    with subprocess.Popen(DEMO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as demo:
        until(lambda: demo.poll() is not None, after)
        demo.send_signal(signal.SIGTERM)
        demo.wait(60)
    assert folders() <= before
    assert not any(str(LOCAL / "demo-") in line for line in at_work_in(LOCAL))


def test_the_servers_of_a_killed_demo_die_and_its_folder_is_swept_by_the_next_one() -> None:
    with demo_that_made("kafka/data/meta.properties") as (demo, mine):
        demo.kill()
    assert until(lambda: at_work_in(mine) == [], 20)
    with passing("demo"):
        assert not mine.exists()


def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(InUse), held(tmp_path):
        pass
    with held(tmp_path):
        pass


def test_a_folder_in_use_is_not_swept(tmp_path: Path) -> None:
    with passing("demo", tmp_path) as first:
        (first / "file").touch()
        with passing("demo", tmp_path):
            assert (first / "file").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_with_the_processes_at_work_in_it_and_no_others(tmp_path: Path) -> None:
    sleep = ["sleep", "600"]
    with passing("mine", tmp_path) as mine, passing("other", tmp_path) as other:
        kept = Process(Program("kept", sleep, mine / "log"))
        with passing("mine", tmp_path) as inner:
            ended = Process(Program("ended", sleep, inner / "log"))
        assert not ended.alive
        assert kept.alive
        assert other.exists()
    assert not kept.alive


def test_a_second_run_is_told_the_first_ones_address() -> None:
    assert "runs already at http://127.0.0.1:8000" in already("http://127.0.0.1:8000")
    assert "just starting" in already("")


def failing(folder: Path, words: str) -> None:
    """A run in this folder that logs these words, and fails."""
    (folder / "province/logs").mkdir(parents=True)
    (folder / "province/logs/web.log").write_text(words)
    (folder / "kafka/data/topic-0").mkdir(parents=True)
    (folder / "kafka/data/topic-0/00000000.log").write_text("records, not a log")
    (folder / words).with_suffix(".log").touch()
    raise Trouble(f"Not ready: see {folder}/province/logs")


def test_the_logs_of_a_failure_stay_where_its_sentence_says(tmp_path: Path) -> None:
    stays = tmp_path / "failed"
    for words in ("an earlier failure", "the last one"):
        with pytest.raises(Trouble) as failure, passing("demo", tmp_path) as folder:
            failing(folder, words)
        assert str(failure.value) == f"Not ready: see {stays}/province/logs"
        assert failure.value.__notes__[0].startswith(f"The logs of {folder} stay in {stays}")
    assert list(tmp_path.iterdir()) == [stays]
    files = {str(file.relative_to(stays)) for file in stays.rglob("*") if file.is_file()}
    assert files == {"province/logs/web.log", "the last one.log"}
    assert (stays / "province/logs/web.log").read_text() == "the last one"


@pytest.mark.parametrize("end", [None, KeyboardInterrupt()])
def test_a_success_and_ctrl_c_leave_no_logs(end: KeyboardInterrupt | None, tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), passing("demo", tmp_path) as folder:
        (folder / "web.log").touch()
        if end:
            raise end
    assert list(tmp_path.iterdir()) == []
