"""A phone as the server of photos meets it, without a browser."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from nacl.secret import SecretBox

from posture.app.phone.sealed import Kind

JPEG = b"\xff\xd8\xff" + bytes(500)


def sealed(key: bytes, kind: Kind, number: int = 0, content: bytes = b"") -> bytes:
    """A message as ``web/seal.js`` makes it."""
    return bytes(SecretBox(key).encrypt(bytes([kind, number]) + content))


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def refused(self) -> str | None:
        """The reason, None when the message was taken."""
        found: dict[str, Any] = json.loads(self.body)
        return found.get("refused")


class Phone:
    """Asks the server behind a link; `own_address` tells two phones apart."""

    def __init__(self, link: str, own_address: str = "127.0.0.1") -> None:
        parts = urlsplit(link)
        assert parts.hostname is not None and parts.port is not None
        self.host = parts.netloc
        self.key = bytes.fromhex(parts.fragment)
        self._where = (parts.hostname, parts.port)
        self._own_address = own_address

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer:
        """One request as a browser sends it; a header that is None is left out."""
        connection = http.client.HTTPConnection(
            *self._where, timeout=30, source_address=(self._own_address, 0)
        )
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            sent: dict[str, str | None] = {"host": self.host}
            if body is not None:
                sent |= {"origin": f"http://{self.host}", "content-length": f"{len(body)}"}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def post(self, message: bytes, **headers: str | None) -> Answer:
        """Send one message."""
        return self.ask("POST", "/photos", message, **headers)

    def send(self, kind: Kind, number: int = 0, content: bytes = b"") -> Answer:
        """Seal one message and send it."""
        return self.post(sealed(self.key, kind, number, content))
