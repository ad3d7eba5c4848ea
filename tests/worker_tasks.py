"""What tests have a worker's child do; tasks are sent by name, so they live in a module."""

from __future__ import annotations

import os
import time
from typing import NoReturn

from posture.analyzer import Analyzer
from posture.photo import PhotoSource
from posture.pose import Pose, RgbImage
from posture.result import Result


def die_in_mid_photo(analyzer: Analyzer, source: PhotoSource, signal_number: int) -> Result:
    """Measure `source`, and be killed when the person has been found in it."""
    detect = analyzer._model.detect

    def detect_and_die(image: RgbImage) -> list[Pose]:
        people = detect(image)
        os.kill(os.getpid(), signal_number)
        return people

    analyzer._model.detect = detect_and_die  # type: ignore[method-assign]
    return analyzer.analyze(source)


def hang(_: Analyzer) -> None:
    time.sleep(600)


def print_noise(_: Analyzer) -> str:
    print("noise on standard output")
    os.write(1, b"native noise on standard output")
    return "quiet"


def fail(_: Analyzer) -> NoReturn:
    raise KeyError("told")


def identify(_: Analyzer) -> int:
    return os.getpid()


def leads_its_own_group(_: Analyzer) -> bool:
    """Whether a Ctrl-C at the parent's terminal passes this process by."""
    return os.getpgid(0) == os.getpid()
