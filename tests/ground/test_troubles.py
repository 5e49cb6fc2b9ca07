"""Every trouble of a machine is one sentence that says what to do."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.layout import ROOT
from deploy.local.ports import asked_for, free_port, is_free
from deploy.local.postgres import Postgres
from deploy.local.process import Process, Program
from deploy.local.province import run
from deploy.local.root import user_of_server
from deploy.local.server import ServerFailed
from deploy.local.setup.packages import counting
from deploy.local.troubles import Trouble, explain, folders, too_full, too_little_memory


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "The disk became full"),
        ("NewConnectionError('...: Failed to establish a new connection", "No network"),
        ("npm error code EAI_AGAIN", "No network"),
        ("ERROR: Could not find a version (from versions: none)", "No network"),
        ("ssl.SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "trust the server's certific"),
        ("ensurepip is not available. On Debian", "apt install python3-venv"),
        ("something\nquite else\n\n", "quite else"),
        ("", "no output"),
    ],
)
def test_a_failed_program_is_explained(output: str, sentence: str) -> None:
    assert sentence in explain("The fonts", output)


@pytest.mark.parametrize(
    ("proxy", "sentence"),
    [
        ({}, "repeat when the machine is connected, or with HTTPS_PROXY set"),
        ({"HTTPS_PROXY": "http://me:secret@proxy.here:3128"}, "HTTPS_PROXY names (proxy.here),"),
        ({"https_proxy": "me:secret@proxy.here:3128"}, "HTTPS_PROXY names (proxy.here),"),
    ],
)
def test_without_a_network_the_likely_cause_is_told_and_no_password(
    proxy: dict[str, str], sentence: str
) -> None:
    told = explain("The fonts", "npm error code EAI_AGAIN", proxy)
    assert (sentence in told, "secret" in told) == (True, False), told


def test_a_full_disk_is_told() -> None:
    assert too_full("/", free=2 * 10**9, needed=10**9) is None
    assert "0.5 GB free at /, 1.0 GB needed" in str(too_full("/", free=5 * 10**8, needed=10**9))


def test_too_little_memory_is_told() -> None:
    assert too_little_memory(400, needed=300) is None
    assert "400 MB available, 700 MB needed" in str(too_little_memory(400, needed=700))
    assert too_little_memory(None, needed=700) is None, "a system that doesn't say is not refused"


def test_a_taken_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is taken.*PORT={port + 1} make run"):
            asked_for(port)
    assert is_free(free_port())


def test_a_province_whose_port_is_taken_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(Trouble, match="is taken"):
            run(tmp_path / "province")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    folders(tmp_path, tmp_path / "none")
    (tmp_path / "out").touch()
    with pytest.raises(Trouble, match="out is a file, and has to be a folder"):
        folders(tmp_path / "out")


def test_set_up_says_so_in_one_sentence(tmp_path: Path) -> None:
    """As a newcomer has it: a checkout in which .local is a file."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    (tmp_path / ".local").touch()
    words = [sys.executable, "-m", "deploy.local.setup"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ".local is a file, and has to be a folder" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_data_that_can_not_be_read_are_told(tmp_path: Path) -> None:
    """A kept cluster whose files belong to somebody else than the server's user."""
    server = Postgres(tmp_path / "postgres")
    data = server.folder / "data"
    server.start()
    server.stop()
    (data / "postgresql.conf").chmod(0)
    if os.access(data / "postgresql.conf", os.R_OK) and server_reads_all():
        pytest.fail("this user reads everything: the case can't be made here")
    with pytest.raises(ServerFailed, match="can't be read: they were made by another user"):
        server.start()


def server_reads_all() -> bool:
    """Whether PostgreSQL itself would run as root."""
    return user_of_server() == "same" and os.geteuid() == 0


def test_last_words_are_of_this_life(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("an earlier life\n")
    said = Process(Program("said", ["echo", "this one"], tmp_path / "log"))
    said.wait(10)
    assert said.last_words() == "this one"
    said.kill()


def test_an_older_python_is_told() -> None:
    """The first module is read by any Python 3; this one plays an older one."""
    play = (
        "import runpy, sys; sys.version_info = (3, 9, 1); "
        "runpy.run_module('deploy.local.setup', run_name='__main__')"
    )
    ran = subprocess.run([sys.executable, "-c", play], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "needs Python 3.11 or newer" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_packages_are_counted() -> None:
    told: list[str] = []
    count = counting(told.append, total=3)
    for line in (
        "Collecting six==1.17.0",
        "  Downloading six.whl",
        "Collecting pytz",
        "Installing",
    ):
        count(line)
    assert told == ["1 of 3 fetched: six==1.17.0", "2 of 3 fetched: pytz", "installing 3"]
