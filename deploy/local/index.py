"""The page at /docs of the whole site: where each service describes its API."""

from collections.abc import Awaitable, Callable, Iterable

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1>
<p>Each service describes its API. <span lang="zh-CN">各服务的接口说明：</span></p>
<ul>{services}</ul></html>"""


def add(whole: FastAPI, services: Iterable[str]) -> None:
    """The index, and from each service's bare name to its description."""
    names = tuple(services)
    items = "".join(f'<li><a href="/{name}/docs">{name}</a></li>' for name in names)
    page = _PAGE.format(title=whole.title, services=items)

    @whole.get("/docs")
    async def index() -> HTMLResponse:
        return HTMLResponse(page)

    for name in names:
        whole.add_api_route(f"/{name}", _to(name), response_class=RedirectResponse)


def _to(name: str) -> Callable[[], Awaitable[str]]:
    async def there() -> str:
        return f"/{name}/docs"

    return there
