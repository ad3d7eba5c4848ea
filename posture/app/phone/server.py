"""The thread that listens while a code is shown."""

from __future__ import annotations

import asyncio
import socket
import threading
from weakref import WeakSet

import uvicorn

from posture.app.phone.session import PhoneSession
from posture.app.phone.site import phone_site

# The page and its parts come through several connections of one browser.
_MAX_CONNECTIONS = 16
_LOOK_S = 0.1
# How long the last answers may take.
_LEAVING_S = 3
_IDLE_S = 5

_one_at_a_time = threading.Lock()

_servers: WeakSet[PhoneServer] = WeakSet()


class PhoneServer:
    """Listens at one address and port, from when it is made until its session is over.

    One at a time: another one ends the one before.

    Args:
        session: what comes goes there.
        address: of this computer, in the network of the phone.

    Raises:
        OSError: when this computer does not have that address any more.
    """

    def __init__(self, session: PhoneSession, address: str) -> None:
        self.session = session
        with _one_at_a_time:
            for other in tuple(_servers):
                other.close()
            listening = _listening_at(address)
            _servers.add(self)
        host = f"{address}:{listening.getsockname()[1]}"
        self.link = f"http://{host}/#{session.key.hex()}"
        config = uvicorn.Config(
            phone_site(session, host),
            http="h11",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MAX_CONNECTIONS,
            timeout_keep_alive=_IDLE_S,
            timeout_graceful_shutdown=_LEAVING_S,
        )
        server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(server, listening)), name="phone", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Listen no more; returns when nothing does."""
        self.session.end()
        self._thread.join()

    async def _serve(self, server: uvicorn.Server, listening: socket.socket) -> None:
        with listening:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            while self.session.progress().left_s > 0 and not serving.done():
                await asyncio.sleep(_LOOK_S)
            server.should_exit = True
            await serving


def _listening_at(address: str) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((address, 0))
        listening.listen(_MAX_CONNECTIONS)
    except OSError:
        listening.close()
        raise
    return listening
