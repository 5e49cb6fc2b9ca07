"""The FastAPI app of a service: its routers, health, metrics, and the description of its API."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from libs.decider import Rule
from libs.runtime.web import answers, callers, described, problems, terms
from libs.runtime.web.click import desk_of
from libs.runtime.web.desk import Desk
from libs.runtime.web.limits import FORMS, Limits
from libs.runtime.web.spans import Spans

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"},
    "description": "One key a click (幂等键): repeated with the same body it is done once",
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag that was seen; refused when somebody has changed it since",
}

BY_HAND = TelemetryConfig(tracing=False, metrics=False, logs=False)
"""Where a tracer is configured, FastAPI makes spans of its own for each part of each request, with
what exceptions say; and takes as long for them as for the request itself."""


def build(
    desk: Desk,
    routers: Sequence[APIRouter],
    title: str,
    description: str,
    root: str = "",
    refuses: Sequence[Rule] = (),
) -> FastAPI:
    """The app. Its lifespan opens the desk. `refuses`: refusals of its own, as examples."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with desk.open():
            yield

    app = FastAPI(
        title=title,
        description=description,
        version="1",
        lifespan=lifespan,
        root_path=root,
        responses=problems.RESPONSES,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,  # its page is drawn with what another host sends
        redoc_url=None,
        form_limits=FORMS,
        telemetry=BY_HAND,
    )
    app.state.desk = desk
    app.add_middleware(Limits)
    app.add_middleware(Spans)  # around the limits: what they refuse has a span too
    problems.install(app)
    described.install(app)
    for router in routers:
        app.include_router(router)
    app.include_router(_operations())  # last: routers are tried in turn
    app.openapi = lambda: _described(app, refuses)  # type: ignore[method-assign]
    return app


def _operations() -> APIRouter:
    router = APIRouter(tags=["operations"], include_in_schema=False)

    @router.get("/healthz")
    async def health(request: Request) -> JSONResponse:
        desk = desk_of(request)
        clock = "simulated" if desk.settings.clock else "real"
        return JSONResponse({"alive": True, "clock": clock, "now": desk.clock.now().isoformat()})

    @router.get("/readyz")
    async def ready(request: Request) -> JSONResponse:
        is_ready = await desk_of(request).ready()
        return JSONResponse({"ready": is_ready}, 200 if is_ready else 503)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def _described(app: FastAPI, refuses: Sequence[Rule]) -> dict[str, Any]:
    """The description, with the headers that every change needs."""
    if app.openapi_schema is None:
        found = FastAPI.openapi(app)
        found.setdefault("components", {})["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        }
        for path in found["paths"].values():
            for method, operation in path.items():
                open_to_all = operation.pop("x-open", False)
                if not open_to_all:
                    operation["security"] = [{"token": []}]
                headers = [_KEY] if operation.pop("x-no-version", False) else [_KEY, _IF_MATCH]
                if method not in ("get", "head") and not operation.pop("x-no-key", False):
                    operation.setdefault("parameters", []).extend(headers)
                reads = method in ("get", "head")
                problems.describe(operation, reads=reads, is_open=open_to_all)
        terms.explain(found)
        answers.describe(found, refuses)
        callers.describe(found)
        app.openapi_schema = found
    return app.openapi_schema
