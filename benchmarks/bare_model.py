"""The yardstick of benchmarks.batch; in a module of its own, for a worker finds it by name."""

from __future__ import annotations

import time
from collections.abc import Sequence

import cv2
import numpy as np

from posture.analyzer import Analyzer, shrunk
from posture.photo.decode import Photo, load_photo


def bare_calls(analyzer: Analyzer, paths: Sequence[str], whole: bool) -> float:
    """In a worker's process: decode, and call the model as often as a measurement does.

    Args:
        whole: on the photo as it is, as one would without knowing better; else on the photo
            shrunk to the size that a measurement analyses.

    Returns:
        Processor seconds.
    """
    cv2.setNumThreads(1)
    started = time.process_time()
    for path in paths:
        photo = load_photo(path)
        assert isinstance(photo, Photo)
        image = photo.rgb if whole else shrunk(photo.rgb)[0]
        analyzer._model.detect(image)
        analyzer._model.detect(np.asarray(cv2.flip(image, 1), np.uint8))
    return time.process_time() - started
