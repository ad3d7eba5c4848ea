"""Random pictures: every range in one place. All numbers come from one generator."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from benchmarks.bodies.clothes import OUTFITS
from benchmarks.bodies.config import (
    AnnyBody,
    BodyPose,
    Camera,
    Facing,
    Fold,
    Picture,
    PicturedPerson,
    Relief,
    Rgb,
    Room,
    Sensor,
    Stand,
    Wardrobe,
)
from benchmarks.bodies.hollow import PELVIS_SHARE, THORAX_SHARE
from benchmarks.bodies.palette import BLACK_HAIR, GREY_HAIR, HAIRS, SKINS
from benchmarks.bodies.scene import random_color

ARMS_OFF_BACK = ("crossed", "folded", "forward_low", "forward")
ARMS_HANGING = ("hang", "hang_back")
ARMS_OVER_BACK = ("behind", "one_behind")
TIGHT_OUTFITS = {
    "m": ("shorts_only", "swim", "tank_shorts", "tee_shorts", "tee_leggings"),
    "f": ("bra_leggings", "bra_bike", "tank_shorts", "tee_leggings", "long_leggings"),
}
LOOSE_OUTFITS = ("tee_shorts", "tee_leggings", "long_leggings")
HAIR_UP = {"m": ("short", "short", "none"), "f": ("bun", "bun", "short")}
HAIR_LONG = ("long", "ponytail")
BACKGROUNDS = ("plain", "gradient", "texture", "clutter", "home")
SIZES = ((720, 960), (768, 1024), (900, 1200), (1080, 1440), (720, 1280))
SMALL_SIZES = ((360, 480), (480, 640))
LARGE_SIZES = ((1536, 2048), (1500, 2000))
HUGE_SIZES = ((2268, 4032), (3000, 4000))
# Local changes of the model that vary builds without touching the spine.
SHAPES = (
    "buttocks-volume-incr",
    "hip-scale-horiz-incr",
    "hip-scale-depth-incr",
    "torso-scale-depth-incr",
    "torso-scale-horiz-incr",
    "torso-vshape-incr",
    "stomach-tone-incr",
)
MEAN_STATURE_MM = {"m": 1765.0, "f": 1630.0}
SD_STATURE_MM = 70.0
# Builds: Anny's sliders. Some are heavy, some old, whatever else they are.
WEIGHTS, HEAVY, HEAVY_SHARE = (0.22, 0.82), (0.75, 1.0), 0.25
AGES, OLD, OLD_SHARE = (0.5, 0.9), (0.85, 1.0), 0.2
MUSCLES, MUSCLES_OLD = (0.3, 0.8), (0.15, 0.5)
# Added to these sliders of a heavy body, per unit of weight beyond .5: at weight 1 the model
# itself is stout at most.
BELLY_OF_HEAVY, GIRTH_OF_HEAVY = 0.5, 1.0
GIRTHS = ("torso-scale-depth-incr", "torso-scale-horiz-incr", "hip-scale-horiz-incr")
# An old upper back is rounder and its head more forward, per unit of age beyond 60 years or so.
STOOPED_FROM, STOOP_DEG, STOOP_MM = 0.8, 60.0, 150.0
# Folds of the skin: how many on average, more on heavy and old bodies; half of them run across the
# back, half lie on one flank or on both.
FOLDS, FOLDS_PER_WEIGHT, FOLDS_PER_AGE = 0.4, 4.0, 2.0  # the latter two from .5 and .7 on
FOLD_LEVELS, FOLD_DEPTH_MM, FOLD_LENGTH_MM = (-0.02, 0.62), (3.0, 6.0), (10.0, 30.0)
ACROSS_SHARE, ACROSS_DEG, ACROSS_REACH_DEG = 0.5, 10.0, (40.0, 80.0)
FLANK_DEG, FLANK_REACH_DEG, BOTH_FLANKS_SHARE = (35.0, 75.0), (20.0, 40.0), 0.7
FOLD_SLANT_MM = 12.0
# The furrow over the spine, beyond the model's own; fat fills it.
FURROW_MM, FURROW_WIDTH_MM, RIDGE_MM = (-2.0, 6.0), (8.0, 22.0), (0.0, 4.0)
SD_SIDE_MM, MOST_SIDE_MM = 2.5, 8.0
LUMPS_MM = (0.2, 1.2)
# Elastic bands.
BAND_PRESS_MM, WAIST_BAND_SHARE, BRA_BAND_SHARE = (2.0, 4.0), 0.6, 0.7
WAIST_RISE = (0.0, 0.06)
Rng = np.random.Generator


def pick(rng: Rng, options: tuple[str, ...]) -> str:
    """One of the options, as a plain string."""
    return str(options[rng.integers(len(options))])


def subject(rng: Rng) -> AnnyBody:
    """An adult of any build, age and origin."""
    sex = pick(rng, ("m", "f"))
    origin = rng.dirichlet([1, 1, 1])
    age = _of_either(rng, AGES, OLD, OLD_SHARE)
    weight = _of_either(rng, WEIGHTS, HEAVY, HEAVY_SHARE)
    stature = rng.normal(MEAN_STATURE_MM[sex], SD_STATURE_MM)
    shape = {name: float(rng.normal(0, 0.25)) for name in SHAPES}
    heavy = max(0.0, weight - 0.5)
    shape["stomach-pregnant-incr"] = max(0.0, float(rng.normal(0, 0.15))) + BELLY_OF_HEAVY * heavy
    for name in GIRTHS:
        shape[name] += GIRTH_OF_HEAVY * heavy
    return AnnyBody(
        female=float(sex == "f"),
        stature_mm=float(np.clip(stature, 1450, 2000)),
        age=age,
        muscle=float(rng.uniform(*(MUSCLES_OLD if age > OLD[0] else MUSCLES))),
        weight=weight,
        proportions=float(rng.uniform(0.3, 0.8)),
        cupsize=float(rng.uniform(0.3, 0.7 if sex == "f" else 0.45)),
        firmness=float(rng.uniform(0.4, 0.8)),
        african=float(origin[0]),
        asian=float(origin[1]),
        caucasian=float(origin[2]),
        shape={name: float(np.clip(value, -0.6, 0.9)) for name, value in shape.items()},
        skin=skin_color(rng, int(origin.argmax())),
        hair_color=hair_color(rng, age),
        relief=relief(rng, weight, age),
    )


def _of_either(
    rng: Rng, usual: tuple[float, float], other: tuple[float, float], share: float
) -> float:
    """Evenly from one range, or with this probability from the other."""
    return float(rng.uniform(*(other if rng.random() < share else usual)))


def relief(rng: Rng, weight: float, age: float) -> Relief:
    """Folds, furrow and asymmetry of a back of this weight and age (sliders)."""
    expected = FOLDS + FOLDS_PER_WEIGHT * max(0.0, weight - 0.5)
    expected += FOLDS_PER_AGE * max(0.0, age - 0.7)
    folds = [fold for _ in range(rng.poisson(expected)) for fold in _folds(rng)]
    lean = 1 - weight
    return Relief(
        folds=tuple(folds),
        furrow_mm=float(rng.uniform(*FURROW_MM)) * min(1.0, 2 * lean),
        furrow_width_mm=float(rng.uniform(*FURROW_WIDTH_MM)),
        ridge_mm=float(rng.uniform(*RIDGE_MM)) * min(1.0, 2 * lean),
        lumbar_side_mm=_side_mm(rng),
        thoracic_side_mm=_side_mm(rng),
        lumps_mm=float(rng.uniform(*LUMPS_MM)),
        seed=int(rng.integers(1 << 30)),
    )


def _folds(rng: Rng) -> list[Fold]:
    """A fold across the back, or one on a flank and often its twin on the other."""
    fold = Fold(
        level=float(rng.uniform(*FOLD_LEVELS)),
        depth_mm=float(rng.uniform(*FOLD_DEPTH_MM)),
        length_mm=float(rng.uniform(*FOLD_LENGTH_MM)),
        slant_mm=float(rng.normal(0, FOLD_SLANT_MM)),
    )
    if rng.random() < ACROSS_SHARE:
        around = float(rng.normal(0, ACROSS_DEG))
        return [replace(fold, around_deg=around, reach_deg=float(rng.uniform(*ACROSS_REACH_DEG)))]
    side, around = float(rng.choice([-1, 1])), float(rng.uniform(*FLANK_DEG))
    reach = float(rng.uniform(*FLANK_REACH_DEG))
    here = replace(fold, around_deg=side * around, reach_deg=reach)
    if rng.random() >= BOTH_FLANKS_SHARE:
        return [here]
    less = float(rng.uniform(0.6, 1.0))
    there = replace(
        here,
        level=fold.level + float(rng.normal(0, 0.01)),
        around_deg=-here.around_deg,
        depth_mm=max(FOLD_DEPTH_MM[0], less * fold.depth_mm),
        slant_mm=-fold.slant_mm,
    )
    return [here, there]


def _side_mm(rng: Rng) -> float:
    return float(np.clip(rng.normal(0, SD_SIDE_MM), -MOST_SIDE_MM, MOST_SIDE_MM))


def sex_of(who: AnnyBody) -> str:
    """Return m or f."""
    return "f" if who.female > 0.5 else "m"


def skin_color(rng: Rng, origin: int) -> Rgb:
    """A skin tone of an origin: 0 African, 1 Asian, 2 European."""
    tone = float(np.clip(rng.normal(0, 0.5) + (4.2, 1.5, 1.0)[origin], 0, len(SKINS) - 1))
    channels = zip(*SKINS, strict=True)
    red, green, blue = (np.interp(tone, range(len(SKINS)), channel) for channel in channels)
    return float(red), float(green), float(blue)


def hair_color(rng: Rng, age: float) -> Rgb:
    """A hair colour for an age, .5 (25 years) to 1 (90 years)."""
    if rng.random() < 1.6 * (age - 0.6):
        return GREY_HAIR
    return HAIRS[rng.integers(len(HAIRS) - 1)] if rng.random() < 0.7 else BLACK_HAIR


def pose(rng: Rng, arms: str, extension_deg: float, age: float) -> BodyPose:
    """A stance around the wanted extension of the low back, for an age (slider)."""
    stoop = max(0.0, age - STOOPED_FROM)
    rounded_deg = THORAX_SHARE * extension_deg + STOOP_DEG * stoop
    return BodyPose(
        lumbar_extension_deg=extension_deg,
        pelvic_tilt_deg=PELVIS_SHARE * extension_deg + float(rng.normal(0, 2)),
        thoracic_flexion_deg=rounded_deg + float(rng.normal(2, 4)),
        head_pitch_deg=float(rng.normal(2, 5)),
        knee_flex_deg=abs(float(rng.normal(0, 1.5))),
        head_forward_mm=float(rng.normal(35, 15)) + STOOP_MM * stoop,
        arms=arms,
    )


def wardrobe(rng: Rng, outfit: str, hair: str, looseness: float = 0.0) -> Wardrobe:
    """Random colours, thickness and bands on a given outfit and hair style."""
    with_bra = OUTFITS[outfit].top == "bra"
    return Wardrobe(
        outfit=outfit,
        hair=hair,
        hair_length_m=float(rng.uniform(0.15, 0.50)),
        shoes=bool(rng.random() < 0.4),
        cloth_mm=float(rng.uniform(1.5, 3.5)),
        waist_rise=float(rng.uniform(*WAIST_RISE)),
        waist_band_mm=_press_mm(rng, WAIST_BAND_SHARE),
        bra_band_mm=_press_mm(rng, BRA_BAND_SHARE if with_bra else 0.0),
        looseness=looseness,
        shirt=random_color(rng, 0.02, 0.8, 0.7),
        shorts=random_color(rng, 0.02, 0.5, 0.7),
        shoe_color=random_color(rng, 0.03, 0.7, 0.3),
        stripes=bool(rng.random() < 0.15),
        stripe_color=random_color(rng),
    )


def _press_mm(rng: Rng, share: float) -> float:
    """How far a band presses in; with this probability it does."""
    presses, press_mm = rng.random() < share, float(rng.uniform(*BAND_PRESS_MM))
    return press_mm if presses else 0.0


def room(rng: Rng, light: str = "day") -> Room:
    """A room in daylight, dim, or backlit."""
    dim = 0.5 if light == "dim" else 1.0
    backlit = light == "backlit"
    return Room(
        background=pick(rng, BACKGROUNDS),
        wall_m=float(rng.uniform(0.45, 1.6)),
        key=float(rng.uniform(0.5, 1.6)) * dim,
        dome=float(rng.uniform(0.5, 1.3)) * (0.45 if backlit else 1.0),
        ambient=float(rng.uniform(0.10, 0.30)),
        backlit=backlit,
    )


def camera(rng: Rng, arms: str, side: Facing) -> Camera:
    """A phone on a shelf or in someone's hand."""
    distance = float(rng.uniform(1.5, 4))
    forward = {"forward": 0.28, "forward_low": 0.2}.get(arms, 0.0)
    return Camera(
        size=_size(rng),
        distance_m=distance,
        height_m=float(rng.uniform(0.6, 1.6)),
        dy_m=float(rng.normal(0, 0.05) * distance / 2),
        aim_y_m=float(rng.normal(0, 0.04)) + (-forward if side == "left" else forward),
        fill=float(rng.uniform(0.62, 0.9)),
        roll_deg=float(np.clip(rng.normal(0, 2), -6, 6)),
        barrel=abs(float(rng.normal(0, 0.02))),
    )


