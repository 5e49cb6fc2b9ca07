"""A link that the sample courses offer opens."""

import httpx
import pytest

from deploy.local.everything import site
from deploy.local.story.courses import courses

LINKS = [
    (part["link"], part["title"])
    for course in courses()
    for part in (*course["lessons"], *course.get("materials", ()))
]


@pytest.mark.parametrize(("link", "title"), LINKS)
async def test_a_link_of_the_sample_opens(link: str, title: str) -> None:
    async with _browser() as browser:
        answer = await browser.get(link)
    assert answer.status_code == 200
    assert title in answer.text


async def test_another_link_is_not_there() -> None:
    async with _browser() as browser:
        assert (await browser.get("/materials/2024/nothing")).status_code == 404


def _browser() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(site({})), base_url="http://here")
