"""Every service in one process: `python -m deploy.local.everything web|migrate`.

No service knows that the others are there: a path prefix is a service, as in a cluster.
"""

import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import uvloop
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse

from deploy.local import index
from deploy.local.materials import sample_page
from deploy.local.wiring import ONE_PROCESS
from libs.runtime import operating
from libs.runtime.__main__ import composed
from libs.runtime.composition import Composition
from libs.runtime.serving import app_of, serve
from libs.runtime.settings import Settings
from libs.runtime.telemetry import logs, tracing
from libs.runtime.web import problems
from libs.runtime.web.app import BY_HAND

Found = Mapping[str, tuple[Composition, Settings]]


def compositions() -> Found:
    """Every service with its settings."""
    found = {}
    for name, (owner, app) in json.loads(os.environ[ONE_PROCESS]).items():
        settings = Settings(database=app, database_owner=owner)
        found[name] = (composed(name)(settings), settings)
    return found


def site(found: Found) -> FastAPI:
    """One site over all services; each app's lifespan is entered here."""
    apps = {name: app_of(composition, told) for name, (composition, told) in found.items()}

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for app in apps.values():
                await stack.enter_async_context(app.router.lifespan_context(app))
            yield

    whole = FastAPI(
        title="专业技术人员继续教育",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        telemetry=BY_HAND,
    )

    @whole.get("/")
    async def start() -> dict[str, str]:
        """Where the services are."""
        return {name: f"/{name}/docs" for name in apps}

    @whole.get("/readyz")
    async def ready() -> JSONResponse:
        """Whether every service is ready."""
        answers = {name: await app.state.desk.ready() for name, app in apps.items()}
        return JSONResponse(answers, 200 if all(answers.values()) else 503)

    @whole.get("/materials/{rest:path}")
    async def material(rest: str) -> HTMLResponse:
        """What a link of the sample courses opens."""
        page = sample_page(f"/materials/{rest}")
        return HTMLResponse(page or "没有此资料", 200 if page else 404)

    problems.install(whole)
    index.add(whole, apps)
    for name, app in apps.items():
        whole.mount(f"/{name}", app)
    return whole


async def migrate(found: Found) -> None:
    """Bring every database and topic up to this release."""
    for composition, settings in found.values():
        await operating.migrate(composition, settings, [])


def main(word: str) -> None:
    """Do what the word says."""
    logs.configure("all", word)
    settings = Settings()
    tracing.configure("all", word, settings.trace, settings.trace_share)
    found = compositions()
    uvloop.run(migrate(found) if word == "migrate" else serve(site(found), settings))


if __name__ == "__main__":
    main(sys.argv[1])
