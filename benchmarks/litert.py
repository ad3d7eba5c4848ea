"""Whether the two networks of a bundle give the same by the plain LiteRT runtime as by MediaPipe.

    pip install ai-edge-litert        (in an environment of its own)
    python -m benchmarks.litert [--model heavy] [--site FOLDER]

MediaPipe 0.10.33 is the last release that opens no socket, and has no wheel for 64-bit ARM Linux.
Here is what it does round its networks, written anew in NumPy and OpenCV after its published graph
(`mediapipe/tasks/cc/vision/pose_landmarker`): letterbox, anchors, weighted suppression, the
rotated region, refinement by heat maps, the mask's way back.  Every committed picture is measured
both ways; printed are the differences, and what MediaPipe itself makes of a change of 50 values of
the photo by 1, which shows how far rounding alone is carried.  `docs/litert.md` tells the figures.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.analyzer import Analyzer
from posture.photo.decode import Photo, load_photo
from posture.pose.bundles import MODEL_NAMES, ModelName, bundle_path
from posture.pose.mediapipe import SIZE_MULTIPLE_PX, PoseModel
from posture.pose.pose_settings import pose_settings
from posture.pose.record import Pose, RgbImage
from posture.result import Result
from posture.subject import Subject

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ("sample_images", "benchmarks/accuracy/pictures")
SUBJECT = Subject(stature_mm=1700)
DETECTION = pose_settings().detection

Floats = NDArray[np.float32]

# The detector: 224 x 224 px in -1 to 1; per stride so many anchors in each cell.
DETECTOR_PX = 224
ANCHORS_OF_STRIDE = {8: 2, 16: 2, 32: 6}
SUPPRESSED_OVERLAP = 0.5
# The landmarks: 256 x 256 px in 0 to 1, of a square as much larger than the person.
LANDMARKS_PX, MARKS, KEPT_MARKS = 256, 39, 33
MARGIN = np.float32(1.25)
# Marks are refined within a window of the heat maps where these are sure.
HALF_WINDOW, SURE = 3, 0.5
# OpenCV 3, which MediaPipe holds, places pixels to 1/32 px; OpenCV 5 to the full.
PARTS = 32


@dataclass(frozen=True)
class Region:
    """A square of the image, turned by `rotation` radians about its middle, in px."""

    x: np.float32
    y: np.float32
    width: np.float32
    height: np.float32
    rotation: np.float32

    def corners(self) -> Floats:
        """Lower left, upper left, upper right and lower right (4, 2), as it is turned."""
        degrees = float(np.float32(self.rotation * np.float32(180) / math.pi))
        size = (float(self.width), float(self.height))
        return np.asarray(
            cv2.boxPoints(((float(self.x), float(self.y)), size, degrees)), np.float32
        )


class LiteRtPoseModel(PoseModel):
    """As :class:`PoseModel`, by LiteRT."""

    def __init__(self, name: ModelName) -> None:
        super().__init__(name)
        with zipfile.ZipFile(bundle_path(name)) as bundle:
            self._find = _network(bundle.read("pose_detector.tflite"))
            self._read = _network(bundle.read("pose_landmarks_detector.tflite"))
        self._anchors = _anchors()

    def detect_each(self, images: Sequence[RgbImage]) -> list[list[Pose]]:
        """As :meth:`PoseModel.detect_each`."""
        return [self._people(image, DETECTION.confidence) for image in images]

    def _with_low_thresholds(self, rgb: RgbImage) -> list[Pose]:
        return self._people(rgb, pose_settings().eager.confidence)

    def _people(self, rgb: RgbImage, confidence: float) -> list[Pose]:
        height, width = rgb.shape[:2]
        right, below = -width % SIZE_MULTIPLE_PX, -height % SIZE_MULTIPLE_PX
        padded = np.asarray(
            cv2.copyMakeBorder(rgb, 0, below, 0, right, cv2.BORDER_REPLICATE), np.uint8
        )
        found = []
        for middle, rim in self._alignments(padded, confidence)[: DETECTION.max_people]:
            pose = self._pose(padded, _region(middle, rim, padded.shape[:2]), confidence)
            if pose is not None:
                mask = np.ascontiguousarray(pose.mask[:height, :width])
                found.append(Pose(pose.points_px, pose.visibility, pose.world_m, mask))
        return found

    def _alignments(self, rgb: RgbImage, confidence: float) -> list[Floats]:
        """Of each person the middle of the hips and a point of the circle round them (2, 2).

        Shares of the image's width and height.
        """
        height, width = rgb.shape[:2]
        side = np.float32(max(height, width))
        square = Region(np.float32(width / 2), np.float32(height / 2), side, side, np.float32(0))
        looked_at = _cut(rgb, square, DETECTOR_PX, cv2.BORDER_CONSTANT)
        boxes, scores = self._find(looked_at * np.float32(2 / 255) - np.float32(1))
        score = _logistic(np.clip(scores[0, :, 0], -100, 100))
        likely = np.flatnonzero(score >= confidence)
        box = boxes[0, likely].reshape(-1, 6, 2) / np.float32(DETECTOR_PX)
        anchor = self._anchors[likely]
        middle, size = box[:, 0] + anchor, box[:, 1]
        corners = np.concatenate([middle - size / 2, middle + size / 2], axis=1)
        points = box[:, 2:4] + anchor[:, None]
        pad = ((side - np.array([width, height], np.float32)) / 2 / side).astype(np.float32)
        return [
            np.asarray((point - pad) / (1 - 2 * pad), np.float32)
            for point in _suppressed(corners, points, score[likely])
        ]

    def _pose(self, rgb: RgbImage, region: Region, confidence: float) -> Pose | None:
        cut = _cut(rgb, region, LANDMARKS_PX, cv2.BORDER_REPLICATE)
        marks, presence, segments, heat, world = self._read(cut * np.float32(1 / 255))
        if presence[0, 0] <= confidence:
            return None
        own = marks.reshape(MARKS, 5)
        places = _refined(own[:, :2] / np.float32(LANDMARKS_PX), _logistic(heat[0]))[:KEPT_MARKS]
        side, turn = float(region.width), float(region.rotation)
        turned = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
        middle = np.array([region.x, region.y], float)
        metres = world.reshape(MARKS, 3)[:KEPT_MARKS].astype(float)
        metres[:, :2] = metres[:, :2] @ turned.T
        # From the image into the region; both count from the corners of pixels, as MediaPipe does.
        back = np.empty((2, 3))
        back[:, :2] = turned.T * (LANDMARKS_PX / side)
        back[:, 2] = LANDMARKS_PX / 2 - back[:, :2] @ middle
        mask = _laid_back(_logistic(segments[0, :, :, 0]), back.astype(np.float32), rgb.shape[:2])
        return Pose(
            points_px=middle + side * ((places - 0.5) @ turned.T),
            visibility=_logistic(own[:KEPT_MARKS, 3]).astype(float),
            world_m=metres,
            mask=mask,
        )


def _network(data: bytes) -> Callable[[Floats], list[Floats]]:
    interpreter = importlib.import_module("ai_edge_litert.interpreter").Interpreter(
        model_content=data, num_threads=1
    )
    interpreter.allocate_tensors()
    (source,), targets = interpreter.get_input_details(), interpreter.get_output_details()

    def run(image: Floats) -> list[Floats]:
        interpreter.set_tensor(source["index"], image[None])
        interpreter.invoke()
        return [interpreter.get_tensor(target["index"]) for target in targets]

    return run


def _anchors() -> Floats:
    """Middles (n, 2) of all anchors, shares of the detector's picture."""
    layers = []
    for stride, count in ANCHORS_OF_STRIDE.items():
        cells = DETECTOR_PX // stride
        rows, columns = np.mgrid[:cells, :cells]
        middles = (np.stack([columns, rows], axis=-1).reshape(-1, 2) + 0.5) / cells
        layers.append(np.repeat(middles, count, axis=0))
    return np.concatenate(layers).astype(np.float32)


