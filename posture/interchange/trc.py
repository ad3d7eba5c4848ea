"""TRC, the text of marker positions that OpenSim reads (its manual: "Marker (.trc) Files")."""

from __future__ import annotations

from collections.abc import Iterator

from posture.interchange.markers import Markers

_KEYS = (
    "DataRate",
    "CameraRate",
    "NumFrames",
    "NumMarkers",
    "Units",
    "OrigDataRate",
    "OrigDataStartFrame",
    "OrigNumFrames",
)
# Readers split lines at blanks, so that an empty cell would shift the row; this word is a number.
_MISSING = "NaN"


def trc_text(markers: Markers, name: str) -> str:
    """The whole file: time is that of the clip, missing points are NaN.

    Args:
        markers: names must have no blanks.
        name: of the file, for its first line.
    """
    return "\n".join(_lines(markers, name)) + "\n"


def _lines(markers: Markers, name: str) -> Iterator[str]:
    frames, count = markers.points.shape[:2]
    rate = f"{markers.rate_hz:.6g}"
    values = (rate, rate, frames, count, markers.unit, rate, 1, frames)
    yield "\t".join(("PathFileType", "4", "(X/Y/Z)", "_".join(name.split())))
    yield "\t".join(_KEYS)
    yield "\t".join(map(str, values))
    # Each name stands over three columns.
    yield "Frame#\tTime\t" + "".join(f"{marker}\t\t\t" for marker in markers.names).rstrip("\t")
    axes = (f"{axis}{number}" for number in range(1, count + 1) for axis in "XYZ")
    yield "\t\t" + "\t".join(axes)
    yield ""
    for number, frame in enumerate(markers.points.reshape(frames, -1).tolist()):
        time_s = markers.start_s + number / markers.rate_hz
        cells = (_MISSING if value != value else f"{value:.3f}" for value in frame)
        yield f"{number + 1}\t{time_s:.6f}\t" + "\t".join(cells)
