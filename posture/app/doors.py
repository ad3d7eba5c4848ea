"""Who may speak to the page: a browser of this computer, on the page's own address.

Streamlit decides itself whose websocket it takes, and to decide about a strange one it asks a
machine in the internet for its own outside address.  So whoever is a stranger is turned away here,
before Streamlit hears of the request.
"""

from __future__ import annotations

import ipaddress
import os
import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

# What this computer is called in the address bar, in an address and in a certificate.
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

# Settings that hold whatever the environment or a settings file of another place says: Streamlit
# takes its ``STREAMLIT_...`` variables before the settings beside the page.
HELD: Mapping[str, Any] = MappingProxyType(
    {
        "server.allowedHosts": sorted(OWN_NAMES),
        "server.corsAllowedOrigins": [],
        "server.enableAgentApi": False,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.trustedUserHeaders": {},
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
    }
)
ADDRESS_VARIABLE = "STREAMLIT_SERVER_ADDRESS"

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_HIGHEST_PORT = 65535


def stay_at_home() -> None:
    """End the program rather than listen where other computers could reach it."""
    address = os.environ.get(ADDRESS_VARIABLE, "localhost")
    if not is_at_home(address):
        sys.exit(
            f"The page is for this computer only and does not listen at {address!r}: "
            f"remove {ADDRESS_VARIABLE} from the environment, or start it with: posture app"
        )


def hold_settings() -> None:
    """Let :data:`HELD` hold."""
    for name, value in HELD.items():
        config.set_option(name, value)


def is_at_home(address: str) -> bool:
    """Whether only this computer itself can be reached at that address."""
    if address in OWN_NAMES:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def refusal(scope: Scope) -> int | None:
    """The HTTP status to refuse a request with; None for one of the page's own.

    400 when its Host is missing, there twice or no host at all; 403 when it came in from the
    network, under another name, or from a page of another origin: another site, or another port
    of this computer.
    """
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    name = _name(hosts[0]) if len(hosts) == 1 else None
    if name is None or len(origins) > 1:
        return 400
    arrived_at = scope.get("server")
    if arrived_at is None or not is_at_home(str(arrived_at[0])):
        return 403
    if name not in OWN_NAMES:
        return 403
    own = (f"http://{hosts[0]}", f"https://{hosts[0]}")
    if origins and origins[0] not in own:
        return 403
    return 403 if _asked_by_another_page(scope, headers) else None


class OnlyThisPage:
    """Turns everybody else away, on HTTP and websocket, before the rest of the page hears of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on if it is the page's own."""
        status = refusal(scope) if scope["type"] in ("http", "websocket") else None
        if status is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket" and (status == 403 or not _may_be_answered(scope)):
            # Closed before it was opened: servers answer that with 403.
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            # What was not read of the body must not be taken for the next request.
            answer = PlainTextResponse("", status, {"Connection": "close"})
            await answer(scope, receive, send)


def _name(host: str) -> str | None:
    """The name or address in a Host header, without brackets; None when it is none."""
    found = _HOST.fullmatch(host)
    if found is None or int(found["port"] or 0) > _HIGHEST_PORT:
        return None
    name = found["name"].lower()
    if not name.startswith("["):
        return name
    try:
        return str(ipaddress.IPv6Address(name[1:-1]))
    except ValueError:
        return None


def _asked_by_another_page(scope: Scope, headers: Headers) -> bool:
    """Whether the browser itself says that another page wants this.

    A picture or script that another page names is fetched without an Origin.  A link that a
    person follows is let in: it opens the page, and the other page cannot look into it.
    """
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return False
    follows_a_link = (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
    return not follows_a_link


def _may_be_answered(scope: Scope) -> bool:
    """Whether the server can answer a websocket with a status of ours."""
    return "websocket.http.response" in scope.get("extensions", {})
