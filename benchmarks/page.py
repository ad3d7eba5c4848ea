"""How long a person waits on the page, from dropping a photo to reading the verdict.

    python -m benchmarks.page [--megapixels 12] [--runs 7]

Starts the page, uploads an enlarged sample as JPEG in a real browser, and prints each wait and
their median.  Needs Chromium and its driver (tools/test-browser installs them).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from PIL import Image

from tests.support.browser import Tab
from tests.support.running import browser_programs, running_page
from tests.support.samples import MEASURABLE


def enlarged_sample(megapixels: float, path: Path) -> None:
    """Write the first sample to `path` with that many pixels."""
    with Image.open(MEASURABLE[0].path) as picture:
        factor = (megapixels * 1e6 / (picture.width * picture.height)) ** 0.5
        size = (round(picture.width * factor), round(picture.height * factor))
        picture.resize(size).save(path, quality=90)


def wait_s(tab: Tab, photo: Path) -> float:
    """Seconds from the upload on a fresh page to the verdict."""
    tab.go()
    time.sleep(1)
    started = time.perf_counter()
    tab.upload(photo)
    tab.verdict()
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megapixels", type=float, default=12.0)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    programs = browser_programs()
    if programs is None:
        raise SystemExit("Chromium is missing. On Debian: tools/test-browser")
    with tempfile.TemporaryDirectory() as name, running_page(Path(name)) as server:
        photo = Path(name) / "photo.jpg"
        enlarged_sample(arguments.megapixels, photo)
        tab = Tab(programs, server.url, Path(name))
        try:
            wait_s(tab, photo)
            waits_s = [wait_s(tab, photo) for _ in range(arguments.runs)]
        finally:
            tab.close()
    print(" ".join(f"{wait:.2f}" for wait in waits_s), "s")
    print(f"median {statistics.median(waits_s):.2f} s at {arguments.megapixels:g} megapixels")


if __name__ == "__main__":
    main()
