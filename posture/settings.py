"""How photos are measured: the choices a caller has, and the record of them in every result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata

from posture import __version__
from posture.curve.correction import Calibration, load_calibration
from posture.photo.decode import Photo
from posture.pose.bundles import ModelName, bundle_sha256
from posture.result import Provenance
from posture.verdict.norms import Norms, load_norms

METHOD_VERSION = "10"


@dataclass(frozen=True)
class Settings:
    """The choices of an analyzer.

    Attributes:
        model: pose model by name; "heavy" for photos, "full" or "lite" for streams.
        fast: one pass and no refinement on the photo: quicker, wider error bars.
        own_norms: bands and hand thickness; the built-in ones when None.
        own_calibration: fitted constants of the measurement; the built-in ones when None.
    """

    model: ModelName = "heavy"
    fast: bool = False
    own_norms: Norms | None = None
    own_calibration: Calibration | None = None

    @property
    def norms(self) -> Norms:
        """The reference values that hold."""
        return self.own_norms or load_norms()

    @property
    def calibration(self) -> Calibration:
        """The fitted constants that hold."""
        return self.own_calibration or load_calibration()

    def provenance(self, photo: Photo | None) -> Provenance:
        """What produces the numbers of `photo`; None when it could not be read."""
        return Provenance(
            program_version=__version__,
            method_version=METHOD_VERSION,
            norms_version=self.norms.version,
            model=self.model,
            model_sha256=bundle_sha256(self.model),
            mediapipe_version=_mediapipe_version(),
            image_sha256=photo.sha256 if photo else None,
            image_width_px=photo.width_px if photo else None,
            image_height_px=photo.height_px if photo else None,
            mirrored_pass=not self.fast,
            edge_refined=not self.fast,
            edited_by_hand=False,
        )


@cache
def _mediapipe_version() -> str:
    """Looked up once: it means reading the package's files."""
    return metadata.version("mediapipe")
