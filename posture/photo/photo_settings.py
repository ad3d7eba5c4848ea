"""Numbers of reading photos, from ``data/photo.toml``, which says what each one is."""

from __future__ import annotations

from typing import NamedTuple

from posture._support.tables import Span, data_table


class FileSettings(NamedTuple):
    """Size and shape of a photo; see ``data/photo.toml``."""

    max_bytes: int
    max_pixels: int
    min_side_px: int
    panorama_aspect: float
    backdrop_rgb: tuple[int, int, int]


class JpegSettings(NamedTuple):
    """What a JPEG may ask of its decoder; see ``data/photo.toml``."""

    max_segments: int
    max_scans: int
    max_exif_segments: int
    max_padding_bytes: int


class PngSettings(NamedTuple):
    """What a PNG may ask of its decoder; see ``data/photo.toml``."""

    max_chunks: int
    min_chunk_bytes: int


class TiffSettings(NamedTuple):
    """What a TIFF or EXIF directory may ask of its decoder; see ``data/photo.toml``."""

    max_entries: int
    max_listed: int
    max_read_over: int


class RollSettings(NamedTuple):
    """When a phone's own note of its turn counts; see ``data/photo.toml``."""

    rest_g: Span
    min_in_plane_g: float


class PhotoSettings(NamedTuple):
    """All of ``data/photo.toml``."""

    file: FileSettings
    jpeg: JpegSettings
    png: PngSettings
    tiff: TiffSettings
    roll: RollSettings


def photo_settings() -> PhotoSettings:
    """The built-in settings."""
    return data_table("photo", PhotoSettings)
