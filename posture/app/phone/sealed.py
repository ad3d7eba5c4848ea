"""Messages from the phone: encrypted and signed by one key, so that nobody else can write one.

A message is NaCl's secretbox (XSalsa20 and Poly1305) behind its 24 bytes of nonce, as
``nacl.secretbox`` of TweetNaCl makes it in the browser (``web/seal.js``).  Inside stand one byte
for the kind, one for a number, and the photo if there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

NONCE_BYTES = SecretBox.NONCE_SIZE
# Nonce, signature, kind and number.
EXTRA_BYTES = NONCE_BYTES + SecretBox.MACBYTES + 2


class Kind(IntEnum):
    """What a message is."""

    HELLO = 0
    PHOTO = 1
    DONE = 2


@dataclass(frozen=True)
class Message:
    """A message that was opened.

    Attributes:
        nonce: used for this message and for no other.
        kind: what it is.
        number: of a photo its place, from 0; of the last message how many photos were sent.
        content: the file, of a photo.
    """

    nonce: bytes
    kind: Kind
    number: int
    content: bytes


def new_key() -> bytes:
    """A key that cannot be guessed."""
    return random(SecretBox.KEY_SIZE)


def opened(sealed: bytes, key: bytes) -> Message | None:
    """What `sealed` holds; None when it was not made with this key, or was changed."""
    if len(sealed) < EXTRA_BYTES:
        return None
    try:
        plain = SecretBox(key).decrypt(sealed)
        return Message(sealed[:NONCE_BYTES], Kind(plain[0]), plain[1], plain[2:])
    except (CryptoError, ValueError):
        return None
