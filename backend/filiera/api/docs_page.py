# SPDX-License-Identifier: Apache-2.0
"""/docs: a packaged Swagger UI that asks no other host for anything.

The scripts and styles are fastapi-offline's; the page is ours, without inline script, so
that its Content-Security-Policy can forbid everything from elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import fastapi_offline
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

ADDRESS: Final = "/docs"
STATIC: Final = f"{ADDRESS}/static"
_FILES: Final = Path(fastapi_offline.__file__).parent / "static"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_PAGE: Final = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Filiera API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{STATIC}/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{STATIC}/swagger-ui-bundle.js"></script>
<script src="{ADDRESS}/start.js"></script>
</body>
</html>
"""
# validatorUrl null: else the page would show a badge from swagger.io.
_START: Final = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
});
"""


def install(app: FastAPI) -> None:
    """Serve the page and what it loads."""
    app.mount(STATIC, StaticFiles(directory=_FILES), name="docs-static")
    app.add_api_route(ADDRESS, _page, include_in_schema=False)
    app.add_api_route(f"{ADDRESS}/start.js", _start, include_in_schema=False)


def _page() -> HTMLResponse:
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


def _start() -> Response:
    return Response(_START, media_type="text/javascript")