def _suppressed(corners: Floats, points: Floats, score: Floats) -> Iterator[Floats]:
    """Points (2, 2) of the people, most likely first; boxes of one person are averaged."""
    rest = np.argsort(-score, kind="stable")
    while len(rest):
        same = _overlap(corners[rest], corners[rest[0]]) > SUPPRESSED_OVERLAP
        weight = score[rest[same]]
        if not same.any():
            return
        total = (points[rest[same]] * weight[:, None, None]).sum(axis=0)
        yield np.asarray(total / weight.sum(), np.float32)
        rest = rest[~same]


def _overlap(boxes: Floats, box: Floats) -> Floats:
    """Of each box (n, 4) with `box`: what they share over what they cover."""
    sides = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
    shared = np.clip(sides, 0, None).prod(axis=1)
    areas, area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1), (box[2:] - box[:2]).prod()
    return np.asarray(shared / (areas + area - shared), np.float32)


def _region(middle: Floats, rim: Floats, size: tuple[int, ...]) -> Region:
    """The square that a person is looked at in, step by step in MediaPipe's single precision."""
    height, width = np.float32(size[0]), np.float32(size[1])
    scale = np.array([width, height])
    (x, y), (rim_x, rim_y) = middle * scale, rim * scale
    side = np.float32(2 * np.hypot(rim_x - x, rim_y - y))
    turn = np.float32(math.pi / 2) - np.arctan2(y - rim_y, rim_x - x)
    turn = np.float32(turn - 2 * math.pi * math.floor((turn + math.pi) / (2 * math.pi)))
    long = max(side / width * width, side / height * height)
    return Region(
        x / width * width,
        y / height * height,
        long / width * MARGIN * width,
        long / height * MARGIN * height,
        turn,
    )


