"""What one code takes in: whose messages, which photos, and until when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from posture.app.phone.sealed import EXTRA_BYTES, Kind, Message, new_key, opened
from posture.app.phone.settings import Limits

# Each has a sentence in ``data/phone.toml``.
Refusal = Literal[
    "wrong-key", "second-phone", "repeated", "expired", "too-large", "no-photo", "missing", "busy"
]


@dataclass(frozen=True)
class Progress:
    """How far a code has come.

    Attributes:
        connected: whether a phone has shown that it knows the key.
        arrived: how many photos are here.
        left_s: how long the code lives on, 0 when it is over.
    """

    connected: bool
    arrived: int
    left_s: float


class PhoneSession:
    """One code, its key and the photos that came with it; for use by several threads.

    The first sender of a message that fits the key is the phone; nobody else is heard after that.

    Args:
        limits: how much and how long.
        photos: how many are taken.
        clock: seconds that never go back.
    """

    def __init__(
        self, limits: Limits, photos: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limits = limits
        self.max_photos = photos
        self.key = new_key()
        self._clock = clock
        self._lock = threading.Lock()
        self._ends_s = clock() + limits.code_s
        self._seen_s = clock()
        self._ended = False
        self._phone: str | None = None
        self._nonces: set[bytes] = set()
        self._photos: dict[int, bytes] = {}

    @property
    def max_message_bytes(self) -> int:
        """A photo of the largest size, sealed."""
        return self.limits.photo_bytes + EXTRA_BYTES

    def keep_open(self) -> None:
        """The code is being shown."""
        self._seen_s = self._clock()

    def end(self) -> None:
        """The code is shown no more."""
        self._ended = True

    def progress(self) -> Progress:
        """What there is by now."""
        with self._lock:
            return Progress(self._phone is not None, len(self._photos), self._left_s())

    def photos(self) -> list[bytes]:
        """The photos that have arrived, in their order."""
        with self._lock:
            return [self._photos[number] for number in sorted(self._photos)]

    def refusal_of(self, sender: str) -> Refusal | None:
        """Why nothing of this sender is read; None when it is."""
        if self._left_s() <= 0:
            return "expired"
        return "second-phone" if self._phone not in (None, sender) else None

    def receive(self, sender: str, sealed: bytes) -> Refusal | None:
        """Take one message in; why not, when it is not taken."""
        if len(sealed) > self.max_message_bytes:
            return "too-large"
        message = opened(sealed, self.key)
        with self._lock:
            refusal = self.refusal_of(sender)
            if refusal is not None:
                return refusal
            if message is None:
                return "wrong-key"
            if message.nonce in self._nonces:
                return "repeated"
            self._phone = sender
            self._nonces.add(message.nonce)
            return self._take(message)

    def _take(self, message: Message) -> Refusal | None:
        if message.kind is Kind.PHOTO:
            return self._keep(message)
        if message.kind is Kind.DONE:
            wanted = range(message.number)
            if not wanted or not self._photos.keys() >= set(wanted):
                return "missing"
            # Others arrived without the phone hearing of it, and were taken back there.
            self._photos = {number: self._photos[number] for number in wanted}
            self._ended = True
        return None

    def _keep(self, message: Message) -> Refusal | None:
        from posture.photo.formats import picture_format

        if message.number >= self.max_photos or picture_format(message.content) is None:
            return "no-photo"
        # Sent again when the phone did not hear that it had arrived.
        self._photos[message.number] = message.content
        return None

    def _left_s(self) -> float:
        now_s = self._clock()
        if self._ended or now_s - self._seen_s > self.limits.unseen_s:
            return 0.0
        return max(self._ends_s - now_s, 0.0)
