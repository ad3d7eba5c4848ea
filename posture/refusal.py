"""The result of a photo that gave no numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posture._support.texts import texts
from posture.findings import Finding
from posture.result import Facing, Landmark2D, Result
from posture.settings import Settings
from posture.subject import Subject

if TYPE_CHECKING:
    from posture.photo.decode import Photo


def refused(
    settings: Settings,
    name: str | None,
    photo: Photo | None,
    subject: Subject,
    findings: tuple[Finding, ...],
    facing: Facing | None = None,
    landmarks_px: dict[str, Landmark2D] | None = None,
) -> Result:
    """A result without any number.

    Args:
        settings: of the analyzer that refuses.
        name: the photo's path as it was given, if it has one.
        photo: None when it could not be read.
        subject: as it was given.
        findings: why, among them at least one refusal.
        facing, landmarks_px: of the person, where one was seen.
    """
    return Result(
        status="refused",
        image=name,
        facing=facing,
        landmarks_px=landmarks_px or {},
        findings=findings,
        subject=subject,
        provenance=settings.provenance(photo),
        disclaimer=texts()["disclaimer"],
    )
