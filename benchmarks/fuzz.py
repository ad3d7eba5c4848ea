"""Hostile picture files: each must give a photo or a finding, soon and in little memory.

    python -m benchmarks.fuzz [--count 20000] [--seed 1] [--analyze-every 50]

Small pictures of every format that is read are made in memory and mutated; a mutant is fixed by
seed and number, so that any of them can be made again.  A child process loads them and measures
every so many of those that can be decoded.  Prints counts by outcome; exit code 1 when a mutant
crashed or hung the child, took too much memory or raised anything but InvalidInput.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image

from posture.analyzer import Analyzer
from posture.errors import InvalidInput
from posture.findings import Finding
from posture.photo.decode import load_photo

SECONDS_PER_MUTANT = 10.0
# Starting a child loads the pose model.
SECONDS_TO_START = 120.0
MAX_GROWTH_BYTES = 1_000_000_000
# A guard behind the measured limit: address space is reserved more freely than it is used.
ADDRESS_SPACE_BYTES = 4 * MAX_GROWTH_BYTES

READY = "ready"
FAILURES = ("crash", "hang", "memory", "raised")

Mutation = Callable[[bytes, random.Random], bytes]


# ---------------------------------------------------------------------------- the whole pictures


@cache
def whole_pictures() -> tuple[bytes, ...]:
    """One small picture of every kind that is read: formats, modes, notes, several frames."""
    pillow_heif.register_heif_opener()
    image = _drawing()
    transparent = image.convert("RGBA")
    transparent.putalpha(90)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0xA405] = 28
    deep = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 200)
    return (
        _encoded(image, "JPEG", exif=exif, quality=90),
        _encoded(image, "JPEG", progressive=True),
        _encoded(image.convert("CMYK"), "JPEG"),
        _encoded(image.convert("L"), "JPEG"),
        _encoded(image, "MPO", **_series(image)),
        _encoded(transparent, "PNG", exif=exif),
        _encoded(image.quantize(16), "PNG", transparency=1),
        _encoded(deep, "PNG"),
        _encoded(image.convert("1"), "PNG"),
        _encoded(image, "PNG", **_series(image)),
        _encoded(image, "WEBP", quality=80),
        _encoded(transparent, "WEBP", lossless=True, exif=exif),
        _encoded(image, "WEBP", **_series(image)),
        _encoded(image, "HEIF", quality=60),
        _encoded(transparent, "HEIF", exif=exif.tobytes()),
        _encoded(image, "HEIF", **_series(image)),
        _encoded(image, "AVIF", quality=60),
        _encoded(transparent, "AVIF", exif=exif.tobytes()),
        _encoded(image, "AVIF", **_series(image)),
        _encoded(image, "TIFF", exif=exif.tobytes()),
        _encoded(transparent, "TIFF", compression="tiff_lzw"),
        _encoded(image, "TIFF", compression="jpeg"),
        _encoded(deep, "TIFF", compression="tiff_adobe_deflate"),
        _encoded(image.convert("CMYK"), "TIFF", compression="packbits"),
        _encoded(image, "TIFF", **_series(image)),
        _encoded(image, "BMP"),
        _encoded(image.quantize(16), "BMP"),
        _encoded(transparent, "BMP"),
    )


def _drawing() -> Image.Image:
    """Smooth shades with some noise: something for every coder to work on."""
    y, x = np.mgrid[0:96, 0:64]
    noise = np.random.default_rng(0).integers(0, 24, (96, 64, 3))
    shades = np.stack([2 * y, 3 * x, x + y], axis=-1) + noise
    return Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8))


def _series(image: Image.Image) -> dict[str, Any]:
    return {"save_all": True, "append_images": [image.rotate(9)]}


def _encoded(image: Image.Image, format_: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    # PIL leaves options of one encoder in the picture for the next one.
    image.copy().save(buffer, format_, **options)
    return buffer.getvalue()


# -------------------------------------------------------------------------------- the mutations


def truncated(data: bytes, chance: random.Random) -> bytes:
    """Cut off anywhere."""
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes anywhere replaced."""
    return _scribbled(data, chance, len(data))


