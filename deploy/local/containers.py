"""The servers as containers, where an engine has their images already: nothing is pulled."""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from testcontainers.core.container import DockerContainer

from deploy.local.kafka_wire import answers
from deploy.local.patience import until
from deploy.local.ports import free_port
from deploy.local.server import ServerFailed


def images_here() -> frozenset[str]:
    """The images that a container engine has; empty where no engine answers."""
    import docker  # type: ignore[import-untyped]

    try:
        engine: Any = docker.from_env(timeout=5)
        return frozenset(tag for image in engine.images.list() for tag in image.tags)
    except Exception:
        return frozenset()


class Container:
    """A server in a container with a fixed port, so that it comes back on the same address."""

    def __init__(
        self, container: DockerContainer, address: str, answers: Callable[[], bool]
    ) -> None:
        self.address = address
        self._container = container
        self._answers = answers
        self._made = False

    def start(self) -> None:
        """Make it, or start it again, and wait until it answers."""
        if self._made:
            self._container.get_wrapped_container().start()
        else:
            self._container.start()
            self._made = True
        if not until(self._answers, 90, pause=0.1):
            _, words = self._container.get_logs()
            raise ServerFailed(f"{self._container.image} did not answer:\n{words!r}")

    def stop(self) -> None:
        """Stop it in order; the container and its data stay until the end of this process."""
        if self._made:
            self._container.get_wrapped_container().stop(timeout=15)

    def kill(self) -> None:
        """End it at once."""
        if self._made:
            self._container.get_wrapped_container().kill()


def postgres(image: str) -> Container:
    """PostgreSQL with the same locale and limits as the local binaries."""
    port, password = free_port(), "only-on-loopback"
    address = make_conninfo(
        host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres"
    )
    container = (
        DockerContainer(image)
        .with_bind_ports(5432, ("127.0.0.1", port))  # type: ignore[arg-type]  # docker takes it
        .with_env("POSTGRES_PASSWORD", password)
        .with_env("POSTGRES_INITDB_ARGS", "--locale-provider=builtin --builtin-locale=C.UTF-8")
        .with_command("postgres -c max_connections=200 -c shared_buffers=256MB -c timezone=UTC")
    )

    def answers_query() -> bool:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    return Container(container, address, answers_query)


def kafka(image: str) -> Container:
    """One Kafka node with the same settings as the local one."""
    from deploy.local.kafka import SETTINGS

    port = free_port()
    settings = SETTINGS | {
        "listeners": f"CLIENT://0.0.0.0:{port},CONTROLLER://127.0.0.1:9093",
        "advertised.listeners": f"CLIENT://127.0.0.1:{port}",
        "controller.quorum.voters": "1@127.0.0.1:9093",
    }
    container = DockerContainer(image)
    container = container.with_bind_ports(port, ("127.0.0.1", port))  # type: ignore[arg-type]
    for name, value in settings.items():
        container = container.with_env(f"KAFKA_{name.upper().replace('.', '_')}", value)
    return Container(container, f"127.0.0.1:{port}", lambda: answers(port))
