"""Which servers to use: a pure choice from the environment and what a container engine has."""

from collections.abc import Mapping
from dataclasses import dataclass

POSTGRES_IMAGE = "postgres:18"
KAFKA_IMAGE = "apache/kafka:4.2.2"

POSTGRES_ADDRESS = "POSTGRES_ADDRESS"  # conninfo or URL of a superuser
KAFKA_ADDRESS = "KAFKA_ADDRESS"  # bootstrap servers


@dataclass(frozen=True)
class Address:
    """A server that somebody else runs."""

    at: str


@dataclass(frozen=True)
class Image:
    """A container of an image that the engine has already."""

    name: str


@dataclass(frozen=True)
class Binaries:
    """The programs that set-up fetched."""


Way = Address | Image | Binaries


@dataclass(frozen=True)
class Choice:
    """One way for each server."""

    postgres: Way
    kafka: Way


def choose(environment: Mapping[str, str], images: frozenset[str] = frozenset()) -> Choice:
    """For each server: its address from the environment, else an image here, else binaries.

    `images` is what the engine has; without an engine it is empty.
    """

    def one(address: str, image: str) -> Way:
        if given := environment.get(address, "").strip():
            return Address(given)
        return Image(image) if image in images else Binaries()

    return Choice(one(POSTGRES_ADDRESS, POSTGRES_IMAGE), one(KAFKA_ADDRESS, KAFKA_IMAGE))


def told(choice: Choice) -> str:
    """The choice in words."""

    def one(way: Way) -> str:
        match way:
            case Address():
                return "at the address given"
            case Image(name):
                return f"in a container of {name}"
            case Binaries():
                return "from local binaries"

    return f"PostgreSQL {one(choice.postgres)}, Kafka {one(choice.kafka)}"