def _cut(rgb: RgbImage, region: Region, side_px: int, beyond: int) -> Floats:
    """The region as a picture (side_px, side_px, 3), 0 to 255."""
    target = np.array([[0, side_px], [0, 0], [side_px, 0], [side_px, side_px]], np.float32)
    way = cv2.getPerspectiveTransform(region.corners(), target)
    back = np.asarray(cv2.invert(way)[1])
    at = np.arange(side_px, dtype=float)
    x, y = np.meshgrid(at, at)
    depth = PARTS / (back[2, 0] * x + back[2, 1] * y + back[2, 2])
    columns, rows = (
        np.rint((line[0] * x + line[1] * y + line[2]) * depth).astype(np.int64) for line in back[:2]
    )
    return np.asarray(_sampled(rgb, columns, rows, beyond), np.float32)


def _laid_back(mask: Floats, way: Floats, size: tuple[int, ...]) -> Floats:
    """A mask (h, w) where `way` leads from the image (H, W), 0 beyond it."""
    height, width = size[0], size[1]
    # OpenCV 3 works in 1/1024 px, and rounds to 1/32.
    fine = 1024
    along, down = np.arange(width), np.arange(height)
    columns, rows = (
        (
            (np.rint((line[1] * down + line[2]) * fine).astype(np.int64) + fine // PARTS // 2)[
                :, None
            ]
            + np.rint(line[0] * along * fine).astype(np.int64)
        )
        // (fine // PARTS)
        for line in way.astype(float)
    )
    return np.asarray(_sampled(mask, columns, rows, cv2.BORDER_CONSTANT), np.float32)


