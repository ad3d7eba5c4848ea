"""A photo in, a result out: the one place where the rooms of the pipeline are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from posture._support.closing import Closing
from posture._support.texts import texts
from posture.checks.covering import arm_along_mm, seems_worn
from posture.checks.outline import OUTLINE_CHECKS
from posture.checks.person import check_person, panorama, unusual_stretch
from posture.checks.result import RESULT_CHECKS
from posture.checks.scene import CurveScene, OutlineScene, PersonScene, run_checks
from posture.curve.calibration import Calibration
from posture.curve.geometry import LumbarCurve
from posture.curve.reading import error_sources, read_curve
from posture.curve.uncertainty import curve_error
from posture.findings import Finding, finding, refuses
from posture.outline.outline_settings import outline_settings
from posture.outline.sharpness import edge_width_px
from posture.outline.trace import Outline, trace, trace_mask
from posture.photo.decode import Photo, PhotoSource, is_panorama, load_photo, name_of
from posture.photo.resize import area_resized
from posture.pose.bundles import ModelName
from posture.pose.landmarks import Landmark
from posture.pose.mediapipe import PoseModel
from posture.pose.people import distinct_people, people_beside, same_person
from posture.pose.pose_settings import pose_settings
from posture.pose.record import Pose, RgbImage
from posture.refusal import refused
from posture.result import CurvePoints, Facing, Landmark2D, Measured, PointPx, Result
from posture.settings import Settings
from posture.subject import NOMINAL_STATURE_MM, Subject
from posture.verdict.alignment import describe_alignment
from posture.verdict.judge import judged
from posture.verdict.norms import Norms
from posture.view.camera_level import camera_level
from posture.view.scale import Lengths
from posture.view.see import View, see, statures_per_nominal_mm
from posture.view.trunk_frame import TrunkFrame
from posture.view.view_settings import view_settings


@dataclass(frozen=True)
class Examined:
    """What was seen in a photo, before anything is turned into millimetres.

    Attributes:
        scene: the person; with outline and curve as far as they were looked for and found.  None
            without a person.
        findings: of all checks that could be made.
    """

    scene: PersonScene | OutlineScene | CurveScene | None
    findings: tuple[Finding, ...]


class Analyzer(Closing):
    """Measures photos with one loaded pose model; use it as a context manager.

    Args:
        model: pose model by name; "heavy" for photos, "full" or "lite" for streams.
        fast: one pass and no refinement on the photo: quicker, wider error bars.
        norms: bands and hand thickness; the built-in ones when None.
        calibration: fitted constants of the measurement; the built-in ones when None.
        pose_model: that of this name, where it is loaded already; it is closed with the analyzer.

    Raises:
        ModelUnavailable: when the model's bundle is missing or damaged.
        SystemLibraryMissing: when MediaPipe cannot be loaded.
    """

    def __init__(
        self,
        model: ModelName = "heavy",
        *,
        fast: bool = False,
        norms: Norms | None = None,
        calibration: Calibration | None = None,
        pose_model: PoseModel | None = None,
    ) -> None:
        self.settings = Settings(model, fast, norms, calibration)
        self._model = pose_model or PoseModel(model)

    def close(self) -> None:
        """Release the model."""
        self._model.close()

    def analyze(self, source: PhotoSource, subject: Subject | None = None) -> Result:
        """Measure one photo.

        Args:
            source: path, encoded bytes, an RGB array or a loaded Photo.
            subject: what is known of the person.

        Returns:
            The result; a photo that cannot be read or measured gives one with status "refused".

        Raises:
            InvalidInput: when `source` is of a type or shape that is no photo at all.
        """
        return self.look(source, subject or Subject())[1]

    def look(self, source: PhotoSource, subject: Subject) -> tuple[Photo | None, Result]:
        """The decoded photo, None when it cannot be read, and its result; see :meth:`analyze`."""
        photo = load_photo(source)
        if isinstance(photo, Finding):
            return None, refused(self.settings, name_of(source), None, subject, (photo,))
        try:
            return photo, self.conclude(photo, subject, self.examine(photo))
        except (MemoryError, cv2.error) as error:
            if isinstance(error, cv2.error) and error.code != cv2.Error.StsNoMem:
                raise
        short = finding("memory-short")
        return None, refused(self.settings, photo.name, photo, subject, (short,))

    def examine(self, photo: Photo) -> Examined:
        """Look for a person and their back, before anything is turned into millimetres."""
        image, px_ratio = shrunk(photo.rgb)
        people, passes = self._detect(image)
        if not people:
            size = (photo.width_px, photo.height_px)
            return Examined(
                None, (panorama(*size) if is_panorama(*size) else finding("no-person"),)
            )
        calibration = self.settings.calibration
        height_px, width_px = image.shape[:2]
        view = see(passes, calibration.yaw.bias_deg)
        level = camera_level(image, view.pose.mask, photo.camera_roll_deg)
        person = PersonScene(people, view, width_px, height_px, px_ratio, level)
        findings = check_person(person)
        if view.facing is None or refuses(findings):
            return Examined(person, findings)
        outline = self._trace(view, view.facing, photo.rgb, px_ratio)
        traced = OutlineScene(
            **vars(person),
            outline=outline,
            reading=read_curve(outline),
            edge_width_px=edge_width_px(_trunk_part(image, person)),
        )
        of_outline = run_checks(OUTLINE_CHECKS, traced)
        findings += of_outline
        if refuses(findings):
            return Examined(traced, findings)
        if traced.reading is None:
            no_hollow = finding("no-hollow", region_px=traced.trunk_region)
            return Examined(traced, (*findings, no_hollow))
        sources = error_sources(
            traced.reading,
            outline,
            view,
            worn=seems_worn(traced),
            stretch=unusual_stretch(traced),
            warned=any(item.severity == "warning" for item in of_outline),
            arm_mm=arm_along_mm(traced),
        )
        error = curve_error(traced.reading.curve, sources, calibration)
        measured = traced.measured(traced.reading, sources, error)
        return Examined(measured, findings + run_checks(RESULT_CHECKS, measured))

    def conclude(self, photo: Photo, subject: Subject, examined: Examined) -> Result:
        """The result of what :meth:`examine` saw in this photo."""
        findings, scene = examined.findings, examined.scene
        if photo.animated:
            findings += (finding("photo-animated"),)
        if isinstance(scene, CurveScene) and not refuses(findings):
            if subject.stature_mm is None:
                findings += (finding("stature-unknown"),)
            return self._measured(photo, subject, scene, findings)
        facing = None if scene is None else scene.view.facing
        marks = None if scene is None else _landmarks(scene)
        return refused(self.settings, photo.name, photo, subject, findings, facing, marks)

    def _trace(self, view: View, facing: Facing, rgb: RgbImage, px_ratio: float) -> Outline:
        if self.settings.fast:
            return trace_mask(view, facing)
        return trace(view, facing, rgb, px_ratio)

    def _detect(self, image: RgbImage) -> tuple[tuple[Pose, ...], tuple[Pose, ...]]:
        """Everybody in the photo (the measured one first), and the passes over that person."""
        images = [image]
        if not self.settings.fast:
            images.append(np.asarray(cv2.flip(image, 1), np.uint8))
        for detect_each in (self._model.detect_each, self._model.detect_each_eagerly):
            found, *of_mirror = detect_each(images)
            seen = [distinct_people(found)]
            seen += [distinct_people([pose.mirrored() for pose in one]) for one in of_mirror]
            readings = [pose for poses in seen for pose in poses]
            # Somebody whom one pass misses may be seen by the other.
            people = distinct_people(readings)
            if people:
                passes = [pose for pose in readings if same_person(pose, people[0])]
                if len(people) == 1:
                    people += people_beside(image, people[0], self._model.detect_each)
                return tuple(people), tuple(passes)
        return (), ()

    def _measured(
        self, photo: Photo, subject: Subject, scene: CurveScene, findings: tuple[Finding, ...]
    ) -> Result:
        view, curve, error = scene.view, scene.reading.curve, scene.error
        lengths = Lengths(
            stature_per_mm=statures_per_nominal_mm(view, scene.outline.frame),
            scale_ci95=view.scale.relative_ci95,
            stature_mm=subject.stature_mm,
        )
        slca_deg = Measured(curve.slca_deg, error.slca_deg)
        depth_mm = lengths.in_mm(curve.depth, error.depth_mm)
        ratio = Measured(curve.depth / curve.bridge_length, error.depth_mm / curve.bridge_length)
        mm_per_px = lengths.mm_per_px(view.scale, scene.px_ratio)
        verdict = judged(slca_deg, depth_mm, ratio, subject, self.settings.norms)
        frame = scene.outline.frame.scaled(scene.px_ratio)
        return Result(
            status="measured",
            image=photo.name,
            facing=view.facing,
            slca_deg=slca_deg,
            chord_angle_deg=Measured(curve.chord_angle_deg, error.slca_deg),
            hollow_depth_mm=depth_mm,
            hollow_depth_ratio=ratio,
            hollow_depth_stature=lengths.in_statures(curve.depth, error.depth_mm),
            hollow_hands=verdict.hollow_hands,
            bridge_length_mm=lengths.in_mm(curve.bridge_length, 0.0),
            mm_per_px=mm_per_px,
            yaw_deg=Measured(view.yaw_deg, view_settings().yaw.ci95_deg),
            repeatability=verdict.repeatability,
            bands=verdict.bands,
            percentiles=verdict.percentiles,
            wall_test=verdict.wall_test,
            points_px=_curve_points(scene.reading.curve, frame),
            contour_px=_contour(scene.outline, frame),
            landmarks_px=_landmarks(scene),
            alignment=describe_alignment(
                view.pose,
                frame.facing,
                None if mm_per_px is None else mm_per_px.value * scene.px_ratio,
                NOMINAL_STATURE_MM * view.scale.stature_per_px,
                0.0 if scene.level is None else scene.level.roll_deg,
            ),
            findings=findings,
            subject=subject,
            provenance=self.settings.provenance(photo),
            disclaimer=texts()["disclaimer"],
        )


def analyze(source: PhotoSource, subject: Subject | None = None, **options: Any) -> Result:
    """Measure one photo with a model loaded just for it; `options` go to :class:`Analyzer`.

    Examples:
        >>> from posture import Subject, analyze
        >>> person = Subject(stature_mm=1779, sex="m")
        >>> result = analyze("sample_images/01-man-typical.jpg", person)
        >>> result.status, result.bands.verdict
        ('measured', 'flat/typical')
        >>> analyze("sample_images/19-refused-front-view.jpg").refusal.code
        'not-side-on'
    """
    with Analyzer(**options) as analyzer:
        return analyzer.analyze(source, subject)


def shrunk(rgb: RgbImage) -> tuple[RgbImage, float]:
    """The photo at the size that is analysed, and photo pixels per pixel of it."""
    height, width = rgb.shape[:2]
    ratio = max(height, width) / pose_settings().picture.analysed_px
    if ratio <= 1:
        return rgb, 1.0
    size = (max(round(width / ratio), 1), max(round(height / ratio), 1))
    return area_resized(rgb, size), ratio


def _trunk_part(image: RgbImage, scene: PersonScene) -> RgbImage:
    """The analysed image around the trunk."""
    left, top, right, bottom = (round(edge / scene.px_ratio) for edge in scene.trunk_region)
    return image[top:bottom, left:right]


def _landmarks(scene: PersonScene) -> dict[str, Landmark2D]:
    pose = scene.view.pose
    points = pose.points_px * scene.px_ratio
    return {
        mark.name.lower(): Landmark2D(
            float(points[mark, 0]), float(points[mark, 1]), float(pose.visibility[mark])
        )
        for mark in Landmark
    }


def _contour(outline: Outline, frame: TrunkFrame) -> tuple[PointPx, ...]:
    """The back line from the shoulders to below the buttocks, pixels of `frame`."""
    up_mm = outline.mask.up_mm
    rows = np.isfinite(outline.mask.back_mm)
    step_mm = outline_settings().photo.contour_step_mm
    spacing = max(round(step_mm / (up_mm[1] - up_mm[0])), 1)
    points = frame.to_px(up_mm[rows], outline.line[rows])[::-spacing]
    return tuple((float(x), float(y)) for x, y in points)


def _curve_points(curve: LumbarCurve, frame: TrunkFrame) -> CurvePoints:
    """The named points of a curve, pixels of `frame`."""

    def point(up_back_mm: tuple[float, float]) -> PointPx:
        x, y = frame.to_px(np.array(up_back_mm[0]), np.array(up_back_mm[1]))
        return (float(x), float(y))

    def direction(vector: tuple[float, float]) -> PointPx:
        x, y = vector[0] * frame.up + vector[1] * frame.back
        return (float(x), float(y))

    return CurvePoints(
        thoracic=point(curve.thoracic),
        lumbar=point(curve.lumbar),
        gluteal=point(curve.gluteal),
        bridge_foot=point(curve.bridge_foot),
        upper_inflection=point(curve.upper_inflection),
        lower_inflection=point(curve.lower_inflection),
        upper_tangent=direction(curve.upper_tangent),
        lower_tangent=direction(curve.lower_tangent),
    )
