"""What a phone can ask this computer for: one page, what it is made of, and one place to send to.

Everything else is not there.  A request under another name, or from a page of another origin, is
refused.  What comes in is read piece by piece, up to a limit, and only from whom it may come.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from html import escape
from importlib import resources
from string import Template
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from posture._support.language import language
from posture._support.texts import filled, page_texts
from posture.app.drawings import page_drawing
from posture.app.headers import ProtectiveHeaders
from posture.app.phone.session import PhoneSession, Refusal
from posture.app.phone.settings import phone_settings

SEND_PATH = "/photos"
FILES: Mapping[str, str] = MappingProxyType(
    {
        "phone.css": "text/css",
        "phone.js": "text/javascript",
        "seal.js": "text/javascript",
        "nacl-fast.js": "text/javascript",
    }
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' blob: data:",
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            )
        ),
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
# What was not read of a body must not be taken for the next request.
CLOSING: Mapping[str, str] = MappingProxyType({"Connection": "close"})
_STATUS: Mapping[Refusal, int] = MappingProxyType(
    {
        "wrong-key": 403,
        "second-phone": 403,
        "repeated": 409,
        "missing": 409,
        "expired": 410,
        "too-large": 413,
        "no-photo": 415,
        "busy": 503,
    }
)


def phone_site(session: PhoneSession, host: str) -> Starlette:
    """The application for one code.

    Args:
        session: takes the photos.
        host: address and port that it is reached at, as the browser writes them.
    """
    routes = [
        Route("/", _page(session.max_photos), methods=["GET"]),
        *(Route(f"/{name}", _file(name, kind), methods=["GET"]) for name, kind in FILES.items()),
        Route(SEND_PATH, _Inbox(session, f"http://{host}").receive, methods=["POST"]),
    ]
    middleware = [Middleware(ProtectiveHeaders, headers=HEADERS), Middleware(_OnlyAs, host=host)]
    nowhere = {404: _not_here, 405: _not_here}
    site = Starlette(routes=routes, middleware=middleware, exception_handlers=nowhere)
    site.router.redirect_slashes = False
    return site


class _OnlyAs:
    """Answers requests to this host alone."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app, self._host = app, host.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on if it names the host, once."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if hosts == [self._host]:
            await self._app(scope, receive, send)
        else:
            await _nothing(403)(scope, receive, send)


class _Inbox:
    """Where the phone sends its messages."""

    def __init__(self, session: PhoneSession, origin: str) -> None:
        self._session, self._origin, self._under_way = session, origin, 0

    async def receive(self, request: Request) -> Response:
        """One message: what holds now, or why it was not taken."""
        # Browsers send the origin with every POST.
        if request.headers.getlist("origin") != [self._origin]:
            return _nothing(403)
        sender = request.client.host if request.client else ""
        refusal = self._session.refusal_of(sender) or self._size_refusal(request)
        if refusal is None and self._under_way >= self._session.limits.at_once:
            refusal = "busy"
        if refusal is not None:
            return _refused(refusal)
        body = await self._body(request)
        if body is None:
            return _refused("too-large")
        refusal = self._session.receive(sender, body)
        if refusal is not None:
            return _refused(refusal)
        return JSONResponse({"left_s": self._session.progress().left_s})

    def _size_refusal(self, request: Request) -> Refusal | None:
        """Known before a byte is read, of who tells the truth about it."""
        length = request.headers.get("content-length", "")
        is_number = re.fullmatch("[0-9]{1,12}", length) is not None
        fits = is_number and int(length) <= self._session.max_message_bytes
        return None if fits else "too-large"

    async def _body(self, request: Request) -> bytes | None:
        """The body; None when it is too long, too slow or cut off."""
        parts, size = [], 0
        self._under_way += 1
        try:
            async with asyncio.timeout(self._session.limits.photo_s):
                async for part in request.stream():
                    size += len(part)
                    if size > self._session.max_message_bytes:
                        return None
                    parts.append(part)
        except (TimeoutError, ClientDisconnect):
            return None
        finally:
            self._under_way -= 1
        return b"".join(parts)


def _refused(refusal: Refusal) -> Response:
    return JSONResponse({"refused": refusal}, _STATUS[refusal], headers=CLOSING)


def _nothing(status: int) -> Response:
    return Response(status_code=status, headers=CLOSING)


async def _not_here(request: Request, error: Exception) -> Response:
    del request, error
    return _nothing(404)


def _file(name: str, kind: str) -> Callable[[Request], Response]:
    data = _web_file(name)

    def file(request: Request) -> Response:
        del request
        return Response(data, media_type=kind)

    return file


def _page(max_photos: int) -> Callable[[Request], Response]:
    """The page with its sentences; JavaScript finds its own in a block of JSON."""
    settings, steps = phone_settings(), page_texts()["check"]["steps"].values()
    words = {key: escape(filled(word, count=max_photos)) for key, word in _standing_words()}
    script = {
        "path": SEND_PATH,
        "photos": max_photos,
        "photo_bytes": settings.limits.photo_bytes,
        "words": dict(settings.phone),
        "refused": dict(settings.refused),
    }
    html = Template(_web_file("phone.html").decode()).substitute(
        words,
        steps="".join(f"<li>{_bold(step)}</li>" for step in steps),
        drawing=page_drawing("stance"),
        language=language(),
        # No sentence may close the block.
        script_data=json.dumps(script).replace("<", "\\u003c"),
    )

    def page(request: Request) -> Response:
        del request
        return Response(html, media_type="text/html")

    return page


def _standing_words() -> list[tuple[str, str]]:
    """The words that stand in the page from the start."""
    return [(key, word) for key, word in phone_settings().phone.items() if "{number}" not in word]


def _bold(step: str) -> str:
    """A sentence of Markdown with its bold part."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(step, quote=False))


def _web_file(name: str) -> bytes:
    return resources.files("posture").joinpath("app/phone/web", name).read_bytes()
