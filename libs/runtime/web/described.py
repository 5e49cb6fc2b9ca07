"""接口说明: the description of an API as a page, drawn without a network.

A government's network has no internet: what the page is drawn with (Swagger UI) comes from a
package beside the product, and from no other host.
"""

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.responses import HTMLResponse

PAGE, DRAWN_WITH = "/docs", "/docs-assets"


def install(app: FastAPI) -> None:
    """The page, and what it loads, under the app's own address."""
    kept = str(files("fastapi_offline") / "static")
    app.mount(DRAWN_WITH, StaticFiles(directory=kept), name="docs-assets")

    @app.get(PAGE, include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        return get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{root}{DRAWN_WITH}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{DRAWN_WITH}/swagger-ui.css",
            swagger_favicon_url=f"{root}{DRAWN_WITH}/favicon.png",
        )
