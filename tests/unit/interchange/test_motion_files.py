"""TRC and C3D: what another program reads back is what was seen, and nothing is invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import ezc3d
import numpy as np
import pytest
from numpy.typing import NDArray
from trc import TRCData

from posture.clip.motion import Motion, point_names
from posture.errors import InvalidInput
from posture.interchange.c3d import c3d_bytes
from posture.interchange.markers import Markers, markers_of
from posture.interchange.trc import trc_text

NAMES = ("BL01", "LeftHip")
# Of NTSC film, every second frame.
STEP_S = 2 * 1001 / 30000


def motion(time_s: NDArray[np.float64], mm_per_px: float | None = 2.0) -> Motion:
    """Two points that go right and down, the first never seen in the third frame."""
    points = np.empty((len(time_s), 2, 2))
    points[:, 0] = np.stack([100 + 30 * time_s, 200 + 10 * time_s], axis=-1)
    points[:, 1] = points[:, 0] + 50
    points[2, 0] = np.nan
    return Motion(NAMES, time_s, points, 640, 480, "right", mm_per_px)


def even(count: int) -> NDArray[np.float64]:
    return 0.5 + STEP_S * np.arange(count, dtype=np.float64)


# ---------------------------------------------------------------- what is written


def test_x_is_forward_and_y_is_up_in_mm() -> None:
    markers = markers_of(motion(even(6)))
    assert markers.unit == "mm" and markers.rate_hz == pytest.approx(1 / STEP_S)
    assert markers.points[0, 0] == pytest.approx((2 * 115.0, 2 * (480 - 205.0), 0.0))
    assert np.isnan(markers.points[2, 0]).all() and np.isfinite(markers.points[2, 1]).all()


def test_whoever_looks_left_goes_forward_all_the_same() -> None:
    right = motion(even(6))
    mirrored = right.points_px * (-1, 1) + (right.width_px, 0)
    left = replace(right, points_px=mirrored, facing="left")
    np.testing.assert_allclose(markers_of(left).points, markers_of(right).points)


def test_without_a_stature_the_unit_is_pixels() -> None:
    markers = markers_of(motion(even(6), mm_per_px=None))
    assert markers.unit == "px" and markers.points[0, 0, 0] == pytest.approx(115.0)


def test_even_frames_are_not_moved() -> None:
    seen = motion(even(40))
    points = markers_of(seen).points
    assert len(points) == 40
    np.testing.assert_array_equal(points[:, :, 0], 2 * seen.points_px[:, :, 0])


def test_rounded_clocks_shift_nothing_in_the_long_run() -> None:
    """Containers round times to milliseconds: what follows is that of the right moment."""
    rounded = np.round(even(3000), 3)
    markers = markers_of(motion(rounded))
    moments = markers.start_s + np.arange(len(markers.points)) / markers.rate_hz
    seen = np.isfinite(markers.points[:, 1, 0])
    assert seen.mean() > 0.999
    assert np.abs(markers.points[seen, 1, 0] / 2 - 150 - 30 * moments[seen]).max() < 0.1
    assert len(markers.points) == pytest.approx(3000, abs=1)


def test_gaps_stay_gaps() -> None:
    times = np.delete(even(30), [10, 11, 12])
    points = markers_of(motion(times)).points
    assert len(points) == 30
    assert list(np.flatnonzero(np.isnan(points[:, 1, 0]))) == [10, 11, 12]


def test_one_frame_is_no_motion() -> None:
    seen = motion(even(3))
    with pytest.raises(InvalidInput, match="one frame only"):
        markers_of(replace(seen, time_s=seen.time_s[:1], points_px=seen.points_px[:1]))


def test_names_have_no_blanks_and_stand_once() -> None:
    names = point_names()
    assert len(set(names)) == len(names) == 61
    assert all(name.isalnum() for name in names)
    assert {"BL01", "BL25", "Deepest", "LeftShoulder", "RightFootIndex"} <= set(names)


# ---------------------------------------------------------------- read back


@dataclass(frozen=True)
class Trc:
    """A TRC file as OpenSim's manual describes it."""

    header: dict[str, str]
    names: tuple[str, ...]
    time_s: NDArray[np.float64]
    points: NDArray[np.float64]


def read_trc(text: str) -> Trc:
    """Strictly: six lines of head, words split at blanks, each row as long as the labels say."""
    first, keys, values, names, axes, blank, *rows = text.removesuffix("\n").split("\n")
    assert first.split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    header = dict(zip(keys.split(), values.split(), strict=True))
    assert list(header) == [
        "DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units", "OrigDataRate",
        "OrigDataStartFrame", "OrigNumFrames",
    ]  # fmt: skip
    frame, time, *labels = names.split()
    assert (frame, time, blank) == ("Frame#", "Time", "")
    count = int(header["NumMarkers"])
    assert len(labels) == count
    # A name stands over the first of its three columns.
    assert names.split("\t")[2::3] == labels
    assert axes.split() == [f"{axis}{k}" for k in range(1, count + 1) for axis in "XYZ"]
    cells = np.array([[float(word) for word in row.split()] for row in rows])
    assert cells.shape == (int(header["NumFrames"]), 2 + 3 * count)
    assert list(cells[:, 0]) == list(range(1, len(cells) + 1))
    return Trc(header, tuple(labels), cells[:, 1], cells[:, 2:].reshape(len(cells), count, 3))


@pytest.fixture
def markers() -> Markers:
    return markers_of(motion(even(25)))


def test_trc_is_read_back(markers: Markers) -> None:
    read = read_trc(trc_text(markers, "my clip.trc"))
    assert read.names == NAMES and read.header["Units"] == "mm"
    assert float(read.header["DataRate"]) == pytest.approx(markers.rate_hz, rel=1e-5)
    np.testing.assert_allclose(read.time_s, even(25), atol=1e-6)
    np.testing.assert_allclose(read.points, markers.points, atol=5e-4)


def test_another_library_reads_the_trc_back(markers: Markers, tmp_path: Path) -> None:
    file = tmp_path / "clip.trc"
    file.write_text(trc_text(markers, file.name))
    read = TRCData()
    read.load(str(file))
    assert (read["Units"], read["NumFrames"], read["Markers"]) == ("mm", 25, list(NAMES))
    for number, name in enumerate(NAMES):
        np.testing.assert_allclose(read[name], markers.points[:, number], atol=5e-4)


def test_another_library_reads_the_c3d_back(markers: Markers, tmp_path: Path) -> None:
    file = tmp_path / "clip.c3d"
    file.write_bytes(c3d_bytes(markers))
    read = ezc3d.c3d(str(file))
    about = read["parameters"]["POINT"]
    assert about["LABELS"]["value"] == list(NAMES) and about["UNITS"]["value"] == ["mm"]
    assert about["RATE"]["value"][0] == pytest.approx(markers.rate_hz, rel=1e-6)
    assert (about["X_SCREEN"]["value"], about["Y_SCREEN"]["value"]) == (["+X"], ["+Y"])
    points = read["data"]["points"]
    assert points.shape == (4, 2, 25)
    # Missing ones are invalid, and read as such.
    np.testing.assert_allclose(points[:3].transpose(2, 1, 0), markers.points, rtol=1e-6)
    assert read["data"]["meta_points"]["residuals"][0, 0, 2] < 0
