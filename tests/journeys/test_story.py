"""Every chapter of the story that the demo tells, as its own case."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.server import Servers
from deploy.local.stage import province
from deploy.local.story import CHAPTERS, SET_UP, people
from deploy.local.story.scene import Scene
from deploy.local.telling import Step, tell

FEW = 220  # people come in by the sheet; the class has 200 of them on its roster


@pytest.fixture(scope="module")
def set_up(
    servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Scene, asyncio.Runner]]:
    """The province at work: its bureau, its law, a unit and its people."""
    folder: Path = tmp_path_factory.mktemp("journeys")
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.setattr(people, "PEOPLE", FEW)
        with province(servers, folder) as scene:
            scene.out = folder / "out"
            runner.run(tell(SET_UP, scene))
            yield scene, runner


@pytest.mark.parametrize("chapter", ["claims", "exams", "certificate", "rebuild", "class"])
def test_a_chapter_of_the_story(set_up: tuple[Scene, asyncio.Runner], chapter: str) -> None:
    scene, runner = set_up
    steps: tuple[Step[Scene], ...] = CHAPTERS[chapter]
    if chapter == "rebuild" and "new number" not in scene.notes:
        steps = (*CHAPTERS["certificate"], *steps)
    runner.run(tell(steps, scene))
