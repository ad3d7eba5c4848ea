"""The annotated photo: what it may touch, where things go, what it must say, what it must hide."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from example_results import measured_result, refused_result
from PIL import Image

from posture._support.texts import texts
from posture.errors import InvalidInput
from posture.findings import Finding, finding
from posture.overlay import ALL_LAYERS, DEFAULT_LAYERS, Layer, draw_overlay, encode_image, numbers
from posture.overlay.face import FACE_LANDMARKS, find_head
from posture.overlay.gauge import position
from posture.overlay.geometry import hollow_outline, photo_scale, wedge
from posture.overlay.labels import place_labels
from posture.overlay.palette import BAND, CONTOUR
from posture.overlay.shapes import Box, Text
from posture.overlay.sheet import plan_sheet
from posture.overlay.typeface import NO_BREAK_SPACE, font, text_width, wrap
from posture.result import Bands, CurvePoints, Landmark2D, Measured
from posture.subject import Subject
from posture.verdict.norms import load_norms

NORMS = load_norms()
GREY = 150
VERDICTS = ["flat", "flat/typical", "typical", "typical/borderline", "borderline/deep", "deep"]
SIZES = [(600, 800), (480, 853), (800, 600), (700, 700), (1600, 700), (200, 900)]


def photo(width=600, height=800, rgb=None):
    pixels = np.full((height, width, 3), GREY, np.uint8) if rgb is None else rgb
    pixels.flags.writeable = False
    return SimpleNamespace(rgb=pixels, name=None, sha256=None)


def noise(width=600, height=800):
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8)


def person(width=600, height=800, facing="left", verdict="typical", stature=True):
    """A measured result whose back is a cosine, with a person of 80 % of the photo's height."""

    def place(forward, up):
        """Pixels of a point given in shares of the body height, from its middle and soles."""
        x = width / 2 + (-forward if facing == "left" else forward) * 0.8 * height
        return (x, height * (0.9 - 0.8 * up))

    def direction(forward, up):
        x = -forward if facing == "left" else forward
        return (x / np.hypot(x, up), -up / np.hypot(x, up))

    def back(up):
        return -0.05 + 0.015 * (1 - np.cos(2 * np.pi * (up - 0.508) / 0.237))

    slope = 0.015 * 2 * np.pi / 0.237
    ups = np.linspace(0.82, 0.45, 120)
    joints = {
        "nose": (0.07, 0.92),
        "left_eye": (0.055, 0.94),
        "left_ear": (0.0, 0.93),
        "left_shoulder": (0.0, 0.82),
        "left_elbow": (0.03, 0.64),
        "left_wrist": (0.1, 0.58),
        "left_hip": (0.01, 0.52),
        "left_knee": (0.0, 0.28),
        "left_ankle": (-0.01, 0.04),
        "left_heel": (-0.03, 0.01),
        "left_foot_index": (0.09, 0.0),
    }
    both = joints | {name.replace("left", "right"): at for name, at in joints.items()}
    points = CurvePoints(
        thoracic=place(-0.05, 0.745),
        lumbar=place(-0.02, 0.6265),
        gluteal=place(-0.05, 0.508),
        bridge_foot=place(-0.05, 0.6265),
        upper_inflection=place(-0.035, 0.68575),
        lower_inflection=place(-0.035, 0.56725),
        upper_tangent=direction(-slope, 1),
        lower_tangent=direction(slope, 1),
    )
    return replace(
        measured_result(),
        facing=facing,
        bands=Bands(slca=verdict, depth=verdict, verdict=verdict),
        points_px=points,
        contour_px=tuple(place(back(up), up) for up in ups),
        landmarks_px={
            name: Landmark2D(*place(forward, up), 0.95) for name, (forward, up) in both.items()
        },
        hollow_depth_mm=Measured(51.2, 5.6) if stature else None,
        subject=Subject(stature_mm=1760.0 if stature else None, sex="f"),
        findings=(),
    )


