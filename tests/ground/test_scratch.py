"""What programs write in passing goes with the province, also when they are killed."""

import signal
import subprocess
import sys
from pathlib import Path

from deploy.local.folders import anew
from deploy.local.server import Given, Servers
from deploy.local.wiring import Wiring

WRITES = """
import time
from tempfile import TemporaryDirectory
with TemporaryDirectory(prefix="paper-"):
    print("at work", flush=True)
    time.sleep(600)
"""


def test_a_killed_program_leaves_nothing_outside_the_province(tmp_path: Path) -> None:
    wiring = Wiring(Servers(Given("nowhere"), Given("nowhere")), tmp_path, 1, {}, {})
    anew(wiring.scratch)
    assert wiring.scratch.stat().st_mode & 0o777 == 0o700
    words, told = [sys.executable, "-c", WRITES], wiring.environment()
    with subprocess.Popen(words, env=told, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdout.readline() == "at work\n"
        program.send_signal(signal.SIGKILL)
    assert [left.name.partition("-")[0] for left in wiring.scratch.iterdir()] == ["paper"]
    anew(wiring.scratch)
    assert list(wiring.scratch.iterdir()) == []