def _sampled(
    image: NDArray[Any], columns: NDArray[np.int64], rows: NDArray[np.int64], beyond: int
) -> NDArray[Any]:
    """`image` at these places (n, m) of 1/32 px."""
    whole = np.stack([columns // PARTS, rows // PARTS], axis=-1).astype(np.int16)
    part = ((rows % PARTS) * PARTS + columns % PARTS).astype(np.uint16)
    return np.asarray(cv2.remap(image, whole, part, cv2.INTER_LINEAR, borderMode=beyond))


def _refined(places: Floats, heat: Floats) -> Floats:
    """Places (n, 2), shares of the region, moved to the middle of the heat (h, w, n) round them."""
    refined = places.copy()
    height, width = heat.shape[:2]
    for number, (x, y) in enumerate(places):
        column, row = int(x * width), int(y * height)
        if not (0 <= column < width and 0 <= row < height):
            continue
        left, top = max(column - HALF_WINDOW, 0), max(row - HALF_WINDOW, 0)
        window = heat[top : row + HALF_WINDOW + 1, left : column + HALF_WINDOW + 1, number]
        if window.max() >= SURE:
            across = window.sum(axis=0) @ np.arange(left, left + window.shape[1])
            down = window.sum(axis=1) @ np.arange(top, top + window.shape[0])
            refined[number] = (across / width / window.sum(), down / height / window.sum())
    return refined


def _logistic(values: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-values)), np.float32)


def with_changed_values(rgb: RgbImage) -> RgbImage:
    """The photo with 50 of its values one higher or lower: nothing that anybody could see."""
    random = np.random.default_rng(0)
    changed = rgb.copy()
    flat = changed.reshape(-1)
    at = random.integers(0, flat.size, 50)
    flat[at] = np.clip(flat[at].astype(int) + random.choice([-1, 1], 50), 0, 255)
    return changed


def differences(one: Result, other: Result) -> dict[str, float]:
    """By how far two readings of one photo lie apart; nothing where one gave none."""
    if one.slca_deg is None or other.slca_deg is None:
        return {}
    assert one.hollow_depth_mm is not None and other.hollow_depth_mm is not None
    apart = [
        math.hypot(
            mark.x_px - other.landmarks_px[name].x_px, mark.y_px - other.landmarks_px[name].y_px
        )
        for name, mark in one.landmarks_px.items()
    ]
    return {
        "angle, degrees": abs(one.slca_deg.value - other.slca_deg.value),
        "depth, mm": abs(one.hollow_depth_mm.value - other.hollow_depth_mm.value),
        "landmarks, px": max(apart),
    }


def compare(model: ModelName) -> None:
    """Measure every committed picture both ways, and print by how much they differ."""
    paths = [path for folder in PICTURES for path in sorted((ROOT / folder).glob("*.jpg"))]
    apart: dict[str, list[float]] = {}
    otherwise = 0
    seconds = {"MediaPipe": 0.0, "LiteRT": 0.0}
    with Analyzer(model) as usual, Analyzer(model, pose_model=LiteRtPoseModel(model)) as plain:
        for path in paths:
            photo = load_photo(path)
            assert isinstance(photo, Photo)
            started = time.process_time()
            one = usual.analyze(photo, SUBJECT)
            between = time.process_time()
            other = plain.analyze(photo, SUBJECT)
            seconds["MediaPipe"] += between - started
            seconds["LiteRT"] += time.process_time() - between
            codes = [[item.code for item in result.findings] for result in (one, other)]
            otherwise += (
                one.status != other.status or codes[0] != codes[1] or one.bands != other.bands
            )
            changed = usual.analyze(with_changed_values(photo.rgb), SUBJECT)
            for name, value in differences(one, other).items():
                apart.setdefault(f"LiteRT: {name}", []).append(value)
            for name, value in differences(one, changed).items():
                apart.setdefault(f"50 values changed by 1: {name}", []).append(value)
    print(f"model {model}, {len(paths)} pictures; another status, finding or band: {otherwise}")
    for name, values in sorted(apart.items()):
        tail = np.percentile(values, 95)
        print(
            f"{name:42s} median {np.median(values):.4f}, 95 % below {tail:.4f}, "
            f"at most {max(values):.4f}, of {len(values)}"
        )
    print(", ".join(f"{name} {1000 * s / len(paths):.0f} ms" for name, s in seconds.items()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", choices=MODEL_NAMES, default="heavy")
    parser.add_argument("--site", help="where ai-edge-litert is installed, when not here")
    arguments = parser.parse_args()
    if arguments.site:
        sys.path.append(arguments.site)
    compare(arguments.model)


if __name__ == "__main__":
    main()
