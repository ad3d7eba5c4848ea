"""Every check has something that sets it off and something that just does not."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from samples import FOLDER

from posture import analyzer as analyzer_module
from posture.analyzer import Analyzer
from posture.checks import outline as checks
from posture.checks.outline import Check, Scene, load_limits
from posture.curve.uncertainty import CurveError
from posture.findings import Finding, finding
from posture.outline.hair import NO_HAIR, Hair
from posture.photo.decode import Photo, load_photo
from posture.pose.landmarks import ANKLES, EARS, HEELS, HIPS, KNEES, SHOULDERS, Landmark
from posture.pose.mediapipe import PoseModel
from posture.subject import Subject

CATALOGUE = tomllib.loads(
    (Path(checks.__file__).parent / "data" / "findings.toml").read_text(encoding="utf-8")
)
CODES = {code for code, entry in CATALOGUE.items() if not entry.get("input_error")}
BANNED = re.compile(r"diagnos|abnormal|deform", re.IGNORECASE)

Array = NDArray[np.float64]


def assert_sentences(items: Iterable[Finding]) -> None:
    for item in items:
        # Only information may have nothing to do about it.
        for text in [item.message] + [item.fix] * bool(item.fix or item.severity != "info"):
            assert text.endswith(".") and not re.search(r"[{}]|None|nan", text), text
            assert not BANNED.search(text)


def codes_of(items: Iterable[Finding]) -> set[str]:
    items = tuple(items)
    assert_sentences(items)
    return {item.code for item in items}


# ----------------------------------------------------------------------------------- pictures


def sample(number: str) -> Image.Image:
    return Image.open(next(FOLDER.glob(f"{number}-*.jpg"))).convert("RGB")


def whole() -> Image.Image:
    return sample("09")


def blank() -> Image.Image:
    return Image.new("RGB", (480, 640), (128, 128, 128))


def shrunk(share: float) -> Image.Image:
    image = whole()
    return image.resize((round(image.width * share), round(image.height * share)))


def tilted(degrees: float) -> Image.Image:
    image = whole()
    wall = image.getpixel((20, 100))
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=wall)


def cropped(top: float = 0.0, bottom: float = 1.0) -> Image.Image:
    image = whole()
    return image.crop((0, round(top * image.height), image.width, round(bottom * image.height)))


def blurred(radius_px: float) -> Image.Image:
    return whole().filter(ImageFilter.GaussianBlur(radius_px))


def beside_another(share: float) -> Image.Image:
    """With a second person of that share of the size, well apart."""
    image, other = whole(), sample("10")
    other = other.resize((round(other.width * share), round(other.height * share)))
    both = Image.new("RGB", (image.width + other.width, image.height), image.getpixel((20, 100)))
    both.paste(image, (0, 0))
    both.paste(other, (image.width, image.height - other.height))
    return both


def before_plain_wall() -> Image.Image:
    """Everything around the person painted over."""
    image = whole()
    photo = load_photo(np.asarray(image))
    assert isinstance(photo, Photo)
    with PoseModel("lite") as model:
        mask = Image.fromarray(model.detect(photo.rgb)[0].mask > 0.2)
    plain = Image.new("RGB", image.size, image.getpixel((20, 100)))
    plain.paste(image, mask=mask.convert("1"))
    return plain


Picture = Callable[[], Image.Image]

# Finding, a picture that gives it, one that just does not.
PICTURES: dict[str, tuple[Picture, Picture]] = {
    "no-person": (blank, whole),
    "several-people": (lambda: beside_another(1.0), lambda: beside_another(0.6)),
    "others-in-background": (lambda: beside_another(0.6), lambda: beside_another(0.5)),
    "trunk-out-of-frame": (lambda: cropped(top=0.26), lambda: cropped(top=0.19)),
    "trunk-too-small": (lambda: shrunk(0.16), lambda: shrunk(0.21)),
    "trunk-small": (lambda: shrunk(0.36), lambda: shrunk(0.46)),
    "not-side-on": (lambda: sample("19"), whole),
    "leaning": (lambda: tilted(38), lambda: tilted(32)),
    "leaning-slightly": (lambda: tilted(21), lambda: tilted(15)),
    "head-cropped": (lambda: cropped(top=0.11), lambda: cropped(top=0.04)),
    "feet-not-seen": (lambda: cropped(bottom=0.8), whole),
    "blurred": (lambda: blurred(12), lambda: blurred(7)),
    "blurred-slightly": (lambda: blurred(5), lambda: blurred(2)),
    "camera-tilted": (lambda: tilted(5), lambda: tilted(3)),
    "camera-level-unknown": (before_plain_wall, whole),
    "arm-over-back": (lambda: sample("21"), whole),
}


@pytest.mark.parametrize("code", PICTURES)
def test_pictures(analyzer: Analyzer, code: str) -> None:
    culprit, innocent = PICTURES[code]
    assert code in codes_of(analyzer.analyze(np.asarray(culprit())).findings)
    assert code not in codes_of(analyzer.analyze(np.asarray(innocent())).findings)


# ------------------------------------------------------------------------------------- scenes


@pytest.fixture(scope="module")
def scene(analyzer: Analyzer) -> Scene:
    """A person with nothing to find."""
    photo = load_photo(np.asarray(whole()))
    assert not isinstance(photo, Finding)
    seen, findings = analyzer.examine(photo)
    assert seen is not None and seen.outline is not None and findings == ()
    return seen


def viewed(scene: Scene, **fields: Any) -> Scene:
    return replace(scene, view=replace(scene.view, **fields))


def posed(scene: Scene, **fields: Any) -> Scene:
    return viewed(scene, pose=replace(scene.view.pose, **fields))


def outlined(scene: Scene, **fields: Any) -> Scene:
    assert scene.outline is not None
    return replace(scene, outline=replace(scene.outline, **fields))


def edged(scene: Scene, **fields: Any) -> Scene:
    assert scene.outline is not None and scene.outline.edge is not None
    return outlined(scene, edge=replace(scene.outline.edge, **fields))


def apart(scene: Scene, pair: tuple[Landmark, Landmark], axis: int, trunks: float) -> Scene:
    """Left and right of `pair` so many trunk lengths apart along x (0) or y (1)."""
    points = scene.view.pose.points_px.copy()
    trunk_px = scene.view.pose.trunk_px
    points[pair[0], axis] = points[pair[1], axis] + trunks * trunk_px
    return posed(scene, points_px=points)


def legs_alone(scene: Scene, visibility: float) -> Scene:
    """Shoulders and hips surely seen, head and knees with that probability only."""
    seen = np.ones(len(scene.view.pose.visibility))
    seen[[*EARS, *KNEES]] = visibility
    return posed(scene, visibility=seen)


def thighs_at(scene: Scene, degrees: float) -> Scene:
    world = scene.view.pose.world_m.copy()
    angle = np.radians(degrees)
    world[list(KNEES)] = world[list(HIPS)] + 0.4 * np.array([np.sin(angle), np.cos(angle), 0.0])
    return posed(scene, world_m=world)


def unfound(scene: Scene, share: float) -> Scene:
    """No outline on that share of the rows between hips and shoulders."""
    outline = scene.outline
    assert outline is not None
    rows = (outline.mask.up_mm > 0) & (outline.mask.up_mm < 0.9 * checks._shoulder_up_mm(scene))
    back_mm = outline.mask.back_mm.copy()
    back_mm[np.flatnonzero(rows)[: round(share * rows.sum())]] = np.nan
    return outlined(scene, mask=replace(outline.mask, back_mm=back_mm))


def reaching(scene: Scene, back_mm: float) -> Scene:
    assert scene.outline is not None and scene.outline.silhouette_curve is not None
    curve = replace(scene.outline.silhouette_curve, thoracic=(350.0, back_mm))
    return outlined(scene, silhouette_curve=curve)


def bent(scene: Scene, deg_per_cm: float) -> Scene:
    """A curve that bends so tightly between its inflection points."""
    assert scene.outline is not None and scene.outline.silhouette_curve is not None
    curve = scene.outline.silhouette_curve
    slca_deg = deg_per_cm * curve.inflections_apart / 10
    return outlined(scene, silhouette_curve=replace(curve, slca_deg=slca_deg))


def poked(scene: Scene, out_mm: float) -> Scene:
    """A flat waist with a hand, 40 mm wide, that stands so far out of it."""
    assert scene.outline is not None
    mask = scene.outline.mask
    back_mm = 60.0 + out_mm * (np.abs(mask.up_mm - 180.0) < 20.0)
    return outlined(scene, mask=replace(mask, back_mm=back_mm))


def stepping(scene: Scene, step_mm: float) -> Scene:
    """A flat back above which the mask takes in something, so far behind."""
    assert scene.outline is not None
    mask = scene.outline.mask
    return outlined(scene, mask=replace(mask, back_mm=60.0 + step_mm * (mask.up_mm > 250.0)))


def boarded(scene: Scene, bow_mm: float) -> Scene:
    """A line that is straight from below the hips to the shoulders but for such a ripple."""
    assert scene.outline is not None and scene.outline.edge is not None
    contour = scene.outline.edge.contour
    ripple = np.sqrt(2) * bow_mm * np.sin(2 * np.pi * contour.up_mm / 50)
    back_mm = 90 + 0.1 * contour.up_mm + ripple
    return edged(scene, contour=replace(contour, back_mm=back_mm), rival_mm=back_mm)


def neck_step(scene: Scene, step_mm: float) -> Scene:
    """Hair of no telling colour, and shoulder blades that stand so far behind the neck."""
    assert scene.outline is not None
    scene = outlined(scene, hair=NO_HAIR)
    limits = {"hair": {"min_neck_step_mm": np.inf, "max_layer_mm": np.inf}}
    told = checks.check_hair(scene, limits)
    assert told is not None and told.value is not None and scene.outline is not None
    return outlined(scene, line=scene.outline.line + step_mm - told.value)


def short_haired(scene: Scene, neck_step_mm: float) -> Scene:
    """Hair that ends well above the shoulders by its colour, and such a step behind the neck."""
    return haired(neck_step(scene, neck_step_mm), 100)


def haired(scene: Scene, above_shoulders_mm: float) -> Scene:
    """Hair whose colour runs on from the head down to there."""
    return outlined(scene, hair=Hair(checks._shoulder_up_mm(scene) + above_shoulders_mm, 0.0))


def layered(scene: Scene, layer_mm: float) -> Scene:
    """A layer of hair of that length below the shoulders."""
    return outlined(scene, hair=Hair(None, layer_mm))


def hemmed(scene: Scene, step_mm: float) -> Scene:
    """A back line with one step at the hips."""
    assert scene.outline is not None and scene.outline.edge is not None
    contour = scene.outline.edge.contour
    back_mm = np.where(contour.up_mm > 20, 80.0 + step_mm, 80.0)
    return edged(scene, contour=replace(contour, back_mm=back_mm))


def coloured(scene: Scene, at_waist: float, at_hips: float) -> Scene:
    """Clothes whose colour changes by so much where a waistband is and below the hips."""
    assert scene.outline is not None and scene.outline.edge is not None
    up_mm = scene.outline.edge.contour.up_mm
    redness = at_waist * (up_mm > 150) + at_hips * (up_mm > -40)
    return edged(scene, body_lab=np.stack([np.full_like(up_mm, 50), redness, 0 * up_mm], axis=1))


def falling(scene: Scene, flare_deg: float) -> Scene:
    """A top in one colour and a straight back line, so far back from the plumb line."""
    scene = coloured(scene, 0, 0)
    assert scene.outline is not None
    frame = scene.outline.frame
    plumb = frame.from_px(frame.origin_px + np.array([0.0, -1.0]))
    slope = np.tan(np.radians(flare_deg) + np.arctan2(plumb[1], plumb[0]))
    return outlined(scene, line=80 + slope * scene.outline.mask.up_mm)


def lit(scene: Scene, body: float, background: float) -> Scene:
    rows = (len(scene.outline.edge.contrast), 1) if scene.outline and scene.outline.edge else (1, 1)
    return edged(
        scene,
        body_lab=np.tile([body, 0.0, 0.0], rows),
        background_lab=np.tile([background, 0.0, 0.0], rows),
    )


def constant(scene: Scene, **values: float) -> Scene:
    """The edge with the same contrast, hesitation or softness on every row."""
    assert scene.outline is not None
    rows = len(scene.outline.mask.up_mm)
    return edged(scene, **{name: np.full(rows, value) for name, value in values.items()})


def soft(scene: Scene, edge_width_mm: float) -> Scene:
    """A trunk whose steepest edges are so wide."""
    assert scene.outline is not None
    return replace(scene, edge_width_px=edge_width_mm * scene.outline.frame.px_per_nominal_mm)


def rivalled(scene: Scene, off_mm: float) -> Scene:
    """A clear outline whose rival runs so much further in."""
    clear = constant(scene, contrast=5, doubt_mm=1, hesitation_mm=5)
    assert clear.outline is not None and clear.outline.edge is not None
    return edged(clear, rival_mm=clear.outline.edge.contour.back_mm - off_mm)


def arm_along(scene: Scene, length_mm: float, inside_mm: float = 40.0) -> Scene:
    """A straight vertical back with a forearm inside it, and the hand brought forward."""
    outline = scene.outline
    assert outline is not None
    bent = outlined(scene, line=np.full(len(outline.line), 60.0), cloth_mm=0.0)
    middle_mm, half_mm = 180.0, length_mm / 2
    places = {
        Landmark.LEFT_ELBOW: (middle_mm + half_mm, 60.0 - inside_mm),
        Landmark.LEFT_WRIST: (middle_mm - half_mm, 60.0 - inside_mm),
        Landmark.LEFT_INDEX: (middle_mm - half_mm, -150.0),
        Landmark.LEFT_SHOULDER: (480.0, -900.0),
    }
    points = scene.view.pose.points_px.copy()
    for mark, (up_mm, back_mm) in places.items():
        points[mark] = outline.frame.to_px(np.array(up_mm), np.array(back_mm))
    return posed(bent, points_px=points)


def proportioned(scene: Scene, leg: float, neck: float) -> Scene:
    """Legs, and ears above the shoulders, so many trunks long."""
    pose = scene.view.pose
    world, points = pose.world_m.copy(), pose.points_px.copy()
    trunk_m = np.linalg.norm(world[list(SHOULDERS)].mean(axis=0) - world[list(HIPS)].mean(axis=0))
    hip_m = world[list(HIPS)].mean(axis=0)
    for pair, share in ((KNEES, 0.5), (ANKLES, 1.0)):
        world[list(pair)] = hip_m + np.array([0.0, share * leg * trunk_m, 0.0])
    points[list(EARS)] = pose.point(*SHOULDERS) - (0.0, neck * pose.trunk_px)
    return posed(scene, world_m=world, points_px=points)


def thick_thighs(scene: Scene, width: float) -> Scene:
    """A body that is so wide below the hips (trunk lengths)."""
    pose = scene.view.pose
    mask = pose.mask.copy()
    hip_x, hip_y = pose.point(*HIPS)
    top, bottom = (round(hip_y + share * pose.trunk_px) for share in (0.1, 0.5))
    half_px = width * pose.trunk_px / 2
    mask[top:bottom] = 0
    mask[top:bottom, round(hip_x - half_px) : round(hip_x + half_px)] = 1
    return posed(scene, mask=mask)


def with_a_bag(scene: Scene, area: float) -> Scene:
    """A square of that area (trunk lengths squared) in the mask, in the picture's corner."""
    pose = scene.view.pose
    mask = pose.mask.copy()
    side = round(np.sqrt(area) * pose.trunk_px)
    mask[:side, :side] = 1
    return posed(scene, mask=mask)