def refused(region=(200.0, 300.0, 380.0, 460.0)):
    spot = finding("arm-over-back", region_px=region)
    return replace(refused_result(), facing="left", findings=(spot, finding("no-person")))


def panel_texts(result, width=600, height=800, layers=DEFAULT_LAYERS, norms=NORMS):
    sheet = plan_sheet(result, width, height, layers, norms)
    return [shape for shape in sheet.panel if isinstance(shape, Text)]


def words_of(shapes):
    return " ".join(shape.text for shape in shapes).replace(NO_BREAK_SPACE, " ")


# ---------------------------------------------------------------- the photo is left alone


def test_the_photo_itself_is_never_written_to():
    source = photo(rgb=noise())
    before = source.rgb.copy()
    drawn = draw_overlay(source, person(), layers=ALL_LAYERS, blur_face=True)
    assert not np.shares_memory(drawn, source.rgb)
    np.testing.assert_array_equal(source.rgb, before)


def test_no_layer_no_mark():
    source = photo(rgb=noise())
    np.testing.assert_array_equal(draw_overlay(source, person(), layers=frozenset()), source.rgb)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_photo_stands_unscaled_beside_the_panel(facing):
    source = photo(rgb=noise())
    drawn = draw_overlay(source, person(facing=facing), layers=frozenset({Layer.PANEL}))
    part = drawn[:800, -600:] if facing == "right" else drawn[:800, :600]
    np.testing.assert_array_equal(part, source.rgb)


def test_only_pixels_near_the_contour_change_when_only_it_is_drawn():
    result = person()
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.CONTOUR}))
    far = np.full(drawn.shape[:2], 255, np.uint8)
    line = np.array(result.contour_px).round().astype(np.int32)
    cv2.polylines(far, [line], False, 0)
    distance = cv2.distanceTransform(far, cv2.DIST_L2, 5)
    assert (drawn[distance > 15] == GREY).all()
    assert (drawn[distance < 1] != GREY).any(axis=1).all()


@pytest.mark.parametrize("layer", [layer for layer in Layer if layer is not Layer.PANEL])
def test_every_layer_draws_something_of_its_own(layer):
    result = replace(person(), findings=(finding("arm-near-back", region_px=(10, 10, 90, 90)),))
    drawn = draw_overlay(photo(), result, layers=frozenset({layer}))
    assert drawn.shape == (800, 600, 3)
    assert (drawn != GREY).any()


# ---------------------------------------------------------------- lines


def test_the_contour_has_its_colour_along_all_of_its_length():
    result = person()
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.CONTOUR}))
    for x, y in result.contour_px:
        colour = drawn[int(y), int(x)].astype(int)
        assert np.abs(colour - CONTOUR).max() < 60


def test_the_hollow_is_tinted_with_the_colours_of_the_verdict():
    result = person(verdict="typical/borderline")
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.DEPTH})).astype(int)
    (x, y), (_, apex_y) = result.points_px.lumbar, result.points_px.bridge_foot
    inside = round(x + 6)
    upper, lower = drawn[int(apex_y - 25), inside], drawn[int(apex_y + 25), inside]
    for pixel, name in ((upper, "typical"), (lower, "borderline")):
        expected = 0.6 * np.array(BAND[name]) + 0.4 * GREY
        assert np.abs(pixel - expected).max() <= 3, (name, pixel)
    assert y == apex_y


def test_the_arc_spans_the_angle_between_the_tangents():
    points = person().points_px
    angle = wedge(points)
    first, last = (np.array(end) - angle.apex for end in (angle.arc[0], angle.arc[-1]))
    turned = np.degrees(np.arccos(first @ last / angle.radius**2))
    upper, lower = np.array(points.upper_tangent), np.array(points.lower_tangent)
    assert turned == pytest.approx(np.degrees(np.arccos(upper @ lower)), abs=1e-6)
    # It starts behind the back and ends in front of the hollow.
    assert angle.arc[0][0] > angle.apex[0] > angle.arc[-1][0]