def header_edited(data: bytes, chance: random.Random) -> bytes:
    """Some bytes near the start replaced, where sizes and kinds are told."""
    return _scribbled(data, chance, min(len(data), 200))


def _scribbled(data: bytes, chance: random.Random, end: int) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(end)] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
    return bytes(changed)


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Two blocks exchanged."""
    first, second, third, fourth = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return b"".join(
        (data[:first], data[third:fourth], data[second:third], data[first:second], data[fourth:])
    )


def repeated(data: bytes, chance: random.Random) -> bytes:
    """A block several times over."""
    start = chance.randrange(len(data))
    block = data[start : start + chance.randint(1, 200)]
    return data[:start] + block * chance.randint(2, 50) + data[start:]


def joined(data: bytes, chance: random.Random) -> bytes:
    """The start of one picture, then another whole one, of any format."""
    return data[: chance.randint(1, len(data))] + chance.choice(whole_pictures())


def resized_in_header(data: bytes, chance: random.Random) -> bytes:
    """A huge, odd or zero width and height claimed by an otherwise whole file."""
    sides = (0, 1, 16, 17, 4095, 7071, 7072, 16_383, 30_000, 65_535)
    width, height = chance.choice(sides), chance.choice(sides)
    if data.startswith(b"\x89PNG"):
        return _png_claiming(data, width * chance.choice((1, 1, 32_000)), height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_claiming(data, width, height)
    if data.startswith(b"RIFF"):
        return _webp_claiming(data, width, height)
    if data.startswith(b"BM"):
        return data[:18] + struct.pack("<ii", width, chance.choice((height, -height))) + data[26:]
    if data.startswith((b"II", b"MM")):
        return _tiff_claiming(data, width, height)
    return _heic_claiming(data, width, height)


def _png_claiming(data: bytes, width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def _jpeg_claiming(data: bytes, width: int, height: int) -> bytes:
    frames = [at for mark in (b"\xff\xc0", b"\xff\xc2") if (at := data.find(mark)) >= 0]
    at = min(frames) + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _webp_claiming(data: bytes, width: int, height: int) -> bytes:
    if data[12:16] == b"VP8X":
        sides = (max(side - 1, 0).to_bytes(3, "little") for side in (width, height))
        return data[:24] + b"".join(sides) + data[30:]
    if data[12:16] == b"VP8L":
        return data[:21] + bytes((width & 255, height & 255, 255, 15)) + data[25:]
    return data[:26] + struct.pack("<HH", width & 0x3FFF, height & 0x3FFF) + data[30:]


def _tiff_claiming(data: bytes, width: int, height: int) -> bytes:
    order = "<" if data.startswith(b"II") else ">"
    (at,) = struct.unpack_from(f"{order}L", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, at)
    claimed = bytearray(data)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        (tag,) = struct.unpack_from(f"{order}H", data, entry)
        if tag in (256, 257):
            side = width if tag == 256 else height
            struct.pack_into(f"{order}HLL", claimed, entry + 2, 4, 1, side)
    return bytes(claimed)


def _heic_claiming(data: bytes, width: int, height: int) -> bytes:
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


MUTATIONS: tuple[Mutation, ...] = (
    truncated,
    flipped,
    flipped,
    header_edited,
    header_edited,
    swapped,
    repeated,
    joined,
    resized_in_header,
)


def mutant(seed: int, number: int) -> bytes:
    """The bytes of one mutant: one to three mutations of one picture."""
    chance = random.Random(f"{seed}/{number}")
    pictures = whole_pictures()
    data = pictures[number % len(pictures)]
    first = chance.choice(MUTATIONS)(data, chance)
    # Mutations that read a header come first; these work on any bytes.
    for mutation in chance.choices(
        (truncated, flipped, swapped, repeated), k=chance.choice((0, 0, 1))
    ):
        first = mutation(first, chance) if first else first
    return first


# ------------------------------------------------------------------------------------ the child


def outcome_of(data: bytes, analyzer: Analyzer | None) -> str:
    """What became of `data`, in a word; with an analyzer also of the photo in it."""
    try:
        photo = load_photo(data)
        if isinstance(photo, Finding):
            return photo.code
        if analyzer is None:
            return "photo"
        return f"photo, {analyzer.analyze(photo).status}"
    except InvalidInput:
        return "InvalidInput"
    except Exception as error:
        return f"raised {type(error).__name__}: {error}"


def serve(seed: int, analyze_every: int, line: Connection) -> None:
    """Answer each mutant's number that comes down the line with its outcome."""
    analyzer = Analyzer("lite", fast=True) if analyze_every else None
    if analyzer is not None:
        analyzer.analyze(np.asarray(_drawing()))
    for data in whole_pictures():
        load_photo(data)
    _limit_address_space()
    base_bytes, photos = _peak_bytes(), 0
    line.send(READY)
    while (number := line.recv()) is not None:
        due = analyze_every > 0 and photos % analyze_every == 0
        outcome = outcome_of(mutant(seed, number), analyzer if due else None)
        photos += outcome.startswith("photo") and not outcome.startswith("photo-")
        growth_bytes = _peak_bytes() - base_bytes
        if growth_bytes > MAX_GROWTH_BYTES and not outcome.startswith(FAILURES):
            outcome = f"memory: {growth_bytes / 1e6:.0f} MB more than at the start"
        line.send(outcome)


