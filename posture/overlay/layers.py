"""What can be switched on and off in an annotated photo."""

from __future__ import annotations

from enum import StrEnum


class Layer(StrEnum):
    """One part of the overlay.

    CONTOUR: the measured back line.
    BRIDGE: the "wall", the straight line that touches upper back and buttocks.
    DEPTH: the hollow under the bridge, the depth arrow and its label.
    TANGENTS: the two tangents of the SLCA, their arc and its label.
    PLUMB: the vertical through the ankle, with the joints beside it.
    SKELETON: body landmarks of the side nearer to the camera.
    FINDINGS: boxes round the spots that a warning or refusal is about.
    PANEL: the sheet beside or below the photo: numbers, bands, legend, not-a-diagnosis line.
    """

    CONTOUR = "contour"
    BRIDGE = "bridge"
    DEPTH = "depth"
    TANGENTS = "tangents"
    PLUMB = "plumb"
    SKELETON = "skeleton"
    FINDINGS = "findings"
    PANEL = "panel"


ALL_LAYERS = frozenset(Layer)
"""Every layer there is."""

DEFAULT_LAYERS = ALL_LAYERS - {Layer.SKELETON}
"""What a person is shown who asked for nothing else: no line without a meaning for the curve."""
