"""Every finding has a picture or a scene that sets it off and one that just does not."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from posture import analyzer as analyzer_module
from posture.analyzer import Analyzer
from posture.checks.limits import load_limits
from posture.checks.scene import CurveScene
from posture.subject import Subject
from tests.support.altered_photos import (
    before_plain_wall,
    beside_another,
    blank,
    blurred,
    cropped,
    in_panorama,
    lying,
    sample,
    shrunk,
    tilted,
    whole,
)
from tests.support.sentences import CODES, codes_of
from tests.unit.checks import test_covering, test_outline, test_person, test_result

CASES = [*test_person.CASES, *test_outline.CASES, *test_covering.CASES, *test_result.CASES]

Picture = Callable[[], Image.Image]

# Finding, a picture that gives it, one that just does not.
PICTURES: dict[str, tuple[Picture, Picture]] = {
    "no-person": (blank, whole),
    "several-people": (lambda: beside_another(1.0), lambda: beside_another(0.6)),
    "others-in-background": (lambda: beside_another(0.6), lambda: beside_another(0.5)),
    "trunk-out-of-frame": (lambda: cropped(top=0.26), lambda: cropped(top=0.19)),
    "trunk-too-small": (lambda: shrunk(0.16), lambda: shrunk(0.21)),
    "trunk-small": (lambda: shrunk(0.36), lambda: shrunk(0.46)),
    "not-side-on": (lambda: sample("19"), whole),
    "picture-turned": (lying, lambda: tilted(50)),
    "panorama": (lambda: in_panorama(8), lambda: in_panorama(3)),
    "leaning": (lambda: tilted(38), lambda: tilted(32)),
    "leaning-slightly": (lambda: tilted(21), lambda: tilted(15)),
    "head-cropped": (lambda: cropped(top=0.11), lambda: cropped(top=0.04)),
    "feet-not-seen": (lambda: cropped(bottom=0.8), whole),
    "blurred": (lambda: blurred(12), lambda: blurred(7)),
    "blurred-slightly": (lambda: blurred(5), lambda: blurred(2)),
    "camera-tilted": (lambda: tilted(5), lambda: tilted(3)),
    "camera-level-unknown": (before_plain_wall, whole),
    "arm-over-back": (lambda: sample("21"), whole),
}


@pytest.mark.parametrize("code", PICTURES)
def test_pictures(analyzer: Analyzer, code: str) -> None:
    culprit, innocent = PICTURES[code]
    assert code in codes_of(analyzer.analyze(np.asarray(culprit())).findings)
    assert code not in codes_of(analyzer.analyze(np.asarray(innocent())).findings)


# The last ones: tests/integration/live (test_clip, test_odd_clips) and tests/unit/test_combine.py.
ELSEWHERE = {
    "no-hollow", "stature-unknown", "photo-animated", "clip-nothing-fit", "clip-ends-early",
    "photo-given-twice",
    "photos-differ-in-angle", "photos-differ-in-depth",
}  # fmt: skip


def test_no_hollow(fast_analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.asarray(whole())
    assert "no-hollow" not in codes_of(fast_analyzer.analyze(image).findings)
    monkeypatch.setattr(analyzer_module, "read_curve", lambda *_: None)
    result = fast_analyzer.analyze(image)
    assert result.status == "refused"
    assert "no-hollow" in codes_of(result.findings)


def test_stature_unknown(fast_analyzer: Analyzer) -> None:
    image = np.asarray(whole())
    known = fast_analyzer.analyze(image, Subject(stature_mm=1648))
    assert "stature-unknown" in codes_of(fast_analyzer.analyze(image).findings)
    assert "stature-unknown" not in codes_of(known.findings)


def test_photo_animated(fast_analyzer: Analyzer) -> None:
    def codes(*more: Image.Image) -> set[str]:
        buffer = io.BytesIO()
        blank().save(buffer, "PNG", save_all=bool(more), append_images=more)
        return codes_of(fast_analyzer.analyze(buffer.getvalue()).findings)

    assert "photo-animated" in codes(Image.new("RGB", blank().size))
    assert "photo-animated" not in codes()


# What is said of the whole picture, or of nothing in it.
NOWHERE = {
    "no-person", "camera-tilted", "camera-level-unknown", "stature-unknown", "photo-animated",
}  # fmt: skip


def test_findings_are_marked_where_they_are(scene: CurveScene, analyzer: Analyzer) -> None:
    limits = load_limits()
    found = [case.check(case.culprit(scene), limits) for case in CASES]
    for code in ("trunk-too-small", "leaning", "head-cropped", "feet-not-seen", "blurred"):
        found += analyzer.analyze(np.asarray(PICTURES[code][0]())).findings
    width_px, height_px = (side * scene.px_ratio for side in (scene.width_px, scene.height_px))
    for item in found:
        assert item is not None
        assert (item.region_px is None) == (item.code in NOWHERE), item.code
        if item.region_px is not None:
            left, top, right, bottom = item.region_px
            assert 0 <= left < right <= width_px + 1 and 0 <= top < bottom <= height_px + 1


def test_every_check_is_tested() -> None:
    assert set(PICTURES) | {case.code for case in CASES} | ELSEWHERE == CODES