def test_parallel_tangents_have_no_arc():
    points = person().points_px
    assert wedge(replace(points, lower_tangent=points.upper_tangent)) is None


def test_a_mirrored_result_gives_the_mirrored_drawing():
    lines = frozenset(ALL_LAYERS - {Layer.PANEL, Layer.DEPTH, Layer.TANGENTS})
    left = draw_overlay(photo(), person(facing="left"), layers=lines)
    right = draw_overlay(photo(), person(facing="right"), layers=lines)
    difference = np.abs(left.astype(int) - right[:, ::-1])
    assert np.count_nonzero(difference > 40) < 0.001 * difference.size


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_mirrored_labels_and_panel(width, height):
    boxes = {}
    for facing in ("left", "right"):
        result = person(width, height, facing)
        scale = photo_scale(result, width, height)
        boxes[facing] = [label.box for label in place_labels(result, scale, ALL_LAYERS)]
        assert len(boxes[facing]) == (2 if width >= 480 else 0)
    for left, right in zip(boxes["left"], boxes["right"], strict=True):
        mirrored = (width - right.right, right.top, width - right.left, right.bottom)
        assert (left.left, left.top, left.right, left.bottom) == pytest.approx(mirrored, abs=1)


# ---------------------------------------------------------------- text finds its place


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("stature", [True, False])
def test_panel_text_stays_inside_and_apart(width, height, verdict, stature):
    result = replace(
        person(width, height, "right", verdict, stature),
        findings=(finding("head-cropped"), finding("arm-near-back"), finding("photo-animated")),
    )
    sheet = plan_sheet(result, width, height, ALL_LAYERS, NORMS)
    boxes = [shape.box for shape in sheet.panel if isinstance(shape, Text)]
    whole = Box(0, 0, sheet.width, sheet.height)
    on_photo = Box(
        sheet.photo_left, sheet.photo_top, sheet.photo_left + width, sheet.photo_top + height
    )
    for box in boxes:
        assert whole.contains(box)
        assert not box.overlaps(on_photo)
    for first, second in itertools.combinations(boxes, 2):
        assert not first.overlaps(second)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("facing", ["left", "right"])
def test_labels_stay_on_the_photo_off_the_hollow_and_apart(width, height, facing):
    result = person(width, height, facing)
    scale = photo_scale(result, width, height)
    labels = place_labels(result, scale, ALL_LAYERS)
    outline = hollow_outline(result, result.points_px)
    xs, ys = zip(*outline, strict=True)
    hollow = Box(min(xs), min(ys), max(xs), max(ys))
    for label in labels:
        assert scale.box.contains(label.box)
        assert not label.box.overlaps(hollow)
    for first, second in itertools.combinations(labels, 2):
        assert not first.box.overlaps(second.box)


def test_labels_lie_behind_the_back():
    for facing, sign in (("left", 1), ("right", -1)):
        result = person(facing=facing)
        scale = photo_scale(result, 600, 800)
        for label in place_labels(result, scale, ALL_LAYERS):
            for x in (label.box.left, label.box.right):
                assert sign * (x - result.points_px.bridge_foot[0]) > 0


def test_a_label_without_room_is_left_to_the_panel():
    result = person(600, 800, "right")
    edge = min(x for x, _ in result.contour_px)
    shifted = replace(
        result,
        contour_px=tuple((x - edge + 5, y) for x, y in result.contour_px),
        points_px=CurvePoints(
            **{
                name: value if "tangent" in name else (value[0] - edge + 5, value[1])
                for name, value in vars(result.points_px).items()
            }
        ),
    )
    assert place_labels(shifted, photo_scale(shifted, 600, 800), ALL_LAYERS) == ()
    assert "51 ± 6 mm" in words_of(panel_texts(shifted))


# ---------------------------------------------------------------- what it says


