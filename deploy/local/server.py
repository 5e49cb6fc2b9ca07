"""What a server is to those who use it: an address, and hands on its power switch."""

from dataclasses import dataclass
from typing import Protocol


class ServerFailed(Exception):
    """A server that didn't start or can't do what was asked; the message says why."""


class Server(Protocol):
    """A PostgreSQL server or a Kafka broker, wherever it runs.

    It comes back on the same address with the same data. `stop` is orderly, `kill` a power cut.
    """

    @property
    def address(self) -> str:
        """Where clients connect: conninfo of the superuser, or bootstrap servers."""
        ...

    def start(self) -> None:
        """Start it and wait until it answers."""
        ...

    def stop(self) -> None:
        """Stop it in order."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...

    def leave(self, data_stay: bool) -> None:
        """Stop it for the last time: a container goes, a data folder is its owner's to remove."""
        ...


@dataclass(frozen=True)
class Given:
    """A server that somebody else runs: it is only used."""

    address: str

    def start(self) -> None:
        """Nothing: it runs."""

    def stop(self) -> None:
        """Nothing: it isn't ours."""

    def leave(self, data_stay: bool) -> None:
        """Nothing: it isn't ours."""

    def kill(self) -> None:
        """Refused: it isn't ours."""
        raise ServerFailed(f"the server at {self.address} was given by its address: it stays up")


@dataclass(frozen=True)
class Servers:
    """The two servers of a province."""

    database: Server
    broker: Server

    @property
    def postgres(self) -> str:
        """Conninfo of PostgreSQL's superuser."""
        return self.database.address

    @property
    def kafka(self) -> str:
        """Kafka's bootstrap servers."""
        return self.broker.address