def _limit_address_space() -> None:
    with open("/proc/self/statm", encoding="ascii") as file:
        now_bytes = int(file.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now_bytes + ADDRESS_SPACE_BYTES, hard))


def _peak_bytes() -> int:
    """Most memory this process ever held; getrusage would count its parent's size too."""
    with open("/proc/self/status", encoding="ascii") as file:
        return 1024 * next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


# ----------------------------------------------------------------------------------- the parent


class Child:
    """A process that loads mutants and may die or hang of them."""

    def __init__(self, seed: int, analyze_every: int) -> None:
        context = get_context("spawn")
        self._line, far_end = context.Pipe()
        self._process = context.Process(
            target=serve, args=(seed, analyze_every, far_end), daemon=True
        )
        self._process.start()
        far_end.close()
        started = self._answer(SECONDS_TO_START)
        if started != READY:
            raise RuntimeError(f"The child process did not start: {started}")

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process.pid is not None
        return self._process.pid

    def load(self, number: int) -> str:
        """The outcome of one mutant."""
        self._line.send(number)
        return self._answer(SECONDS_PER_MUTANT)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._line.close()

    def _answer(self, seconds: float) -> str:
        if not self._line.poll(seconds):
            return f"hang: longer than {seconds:.0f} s"
        try:
            return str(self._line.recv())
        except EOFError:
            self._process.join()
            return f"crash: exit code {self._process.exitcode}"


@dataclass
class FuzzTally:
    """Counts by outcome, and the mutants that failed by number."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[int, str] = field(default_factory=dict)

    def add(self, number: int, outcome: str) -> bool:
        """Count one outcome; whether it is a failure."""
        failed = outcome.startswith(FAILURES)
        self.counts[outcome.split(":", maxsplit=1)[0]] += 1
        if failed:
            self.failures[number] = outcome
        return failed


def fuzz(count: int, seed: int, analyze_every: int = 0) -> FuzzTally:
    """Load `count` mutants in a child process, a fresh one after every failure."""
    tally = FuzzTally()
    child = Child(seed, analyze_every)
    try:
        for number in range(count):
            if tally.add(number, child.load(number)):
                child.stop()
                child = Child(seed, analyze_every)
    finally:
        child.stop()
    return tally


def report(tally: FuzzTally) -> Iterator[str]:
    """The counts, most frequent first, and every failure with its number."""
    for outcome, count in tally.counts.most_common():
        yield f"{count:8d}  {outcome}"
    for number, outcome in tally.failures.items():
        yield f"mutant {number}: {outcome}"


def main() -> int:
    """Run, print, and tell by the exit code whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--analyze-every", type=int, default=50, help="0: load only")
    arguments = parser.parse_args()
    tally = fuzz(arguments.count, arguments.seed, arguments.analyze_every)
    for text in report(tally):
        print(text)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