Change = Callable[[Scene], Scene]

# Finding, the check, a scene that gives it, one that just does not.
SCENES: list[tuple[str, Check, Change, Change]] = [
    (
        "turned-away-from-side",
        checks.check_side_on,
        lambda s: viewed(s, yaw_deg=-13.1),
        lambda s: viewed(s, yaw_deg=-12.9),
    ),
    (
        "not-side-on",
        checks.check_side_on,
        lambda s: viewed(s, yaw_deg=27.1),
        lambda s: viewed(s, yaw_deg=26.9),
    ),
    (
        "facing-unclear",
        checks.check_facing,
        lambda s: viewed(s, facing_strength=0.24),
        lambda s: viewed(s, facing_strength=0.26),
    ),
    (
        "more-than-one-body",
        checks.check_one_body,
        lambda s: with_a_bag(s, 0.035),
        lambda s: with_a_bag(s, 0.025),
    ),
    (
        "more-than-one-body",
        checks.check_one_body,
        lambda s: thick_thighs(s, 0.62),
        lambda s: thick_thighs(s, 0.58),
    ),
    (
        "more-than-one-body",
        checks.check_one_body,
        lambda s: thick_thighs(apart(s, ANKLES, 0, 0.44), 0.62),
        lambda s: thick_thighs(apart(s, ANKLES, 0, 0.46), 0.62),
    ),
    (
        "trunk-out-of-frame",
        checks.check_trunk_in_frame,
        lambda s: legs_alone(s, 0.49),
        lambda s: legs_alone(s, 0.51),
    ),
    (
        "trunk-out-of-frame",
        checks.check_trunk_in_frame,
        lambda s: proportioned(s, leg=1.41, neck=0.34),
        lambda s: proportioned(s, leg=1.43, neck=0.34),
    ),
    (
        "trunk-out-of-frame",
        checks.check_trunk_in_frame,
        lambda s: proportioned(s, leg=1.41, neck=0.34),
        lambda s: proportioned(s, leg=1.41, neck=0.36),
    ),
    ("seated", checks.check_seated, lambda s: thighs_at(s, 51), lambda s: thighs_at(s, 49)),
    (
        "walking",
        checks.check_stride,
        lambda s: apart(s, ANKLES, 0, 0.46),
        lambda s: apart(s, ANKLES, 0, 0.44),
    ),
    (
        "camera-close-or-high",
        checks.check_perspective,
        lambda s: apart(s, HEELS, 1, 0.43),
        lambda s: apart(s, HEELS, 1, 0.41),
    ),
    (
        "outline-unclear",
        checks.check_outline_found,
        lambda s: unfound(s, 0.12),
        lambda s: unfound(s, 0.08),
    ),
    (
        "something-behind-back",
        checks.check_behind,
        lambda s: reaching(s, 201),
        lambda s: reaching(s, 199),
    ),
    ("something-behind-back", checks.check_behind, lambda s: poked(s, 11), lambda s: poked(s, 9)),
    (
        "something-behind-back",
        checks.check_behind,
        lambda s: stepping(s, 21),
        lambda s: stepping(s, 19),
    ),
    (
        "something-behind-back",
        checks.check_behind,
        lambda s: constant(soft(s, 24), hesitation_mm=39),
        lambda s: constant(soft(s, 24), hesitation_mm=37),
    ),
    (
        "something-behind-back",
        checks.check_behind,
        lambda s: boarded(s, 0.7),
        lambda s: boarded(s, 0.9),
    ),
    (
        "something-behind-back",
        checks.check_behind,
        lambda s: rivalled(s, 31),
        lambda s: rivalled(s, 29),
    ),
    ("hair-over-back", checks.check_hair, lambda s: neck_step(s, 39), lambda s: neck_step(s, 41)),
    ("hair-over-back", checks.check_hair, lambda s: haired(s, 74), lambda s: haired(s, 76)),
    ("hair-over-back", checks.check_hair, lambda s: layered(s, 36), lambda s: layered(s, 34)),
    (
        "hair-over-back",
        checks.check_hair,
        lambda s: short_haired(s, 29),
        lambda s: short_haired(s, 31),
    ),
    ("clothing-loose", checks.check_clothing, lambda s: hemmed(s, 13), lambda s: hemmed(s, 11)),
    (
        "clothing-loose",
        checks.check_clothing,
        lambda s: coloured(s, at_waist=0, at_hips=5),
        lambda s: coloured(s, at_waist=0, at_hips=3),
    ),
    (
        "clothing-loose",
        checks.check_clothing,
        lambda s: coloured(s, at_waist=20, at_hips=21),
        lambda s: coloured(s, at_waist=20, at_hips=19),
    ),
    ("clothing-loose", checks.check_clothing, lambda s: falling(s, 4), lambda s: falling(s, 5)),
    ("clothing-bunched", checks.check_fold, lambda s: bent(s, 8.1), lambda s: bent(s, 7.9)),
    (
        "clothing-bunched-slightly",
        checks.check_fold,
        lambda s: bent(s, 6.1),
        lambda s: bent(s, 5.9),
    ),
    ("too-dark", checks.check_light, lambda s: lit(s, 8, 3), lambda s: lit(s, 10, 3)),
    ("burnt-out", checks.check_light, lambda s: lit(s, 97, 99), lambda s: lit(s, 96, 99)),
    (
        "outline-faint",
        checks.check_contrast,
        lambda s: constant(s, contrast=0.5, doubt_mm=1, hesitation_mm=5),
        lambda s: constant(s, contrast=0.6, doubt_mm=1, hesitation_mm=5),
    ),
    (
        "outline-faint",
        checks.check_contrast,
        lambda s: constant(s, contrast=5, doubt_mm=2.3, hesitation_mm=5),
        lambda s: constant(s, contrast=5, doubt_mm=2.1, hesitation_mm=5),
    ),
    ("outline-faint", checks.check_contrast, lambda s: rivalled(s, 9), lambda s: rivalled(s, 7)),
    (
        "outline-faint",
        checks.check_contrast,
        lambda s: constant(s, contrast=5, doubt_mm=1, hesitation_mm=39),
        lambda s: constant(s, contrast=5, doubt_mm=1, hesitation_mm=37),
    ),
    (
        "blurred",
        checks.check_sharpness,
        lambda s: constant(soft(s, 26), hesitation_mm=39),
        lambda s: constant(soft(s, 26), hesitation_mm=37),
    ),
    (
        "blurred",
        checks.check_sharpness,
        lambda s: constant(soft(s, 26), hesitation_mm=39),
        lambda s: constant(soft(s, 24), hesitation_mm=39),
    ),
    (
        "blurred-slightly",
        checks.check_sharpness,
        lambda s: constant(s, hesitation_mm=5, softness_mm=13, contrast=5),
        lambda s: constant(s, hesitation_mm=5, softness_mm=12, contrast=5),
    ),
    (
        "too-uncertain",
        checks.check_certainty,
        lambda s: replace(s, error=CurveError(slca_deg=15.1, depth_mm=5.0)),
        lambda s: replace(s, error=CurveError(slca_deg=14.9, depth_mm=5.0)),
    ),
    (
        "arm-near-back",
        checks.check_arms,
        lambda s: arm_along(s, 60),
        lambda s: arm_along(s, 30),
    ),
    (
        "arm-beside-back",
        checks.check_arms,
        lambda s: arm_along(s, 60, inside_mm=84),
        lambda s: arm_along(s, 60, inside_mm=86),
    ),
    (
        "arm-over-back",
        checks.check_arms,
        lambda s: arm_along(s, 130),
        lambda s: arm_along(s, 100),
    ),
]


