"""One province at work for all journeys; a chapter is played when the first test needs it."""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from deploy.local.server import Servers
from deploy.local.stage import province
from deploy.local.story import CHAPTERS, SET_UP
from deploy.local.story.papers import Papers
from deploy.local.story.scene import Scene
from deploy.local.telling import NotAsTold, tell
from tests.journeys.typed import Typed

FEW = 220  # people come in by the sheet; the class has 200 of them on its roster
NEEDS = {"rebuild": ("certificate",)}  # a certificate that fell and one that stands

T = TypeVar("T")


@dataclass
class Province:
    """The province, and which chapters of the story it has seen."""

    scene: Scene
    runner: asyncio.Runner
    typed: Typed
    played: dict[str, NotAsTold | None] = field(default_factory=dict)

    def do(self, story: Coroutine[Any, Any, T]) -> T:
        """Whatever a test does there, on the loop that the province's callers live on."""
        return self.runner.run(story)

    def play(self, *chapters: str) -> None:
        """Play these, each once. NotAsTold: so it went, now or the first time."""
        for chapter in chapters:
            if chapter not in self.played:
                self.play(*NEEDS.get(chapter, ()))
                self.played[chapter] = self._told(chapter)
            if (wrong := self.played[chapter]) is not None:
                raise wrong

    def _told(self, chapter: str) -> NotAsTold | None:
        try:
            self.do(tell(CHAPTERS[chapter], self.scene))
        except NotAsTold as wrong:
            return wrong
        return None


@pytest.fixture(scope="package")
def lived_in(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """The province at work: its bureau, its law, a unit and its people."""
    folder: Path = tmp_path_factory.mktemp("journeys")
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.setenv("SCALE", str(FEW))
        with province(servers, folder) as scene:
            scene.papers, typed = Papers(folder / "out"), Typed()
            typed.listen(scene.cast.nobody.http)
            runner.run(tell(SET_UP, scene))
            yield Province(scene, runner, typed)
