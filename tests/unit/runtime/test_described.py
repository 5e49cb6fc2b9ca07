"""接口说明 as a page: it is drawn where there is no internet."""

import re
from typing import cast

import httpx
import pytest
from fastapi import FastAPI

from libs.runtime.web.app import build
from libs.runtime.web.desk import Desk


@pytest.mark.parametrize("where", ["", "/hours"])
async def test_the_page_of_an_api_loads_nothing_from_another_host(where: str) -> None:
    whole = FastAPI(docs_url=None)
    whole.mount(where, build(cast("Desk", None), [], "Hours (学时)", "What is tried"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(whole), base_url="http://here"
    ) as client:
        page = (await client.get(f"{where}/docs")).text
        assert not re.findall(r"(?:https?:)?//\w", page)
        loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert len(loaded) == 3
        described = re.search(r"url: '([^']+)'", page)
        assert described is not None
        for path in (*loaded, described[1]):
            answer = await client.get(path)
            assert (answer.status_code, bool(answer.content)) == (200, True), path
