"""Every chapter of the story that the demo tells, as its own case."""

import pytest

from deploy.local.story import CHAPTERS
from tests.journeys.conftest import Province


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_of_the_story(lived_in: Province, chapter: str) -> None:
    lived_in.play(chapter)