def test_a_measured_panel_says_it_all():
    words = words_of(panel_texts(person(verdict="typical/borderline")))
    for part in (
        "typical to borderline deep.",
        "42° ± 3°",
        "51 ± 6 mm",
        "1.4 ± 0.3 hands",
        "Wall test",
        "women",
        "Most people outside the range are healthy.",
        "Not a diagnosis.",
        "model heavy",
    ):
        assert part in words


@pytest.mark.parametrize(("width", "height"), [*SIZES, (17, 17), (4000, 40)])
@pytest.mark.parametrize("result", [person(), refused()], ids=["measured", "refused"])
def test_the_disclaimer_is_always_on_the_panel(result, width, height):
    assert "Not a diagnosis." in words_of(panel_texts(result, width, height))


def test_without_a_stature_the_depth_is_a_share_of_the_bridge():
    result = person(stature=False)
    words = words_of(panel_texts(result))
    assert "11.0 ± 1.0 % of bridge" in words
    assert " mm" not in words
    scale = photo_scale(result, 600, 800)
    depth = place_labels(result, scale, ALL_LAYERS)[0].label
    assert depth.lines[0][0] == "11.0 ± 1.0 % of bridge"
    assert depth.lines[1][0] == "1.4 ± 0.3 hands"


def test_a_refused_panel_gives_reason_and_fix():
    result = refused()
    words = words_of(panel_texts(result))
    assert texts()["overlay"]["cannot_measure"] in words
    assert result.refusal.message in words
    assert result.refusal.fix in words
    assert texts()["overlay"]["angle"] not in words


def test_a_refused_photo_has_a_box_round_the_spot():
    drawn = draw_overlay(photo(), refused(), layers=frozenset({Layer.FINDINGS}))
    changed = (drawn != GREY).any(axis=2)
    assert changed[380, 200] and changed[300, 290]
    assert not changed[100].any() and not changed[:, 500].any()


def test_a_region_beyond_the_photo_is_cut_to_it():
    result = refused((-500.0, -500.0, 5000.0, 5000.0))
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.FINDINGS}))
    changed = (np.abs(drawn.astype(int) - GREY) > 30).any(axis=2)
    assert changed[400, :20].any() and changed[400, -20:].any() and changed[:20, 300].any()


def test_foreign_norms_print_no_cuts_that_were_not_used():
    result = person()
    result = replace(result, provenance=replace(result.provenance, norms_version="clinic"))
    source = photo()
    with_builtin = draw_overlay(source, person())
    assert with_builtin.shape == draw_overlay(source, result).shape
    assert "55°" in words_of(panel_texts(person()))
    assert "55°" not in words_of(panel_texts(result, norms=None))


def test_the_legend_names_just_the_layers_that_are_drawn():
    words = words_of(panel_texts(person(), layers=frozenset({Layer.PANEL, Layer.CONTOUR})))
    assert texts()["legend"]["contour"] in words
    assert texts()["legend"]["plumb"] not in words


# ---------------------------------------------------------------- numbers, type, colours


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (numbers.degrees(Measured(41.4, 5.2)), "41° ± 5°"),
        (numbers.degrees(Measured(41.4, 0.2)), "41° ± 1°"),
        (numbers.millimetres(Measured(-3.2, 6.0)), "−3 ± 6 mm"),
        (numbers.millimetres(Measured(-0.2, 6.0)), "0 ± 6 mm"),
        (numbers.hands(Measured(1.44, 0.31)), "1.4 ± 0.3 hands"),
        (numbers.percent(Measured(0.1136, 0.0123), "of bridge"), "11.4 ± 1.2 % of bridge"),
    ],
)
def test_numbers_carry_their_interval(figure, printed):
    assert str(figure) == printed


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_the_typeface_has_every_glyph_that_is_needed(weight):
    face = font(64, weight)
    missing = bytes(face.getmask("\U000f1234"))
    said = "".join(str(section) for section in texts().values())
    for glyph in sorted({*"°±′µ−–×·“”éßłğ0123456789%", *said} - {" ", "\n"}):
        assert bytes(face.getmask(glyph)) != missing, f"no {glyph!r}"


