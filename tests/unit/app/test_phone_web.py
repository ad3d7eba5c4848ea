"""What runs in the phone's browser, and the words and files of its page."""

from __future__ import annotations

import hashlib
import json
import re
from importlib import resources

from py_mini_racer import MiniRacer

from posture.app.phone.sealed import Kind, new_key, opened
from posture.app.phone.session import Refusal
from posture.app.phone.settings import phone_settings
from tests.support.phone import JPEG

WEB = resources.files("posture").joinpath("app/phone/web")
# nacl-fast.js of tweetnacl 1.0.3, as it is published.
TWEETNACL = "6bcd37a3b20dce913f82d4b23e4e2b661058b4b953df8a3f8c45d56ac4f72447"


def engine() -> MiniRacer:
    """The phone's code for messages, with random numbers that are none."""
    found = MiniRacer()
    found.eval("globalThis.self = globalThis;")
    found.eval(read("nacl-fast.js"))
    found.eval("let made = 0; nacl.setPRNG((bytes) => { bytes.fill(0); bytes[0] = made++; });")
    found.eval(
        read("seal.js").replace("export ", "").replace("const { nacl }", "const { nacl: _ }")
    )
    return found


def read(name: str) -> str:
    return WEB.joinpath(name).read_text(encoding="utf-8")


def test_the_library_is_the_published_one_and_carries_its_licence() -> None:
    assert hashlib.sha256(WEB.joinpath("nacl-fast.js").read_bytes()).hexdigest() == TWEETNACL
    assert "public domain" in read("LICENSE.tweetnacl")


def test_what_the_phone_seals_the_computer_opens() -> None:
    code, key = engine(), new_key()
    content = json.dumps(list(JPEG))
    nonces = set()
    for number in range(3):
        sealed = code.eval(
            f"JSON.stringify([...sealed(PHOTO, {number}, Uint8Array.from({content}), "
            f"keyOf('#{key.hex()}'))])"
        )
        message = opened(bytes(json.loads(str(sealed))), key)
        assert message is not None
        assert (message.kind, message.number, message.content) == (Kind.PHOTO, number, JPEG)
        nonces.add(message.nonce)
    assert len(nonces) == 3


def test_kinds_have_the_same_numbers_on_both_sides() -> None:
    code = engine()
    assert {kind: code.eval(kind.name) for kind in Kind} == {kind: int(kind) for kind in Kind}


def test_a_link_without_a_whole_key_has_none() -> None:
    code, key = engine(), "ab" * 32
    assert code.eval(f"keyOf('#{key}').length") == 32
    for hash_ in ("", "#", f"#{key[:-1]}", f"#{key}0", f"#{key.upper()}", f"#{'xy' * 32}"):
        assert code.eval(f"keyOf('{hash_}') === null"), hash_


def test_every_reason_has_a_sentence() -> None:
    sentences = phone_settings().refused
    of_the_server = set(Refusal.__args__)  # type: ignore[attr-defined]
    of_the_page = set(re.findall(r'"([a-z]+-?[a-z]*)"', read("phone.js"))) & set(sentences)
    assert of_the_server <= set(sentences)
    assert of_the_server | of_the_page == set(sentences)
    for sentence in sentences.values():
        assert sentence.endswith(".") and len(re.findall(r"[.?!](?: |$)", sentence)) <= 2
