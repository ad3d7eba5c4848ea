"""How photos are measured: the choices a caller has, and the record of them in every result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from posture import __version__
from posture.pose.bundles import ModelName, bundle_sha256

if TYPE_CHECKING:
    from posture.curve.calibration import Calibration
    from posture.photo.decode import Photo
    from posture.result import Provenance
    from posture.verdict.norms import Norms

METHOD_VERSION = "11"
_VERSIONED = "mediapipe-*.dist-info"


@dataclass(frozen=True)
class Settings:
    """The choices of an analyzer.

    What they stand for is loaded when it is asked for: who only has photos measured elsewhere
    needs none of it.

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
        from posture.verdict.norms import load_norms

        return self.own_norms or load_norms()

    @property
    def calibration(self) -> Calibration:
        """The fitted constants that hold."""
        from posture.curve.calibration import load_calibration

        return self.own_calibration or load_calibration()

    def prepare(self) -> None:
        """Read now whatever else the first photo would wait for."""
        self.norms, self.calibration, _mediapipe_version()

    def provenance(self, photo: Photo | None) -> Provenance:
        """What produces the numbers of `photo`; None when it could not be read."""
        from posture.result import Provenance

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
    """By the name of the folder that every installer leaves beside the package.

    Where there is not just one, the library that knows decides; loading it takes longer than
    looking at a photo for a back.
    """
    spec = PathFinder.find_spec("mediapipe")
    places = spec.submodule_search_locations if spec is not None else None
    names = [path.name for place in places or () for path in Path(place).parent.glob(_VERSIONED)]
    if len(names) == 1:
        return names[0].removesuffix(".dist-info").partition("-")[2]
    from importlib import metadata

    return metadata.version("mediapipe")