def test_wrapped_lines_fit_and_lose_no_word():
    text = "Standing again may change the angle by about ± 7° and more extraordinarily so."
    lines = wrap(text, 20, "regular", 150)
    assert all(text_width(line, 20, "regular") <= 150 for line in lines)
    assert "".join(lines).replace(" ", "").replace(NO_BREAK_SPACE, "") == text.replace(" ", "")
    assert any(f"±{NO_BREAK_SPACE}7°" in line for line in lines)


def test_the_gauge_is_monotonous_and_meets_the_cuts():
    cuts = (33.0, 49.0, 54.0)
    places = [position(value, cuts) for value in np.linspace(-10, 120, 500)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0.0, 1.0)
    assert position(33, cuts) == pytest.approx(0.22)
    assert position(54, cuts) == pytest.approx(0.78)


@pytest.mark.parametrize(
    "confusion",
    [
        # Deuteranopia and protanopia (Machado 2009, severity 1), on linear RGB.
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    ],
)
def test_neighbouring_bands_differ_for_colour_blind_eyes(confusion):
    colours = np.array(list(BAND.values()), float) / 255
    seen = np.clip((colours**2.2) @ np.array(confusion).T, 0, 1) ** (1 / 2.2)
    lab = cv2.cvtColor(seen[None].astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    for first, second in itertools.pairwise(lab):
        assert np.hypot(*np.delete(first - second, 0)) > 25 or abs(first[0] - second[0]) > 25


# ---------------------------------------------------------------- any size


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (17, 17), (64, 48), (48, 64), (17, 1200), (2500, 20), (3000, 90)]
)
@pytest.mark.parametrize("place", ["auto", "beside", "below"])
def test_odd_sizes(width, height, place):
    source = photo(width, height)
    for result in (person(width, height, "left"), person(width, height, "right"), refused()):
        drawn = draw_overlay(source, result, layers=ALL_LAYERS, blur_face=True, panel_place=place)
        assert drawn.shape[0] >= height and drawn.shape[1] >= width
        bare = draw_overlay(source, result, layers=ALL_LAYERS - {Layer.PANEL}, blur_face=True)
        assert bare.shape == source.rgb.shape


@pytest.mark.parametrize("result", [measured_result(), refused_result()])
def test_degenerate_results(result):
    assert draw_overlay(photo(), result, layers=ALL_LAYERS).dtype == np.uint8


def test_marks_grow_with_the_photo():
    small = draw_overlay(photo(), person(), layers=frozenset({Layer.CONTOUR}))
    large = draw_overlay(photo(1800, 2400), person(1800, 2400), layers=frozenset({Layer.CONTOUR}))
    counts = [np.count_nonzero((image != GREY).any(axis=2)) for image in (small, large)]
    assert counts[1] / counts[0] == pytest.approx(9, rel=0.15)


# ---------------------------------------------------------------- faces


def detail(pixels):
    return cv2.Laplacian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var()


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_blurred_face_holds_no_detail(facing):
    source, result = photo(rgb=noise()), person(facing=facing)
    drawn = draw_overlay(source, result, layers=frozenset(), blur_face=True)
    head = find_head(result)
    half = round(0.6 * head.radius)
    x, y = round(head.centre[0]), round(head.centre[1])
    window = np.s_[y - half : y + half, x - half : x + half]
    assert detail(drawn[window]) < 0.001 * detail(source.rgb[window])
    np.testing.assert_array_equal(drawn[300:], source.rgb[300:])


def test_the_blur_reaches_beyond_every_face_landmark_to_the_crown():
    result = person()
    head = find_head(result)
    for mark in FACE_LANDMARKS:
        seen = result.landmarks_px.get(mark.name.lower())
        if seen is not None:
            away = np.hypot(seen.x_px - head.centre[0], seen.y_px - head.centre[1])
            assert away < 0.8 * head.radius
    crown_y = 0.1 * 800
    assert head.centre[1] - head.radius <= crown_y


