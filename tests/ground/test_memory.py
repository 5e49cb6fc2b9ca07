"""How much memory is left, by the machine and its control groups; what a JVM without it says."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.local.kafka import STORAGE_TOOL, Kafka
from deploy.local.layout import ROOT
from deploy.local.memory import available

MEMINFO = "MemTotal:       16000000 kB\nMemFree:          10000 kB\nMemAvailable:    4096000 kB\n"
MB = 2**20
STAT = f"anon {400 * MB}\nfile {90 * MB}\nactive_file {10 * MB}\ninactive_file {70 * MB}\n"
OLD_STAT = "".join(f"{total}inactive_file {n * MB}\n" for total, n in (("", 1), ("total_", 30)))
TWO = "sys/fs/cgroup"
ONE = "sys/fs/cgroup/memory"


@pytest.mark.parametrize(
    ("said", "megabytes"),
    [
        ({}, 4000),
        ({"proc/self/cgroup": "0::/\n", f"{TWO}/memory.max": "max\n"}, 4000),
        (
            {
                "proc/self/cgroup": "0::/\n",
                f"{TWO}/memory.max": f"{700 * MB}\n",
                f"{TWO}/memory.current": f"{500 * MB}\n",
                f"{TWO}/memory.stat": STAT,
            },
            280,
        ),
        (
            {
                "proc/self/cgroup": "0::/above/mine\n",
                f"{TWO}/above/mine/memory.max": "max\n",
                f"{TWO}/above/mine/memory.current": f"{100 * MB}\n",
                f"{TWO}/above/memory.max": f"{600 * MB}\n",
                f"{TWO}/above/memory.current": f"{100 * MB}\n",
            },
            500,
        ),
        (
            {
                "proc/self/cgroup": "5:cpu:/mine\n4:memory:/docker/seen-from-outside\n0::/\n",
                f"{ONE}/memory.limit_in_bytes": f"{300 * MB}\n",
                f"{ONE}/memory.usage_in_bytes": f"{310 * MB}\n",
                f"{ONE}/memory.stat": OLD_STAT,
            },
            20,
        ),
    ],
    ids=["no group", "no limit", "version 2", "a limit above", "version 1"],
)
def test_the_least_of_what_is_said_counts(
    said: Mapping[str, str], megabytes: int, tmp_path: Path
) -> None:
    for name, text in {"proc/meminfo": MEMINFO, **said}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert available(tmp_path) == megabytes


def test_a_system_that_does_not_say_is_not_refused(tmp_path: Path) -> None:
    assert available(tmp_path) is None


def test_a_broker_without_memory_says_what_to_do_and_leaves_nothing_where_it_was_started(
    tmp_path: Path,
) -> None:
    start = "import sys; from pathlib import Path; from deploy.local.kafka import Kafka\n"
    start += "Kafka(Path(sys.argv[1])).start()"
    here = tmp_path / "here"
    here.mkdir()
    python = [sys.executable, "-c", start, str(tmp_path / "kafka")]
    ran = subprocess.run(
        ["sh", "-c", 'ulimit -v 1000000; exec "$@"', "sh", *python],
        cwd=here,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    last = ran.stderr.splitlines()[-1]
    assert "Kafka's Java could not have the memory that it needs. Close something" in last
    assert last.endswith(f"Its log: {tmp_path}/kafka/kafka.log")
    assert list(here.iterdir()) == []


def test_what_a_jvm_leaves_when_it_crashes_lies_in_the_broker_s_folder(tmp_path: Path) -> None:
    helping = Kafka(tmp_path)._run(STORAGE_TOOL, "--help")
    helping.wait(60)
    helping.kill()
    words = helping.program.argv
    for option in ("ErrorFile", "ReplayDataFile"):
        assert any(word.startswith(f"-XX:{option}={tmp_path}/") for word in words)
