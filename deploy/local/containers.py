"""The servers as containers, where an engine has their images already: nothing is pulled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer

from deploy.local.patience import until
from deploy.local.server import ServerFailed


def images_here() -> frozenset[str]:
    """The images that a container engine has; empty where no engine answers."""
    import docker  # type: ignore[import-untyped]

    try:
        engine: Any = docker.from_env(timeout=5)
        return frozenset(tag for image in engine.images.list() for tag in image.tags)
    except Exception:  # an engine can fail to answer in many ways, all of them mean: none
        return frozenset()


@dataclass(frozen=True)
class Recipe:
    """What an engine is asked for. The port is fixed, so that the server comes back on it."""

    image: str
    address: str
    inside: int  # the port in the container
    outside: int  # the port of this machine's loopback address
    environment: Mapping[str, str]
    answers: Callable[[], bool]
    command: str | None = None


class Container:
    """A server in a container."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._container: DockerContainer | None = None

    @property
    def address(self) -> str:
        """Where clients connect."""
        return self.recipe.address

    def start(self) -> None:
        """Make it, or start it again, and wait until it answers."""
        if self._container:
            self._container.get_wrapped_container().start()
        else:
            # testcontainers would pull an image for its own watcher: only if that is here, too.
            watcher = testcontainers_config.ryuk_image
            testcontainers_config.ryuk_disabled = watcher not in images_here()
            self._container = as_asked(self.recipe)
            self._container.start()
        if not until(self.recipe.answers, 90, pause=0.1):
            words = self._container.get_logs()
            raise ServerFailed(f"{self.recipe.image} did not answer:\n{words!r}")

    def stop(self) -> None:
        """Stop it in order; the container stays, with its data."""
        if self._container:
            self._container.get_wrapped_container().stop(timeout=15)

    def kill(self) -> None:
        """End it at once."""
        if self._container:
            self._container.get_wrapped_container().kill()

    def leave(self, data_stay: bool) -> None:
        """Remove it with its data."""
        del data_stay
        if self._container:
            self._container.stop()
            self._container = None


def as_asked(recipe: Recipe) -> DockerContainer:
    """The recipe in testcontainers' words."""
    container = DockerContainer(recipe.image)
    # Its own with_bind_ports knows no address, and would publish the port to the whole network.
    ports: dict[str, Any] = {f"{recipe.inside}/tcp": ("127.0.0.1", recipe.outside)}
    container.ports = ports
    for name, value in recipe.environment.items():
        container.with_env(name, value)
    return container.with_command(recipe.command) if recipe.command else container