def _size(rng: Rng) -> tuple[int, int]:
    kind = rng.choice(4, p=[0.79, 0.14, 0.055, 0.015])
    options = (SIZES, SMALL_SIZES, LARGE_SIZES, HUGE_SIZES)[kind]
    return options[rng.integers(len(options))]


def sensor(rng: Rng, light: str, height_px: int) -> Sensor:
    """Blur grows with the resolution, noise with the dark."""
    scale = math.sqrt(max(height_px, 480) / 1200)
    dim = light == "dim"
    return Sensor(
        exposure=float(rng.uniform(0.25, 0.5) if dim else rng.uniform(0.75, 1.3)),
        blur_px=float(rng.uniform(0.3, 1.2)) * scale,
        noise=float(rng.uniform(0.012, 0.035) if dim else rng.uniform(0.002, 0.02)),
        jpeg=int(rng.integers(40, 96)),
    )


def random_picture(rng: Rng) -> Picture:
    """A back that can be seen, anywhere within the ranges above."""
    who, arms = subject(rng), pick(rng, ARMS_OFF_BACK + ARMS_HANGING)
    sex, side = sex_of(who), facing(rng)
    person = PicturedPerson(
        who,
        pose(rng, arms, float(rng.uniform(-34, 36)), who.age),
        wardrobe(rng, pick(rng, TIGHT_OUTFITS[sex]), pick(rng, HAIR_UP[sex])),
        Stand(side, float(rng.uniform(-30, 30))),
    )
    view = camera(rng, arms, side)
    return Picture(
        int(rng.integers(1 << 30)), (person,), room(rng), view, sensor(rng, "day", view.size[1])
    )


def facing(rng: Rng) -> Facing:
    """Left or right."""
    return "left" if rng.random() < 0.5 else "right"
