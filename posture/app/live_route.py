"""Where the live page sends its frames: ``POST /live/{what}``, guarded.

A page of another site cannot get in: the token is known to the tab alone, a request with another
Host or Origin is refused, and no other site may read an answer.  What comes in is read piece by
piece and only up to a limit, whatever its header claims.  No picture is opened in this process: the
tab's own child does that (:mod:`posture.app.live_sessions`).
"""

from __future__ import annotations

import asyncio
import math
import secrets
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from posture.app.doors import refusal
from posture.app.live_sessions import Busy, Crowded, Junk, LiveSession, sessions
from posture.errors import WorkerDied

PATH = "/live"
TOKEN_HEADER, RATIO_HEADER = "x-posture-token", "x-posture-ratio"
MAX_FRAME_BYTES = 1_000_000
MAX_PICTURE_BYTES = 30_000_000
# A picture that dribbles in more slowly than this is not waited for.
MAX_BODY_S = 20.0
MAX_RATIO = 64.0
NO_STORE = {"Cache-Control": "no-store"}


def live_routes() -> list[Route]:
    """Everything that the live page asks for besides the page."""
    return [
        Route(f"{PATH}/frame", _frame, methods=["POST"]),
        Route(f"{PATH}/picture/{{number:int}}", _picture, methods=["POST"]),
        Route(f"{PATH}/again", _again, methods=["POST"]),
        Route(f"{PATH}/leave", _leave, methods=["POST"]),
    ]


async def _frame(request: Request) -> Response:
    """One frame: what to draw and say."""

    def work(session: LiveSession, body: bytes) -> dict[str, Any]:
        return session.follow(body, _ratio(request), sessions.may_load(session))

    return await _guarded(request, MAX_FRAME_BYTES, work)


async def _picture(request: Request) -> Response:
    """One of the pictures that are measured at the end."""

    def work(session: LiveSession, body: bytes) -> dict[str, Any]:
        session.keep(request.path_params["number"], body, sessions.may_load(session))
        return {}

    return await _guarded(request, MAX_PICTURE_BYTES, work)


async def _again(request: Request) -> Response:
    """Another round of pictures; also loads the model while the camera is still starting."""

    def work(session: LiveSession, body: bytes) -> dict[str, Any]:
        del body
        session.begin_again(sessions.may_load(session))
        return {}

    return await _guarded(request, 0, work)


async def _leave(request: Request) -> Response:
    """The camera is off: the model is given back."""

    def work(session: LiveSession, body: bytes) -> dict[str, Any]:
        del body
        session.rest()
        return {}

    return await _guarded(request, 0, work)


async def _guarded(
    request: Request, limit: int, work: Callable[[LiveSession, bytes], dict[str, Any]]
) -> Response:
    """Do `work` in another thread if the request is the tab's own and fits."""
    session = _session_of(request)
    if session is None:
        return _refused(403, "not from this page")
    body = await _body(request, limit)
    if body is None:
        return _refused(413, "too large or too slow")
    try:
        answer = await run_in_threadpool(work, session, body)
    except Junk:
        return _refused(400, "not a picture")
    except Busy:
        return _refused(409, "busy")
    except Crowded:
        return _refused(429, "too many tabs")
    except WorkerDied:
        return _refused(503, "the tracker starts anew")
    return JSONResponse(answer, headers=NO_STORE)


def _refused(status: int, reason: str) -> Response:
    # What was not read of the body must not be taken for the next request.
    return JSONResponse({"refused": reason}, status, headers={**NO_STORE, "Connection": "close"})


def _session_of(request: Request) -> LiveSession | None:
    """The session, when host, origin and token are right."""
    # Browsers send the origin with every POST.
    if refusal(request.scope) is not None or "origin" not in request.headers:
        return None
    token = request.headers.get(TOKEN_HEADER, "")
    session = sessions.find(token)
    if session is None or not secrets.compare_digest(session.token.encode(), token.encode()):
        return None
    return session


async def _body(request: Request, limit: int) -> bytes | None:
    """The body; None when it is longer than `limit` bytes, too slow, or cut off."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(MAX_BODY_S):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    return None
                parts.append(part)
    except (TimeoutError, ClientDisconnect):
        return None
    return b"".join(parts)


def _ratio(request: Request) -> float:
    """Camera pixels per frame pixel, as the page tells it."""
    try:
        ratio = float(request.headers.get(RATIO_HEADER, "1"))
    except ValueError:
        raise Junk from None
    if not (math.isfinite(ratio) and 0 < ratio <= MAX_RATIO):
        raise Junk
    return ratio
