"""C3D, the binary of motion laboratories (c3d.org), written by the package ``c3d``."""

from __future__ import annotations

import io
import warnings

import numpy as np

from posture._support.distribution import require_extra
from posture.interchange.markers import Markers

# Of a point in one frame: x, y, z, residual, cameras.  A negative residual: it is missing.
_WIDTH, _RESIDUAL, _MISSING = 5, 3, -1.0
_NO_SAMPLES = np.zeros((0, 1))


def c3d_bytes(markers: Markers) -> bytes:
    """The whole file: floats, points by name, x across the screen and y up; missing ones invalid.

    A C3D file has no clock: its first frame is the first in which the person was seen.

    Raises:
        PackageMissing: where the extra `motion` is not installed.
    """
    require_extra("motion")
    from c3d import Writer

    writer = Writer(point_rate=markers.rate_hz, point_units=markers.unit)
    writer.set_point_labels(markers.names)
    writer.set_screen_axis("+X", "+Y")
    frames, count = markers.points.shape[:2]
    rows = np.zeros((frames, count, _WIDTH))
    rows[..., :_RESIDUAL] = np.nan_to_num(markers.points)
    rows[..., _RESIDUAL] = np.where(np.isfinite(markers.points[..., 0]), 0.0, _MISSING)
    writer.add_frames([(frame, _NO_SAMPLES) for frame in rows])
    written = io.BytesIO()
    with warnings.catch_warnings():
        # That there are no analog data is no surprise.
        warnings.simplefilter("ignore", UserWarning)
        writer.write(written)
    return written.getvalue()