@pytest.mark.parametrize("kept", [{"nose"}, {"left_ear"}, {"left_eye", "nose"}])
def test_a_few_face_landmarks_are_enough(kept):
    result = person()
    known = {
        name: mark
        for name, mark in result.landmarks_px.items()
        if name in kept or not any(part in name for part in ("nose", "eye", "ear", "mouth"))
    }
    head = find_head(replace(result, landmarks_px=known))
    full = result.landmarks_px
    for name in ("nose", "left_eye", "left_ear"):
        away = np.hypot(full[name].x_px - head.centre[0], full[name].y_px - head.centre[1])
        assert away < 1.1 * head.radius


def test_without_a_face_all_above_the_shoulders_goes():
    source, result = photo(rgb=noise()), person()
    body = {k: v for k, v in result.landmarks_px.items() if "shoulder" in k or "hip" in k}
    drawn = draw_overlay(
        source, replace(result, landmarks_px=body), layers=frozenset(), blur_face=True
    )
    shoulder_y = round(body["left_shoulder"].y_px)
    assert detail(drawn[: shoulder_y - 2]) < 0.01 * detail(source.rgb[: shoulder_y - 2])
    np.testing.assert_array_equal(drawn[shoulder_y + 3 :], source.rgb[shoulder_y + 3 :])


@pytest.mark.parametrize("code", ["no-person", "several-people"])
def test_where_nothing_tells_of_the_faces_the_whole_photo_goes(code):
    source = photo(rgb=noise())
    result = replace(refused_result(), findings=(finding(code),))
    if code == "several-people":
        result = replace(result, landmarks_px=person().landmarks_px)
    drawn = draw_overlay(source, result, layers=frozenset(), blur_face=True)
    assert detail(drawn) < 0.01 * detail(source.rgb)


def test_with_others_in_the_background_only_the_body_stays_sharp():
    source, result = photo(rgb=noise()), person()
    result = replace(result, findings=(finding("others-in-background"),))
    drawn = draw_overlay(source, result, layers=frozenset(), blur_face=True)
    assert detail(drawn[:, :150]) < 0.01 * detail(source.rgb[:, :150])
    x, y = (round(value) for value in result.points_px.lumbar)
    window = np.s_[y - 20 : y + 20, x - 20 : x + 20]
    np.testing.assert_array_equal(drawn[window], source.rgb[window])


# ---------------------------------------------------------------- bytes


@pytest.mark.parametrize("image_format", ["jpeg", "png"])
def test_encoded_pictures_carry_pixels_only(image_format):
    data = encode_image(noise(60, 80), image_format)
    image = Image.open(io.BytesIO(data))
    assert image.size == (60, 80)
    assert len(image.getexif()) == 0
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(image.info)
    assert b"Exif" not in data and b"http://ns.adobe.com" not in data


def test_png_is_lossless_and_jpeg_close():
    pixels = draw_overlay(photo(), person())
    png = np.asarray(Image.open(io.BytesIO(encode_image(pixels, "png"))))
    np.testing.assert_array_equal(png, pixels)
    jpeg = np.asarray(Image.open(io.BytesIO(encode_image(pixels, quality=90))))
    assert np.abs(jpeg.astype(int) - pixels).mean() < 2


@pytest.mark.parametrize(
    ("pixels", "options"),
    [
        (np.zeros((4, 4), np.uint8), {}),
        (np.zeros((4, 4, 3), float), {}),
        (np.zeros((4, 4, 3), np.uint8), {"format": "gif"}),
        (np.zeros((4, 4, 3), np.uint8), {"quality": 0}),
    ],
)
def test_misuse_of_the_encoder_raises(pixels, options):
    with pytest.raises(InvalidInput):
        encode_image(pixels, **options)


def test_a_finding_without_a_fix_is_printed_without_one():
    lone = Finding("x", "info", "Only this is said.", "")
    assert "Only this is said." in words_of(panel_texts(replace(person(), findings=(lone,))))
