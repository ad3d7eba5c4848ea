"""Results made by hand, for tests that need one but no photo."""

from __future__ import annotations

from dataclasses import replace

from posture.findings import finding
from posture.refusal import refused
from posture.result import (
    Alignment,
    Bands,
    CurvePoints,
    Landmark2D,
    Measured,
    Provenance,
    Repeatability,
    Result,
)
from posture.settings import Settings
from posture.subject import Subject

PROVENANCE = Provenance(
    program_version="0.1.0",
    method_version="1",
    norms_version="1",
    model="heavy",
    model_sha256="0" * 64,
    mediapipe_version="0.10.33",
    image_sha256="f" * 64,
    image_width_px=600,
    image_height_px=800,
    mirrored_pass=True,
    edge_refined=True,
    edited_by_hand=False,
)


def refused_result() -> Result:
    result = refused(Settings(), "photos/front.jpg", None, Subject(), (finding("no-person"),))
    return replace(result, provenance=PROVENANCE, disclaimer="Not a diagnosis.")


def measured_result() -> Result:
    number = Measured(41.5, 3.25)
    return Result(
        status="measured",
        image="photos/side.jpg",
        facing="left",
        slca_deg=number,
        chord_angle_deg=number,
        hollow_depth_mm=number,
        hollow_depth_ratio=Measured(0.11, 0.01),
        hollow_depth_stature=Measured(0.025, 0.002),
        hollow_hands=Measured(1.4, 0.3),
        bridge_length_mm=Measured(410.0, 9.0),
        mm_per_px=Measured(2.2, 0.1),
        yaw_deg=Measured(-3.0, 6.5),
        repeatability=Repeatability(slca_deg=6.0, hollow_depth_mm=7.0),
        bands=Bands(slca="typical", depth="typical/borderline", verdict="typical"),
        wall_test="Wall test: room for more than one hand behind the low back (1.4 hands).",
        points_px=CurvePoints(*[(300.5, 200.25)] * 8),
        contour_px=((310.0, 180.0), (305.5, 200.0)),
        landmarks_px={"left_hip": Landmark2D(290.0, 400.0, 0.99)},
        alignment=Alignment(number, None, number, None, number, None, number),
        findings=(finding("photo-animated", region_px=(1.0, 2.0, 3.0, 4.0)),),
        subject=Subject(stature_mm=1760.0, sex="f", age=40.0, hand_thickness_mm=28.0),
        provenance=PROVENANCE,
        disclaimer="Not a diagnosis.",
    )
