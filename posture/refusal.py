"""The result of a photo that gave no numbers."""

from __future__ import annotations

from posture.findings import Finding
from posture.photo import Photo
from posture.result import Result
from posture.settings import Settings
from posture.subject import Subject
from posture.texts import texts


def refused(
    settings: Settings,
    name: str | None,
    photo: Photo | None,
    subject: Subject,
    findings: tuple[Finding, ...],
) -> Result:
    """A result without any number.

    Args:
        settings: of the analyzer that refuses.
        name: the photo's path as it was given, if it has one.
        photo: None when it could not be read.
        subject: as it was given.
        findings: why, among them at least one refusal.
    """
    return Result(
        status="refused",
        image=name,
        facing=None,
        slca_deg=None,
        chord_angle_deg=None,
        hollow_depth_mm=None,
        hollow_depth_ratio=None,
        hollow_depth_stature=None,
        hollow_hands=None,
        bridge_length_mm=None,
        mm_per_px=None,
        yaw_deg=None,
        repeatability=None,
        bands=None,
        wall_test=None,
        points_px=None,
        contour_px=(),
        landmarks_px={},
        alignment=None,
        findings=findings,
        subject=subject,
        provenance=settings.provenance(photo),
        disclaimer=texts()["disclaimer"],
    )
