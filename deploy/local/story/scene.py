"""What every step of the story has at hand."""

from dataclasses import dataclass
from pathlib import Path

from deploy.local.server import Servers


@dataclass(frozen=True)
class Scene:
    """The servers of this run and the folder that goes with it."""

    servers: Servers
    folder: Path
