"""Whether the program knows a tab: ``POST /here``.

A page that lost its program asks when it has found one again.  A program that was started anew, or
that has waited too long for the tab, knows nothing of what the page still shows.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

PATH = "/here"
TAB_HEADER = "x-posture-tab"


def own_tab() -> str:
    """The name by which this tab is known; empty outside a page."""
    context = get_script_run_ctx()
    return "" if context is None else context.session_id


def presence_routes() -> list[Route]:
    """Where a page asks."""
    return [Route(PATH, _here, methods=["POST"])]


async def _here(request: Request) -> JSONResponse:
    tab = request.headers.get(TAB_HEADER, "")
    known = runtime.exists() and runtime.get_instance().is_active_session(tab)
    return JSONResponse({"known": known}, headers={"Cache-Control": "no-store"})
