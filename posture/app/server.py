"""The web server around the pages: doors, bundled fonts, protective headers, errors, warm-up."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module, resources
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from posture.app.doors import OnlyThisPage, hold_settings, stay_at_home
from posture.app.errors import log_briefly, show_error
from posture.app.headers import ProtectiveHeaders
from posture.app.live_route import live_routes
from posture.app.presence import presence_routes
from posture.app.shared_analyzer import warm_up
from posture.app.spoken import speak_as_the_tab

NEEDED_BY_ALL = (
    "posture.app.layout",
    "posture.app.tab_photos",
    "posture.app.components.connection",
)
MAIN = Path(__file__).with_name("main.py")
FONTS = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")

# The browser itself refuses every request to another machine.  Streamlit needs inline styles,
# and runs the code of components from blobs.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        # Older browsers do not count a WebSocket to the page's own server as 'self'.
        "connect-src 'self' ws://localhost:* ws://127.0.0.1:* data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}


def options() -> dict[str, Any]:
    """Everything that :class:`streamlit.App` needs besides the script."""
    stay_at_home()
    speak_as_the_tab()
    # What the script of every tab needs, before there are threads that would load it at once.
    for module in NEEDED_BY_ALL:
        import_module(module)
    return {
        "lifespan": _lifespan,
        "routes": routes(),
        "middleware": [Middleware(ProtectiveHeaders, headers=HEADERS), Middleware(OnlyThisPage)],
        "on_script_error": show_error,
    }


def routes() -> list[BaseRoute]:
    """What is served besides the pages."""
    return [Route("/fonts/{name}", _font), *live_routes(), *presence_routes()]


@asynccontextmanager
async def _lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    del app
    log_briefly()
    hold_settings()
    # In the background: the page can be read while the model loads.
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield {}


async def _font(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FONTS:
        return Response(status_code=404)
    data = resources.files("posture").joinpath("fonts", name).read_bytes()
    return Response(data, media_type="font/ttf", headers={"Cache-Control": "max-age=86400"})
