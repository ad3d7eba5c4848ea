"""Limits and sentences of the phone's way in, read from ``data/phone.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posture._support.tables import data_table
from posture._support.texts import Sentence


@dataclass(frozen=True)
class Limits:
    """How long a code lives and what may come through it; see ``data/phone.toml``."""

    code_s: float
    unseen_s: float
    photos: int
    photo_bytes: int
    photo_s: float
    at_once: int


@dataclass(frozen=True)
class PhoneSettings:
    """All of ``data/phone.toml``; `refused` holds a sentence for each reason."""

    limits: Limits
    computer: Mapping[str, str]
    counted: Mapping[str, Sentence]
    phone: Mapping[str, str]
    refused: Mapping[str, str]


def phone_settings() -> PhoneSettings:
    """The built-in settings."""
    return data_table("phone", PhoneSettings)