@pytest.mark.parametrize(
    ("code", "check", "culprit", "innocent"), SCENES, ids=lambda x: str(x)[:24]
)
def test_scenes(scene: Scene, code: str, check: Check, culprit: Change, innocent: Change) -> None:
    limits = load_limits()
    found = check(culprit(scene), limits)
    assert found is not None
    assert codes_of([found]) == {code}
    assert found.severity == CATALOGUE[code]["severity"]
    passed = check(innocent(scene), limits)
    assert passed is None or code not in codes_of([passed])


# ------------------------------------------------------------------------------------- the rest

# The last one: tests/live/test_clip.py.
ELSEWHERE = {"no-hollow", "stature-unknown", "photo-animated", "clip-nothing-fit"}


def test_no_hollow(fast_analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.asarray(whole())
    assert "no-hollow" not in codes_of(fast_analyzer.analyze(image).findings)
    traced = analyzer_module.trace
    monkeypatch.setattr(
        analyzer_module, "trace", lambda *a, **k: replace(traced(*a, **k), curve=None)
    )
    result = fast_analyzer.analyze(image)
    assert result.status == "refused"
    assert "no-hollow" in codes_of(result.findings)


def test_stature_unknown(fast_analyzer: Analyzer) -> None:
    image = np.asarray(whole())
    known = fast_analyzer.analyze(image, Subject(stature_mm=1648))
    assert "stature-unknown" in codes_of(fast_analyzer.analyze(image).findings)
    assert "stature-unknown" not in codes_of(known.findings)


def test_photo_animated(fast_analyzer: Analyzer) -> None:
    def codes(*more: Image.Image) -> set[str]:
        buffer = io.BytesIO()
        blank().save(buffer, "PNG", save_all=bool(more), append_images=more)
        return codes_of(fast_analyzer.analyze(buffer.getvalue()).findings)

    assert "photo-animated" in codes(Image.new("RGB", blank().size))
    assert "photo-animated" not in codes()


@pytest.mark.parametrize(
    ("facing", "yaw_deg", "where"),
    [
        ("right", 20, "to your left"),
        ("right", -20, "to your right"),
        ("left", 20, "to your right"),
        ("left", -20, "to your left"),
        ("left", 88, "to one side"),
        (None, 40, "to one side"),
    ],
)
def test_which_way_to_turn(scene: Scene, facing: Any, yaw_deg: float, where: str) -> None:
    found = checks.check_side_on(viewed(scene, facing=facing, yaw_deg=yaw_deg), load_limits())
    assert found is not None
    assert f"Turn about {abs(yaw_deg)}° {where}, so that" in found.fix


# What is said of the whole picture, or of nothing in it.
NOWHERE = {
    "no-person", "camera-tilted", "camera-level-unknown", "stature-unknown", "photo-animated",
}  # fmt: skip


def test_findings_are_marked_where_they_are(scene: Scene, analyzer: Analyzer) -> None:
    limits = load_limits()
    found = [check(culprit(scene), limits) for _, check, culprit, _ in SCENES]
    for code in ("trunk-too-small", "leaning", "head-cropped", "feet-not-seen", "blurred"):
        found += analyzer.analyze(np.asarray(PICTURES[code][0]())).findings
    width_px, height_px = (side * scene.px_ratio for side in (scene.width_px, scene.height_px))
    for item in found:
        assert item is not None
        assert (item.region_px is None) == (item.code in NOWHERE), item.code
        if item.region_px is not None:
            left, top, right, bottom = item.region_px
            assert 0 <= left < right <= width_px + 1 and 0 <= top < bottom <= height_px + 1


def test_every_check_is_tested() -> None:
    assert set(PICTURES) | {code for code, *_ in SCENES} | ELSEWHERE == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_sentences_of_the_catalogue(code: str) -> None:
    words = {"where": "to your left", "reason": "It is dark.", "remedy": "Switch on a light."}
    assert_sentences([finding(code, value=1.0, limit=2.0, **words)])
