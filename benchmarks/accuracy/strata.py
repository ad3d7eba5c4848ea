"""The design of the accuracy pictures: which kinds there are, how many, what each varies.

A stratum changes one thing against the photo protocol; everything else (bodies, curves,
rooms, cameras, picture sizes) varies alike in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.bodies import sampling
from benchmarks.bodies.config import AnnyBody, Crop, Picture, PicturedPerson, Stand, Wardrobe
from benchmarks.bodies.sampling import Rng, pick

# Mean curve angle of a body at rest and its change per degree of set extension.
REST_ANGLE_DEG = {"m": 40.8, "f": 45.1}
ANGLE_PER_EXTENSION = {"m": 0.78, "f": 1.04}
ANGLE_RANGE_DEG = (8.0, 75.0)
MEAN_ANGLE_DEG, SD_ANGLE_DEG = 45.0, 13.0
COMMON_SHARE = 0.6  # of curves drawn around the mean; the others spread evenly

PROTOCOL_YAW_DEG = 10.0
STEEP_YAW_DEG = 25.0


Change = Callable[[Rng, Picture], Picture]


def _measured(picture: Picture, **changes: Any) -> Picture:
    """Change fields of the measured person."""
    return replace(picture, people=(replace(picture.person, **changes), *picture.people[1:]))


def _turned(picture: Picture, yaw_deg: float) -> Picture:
    return _measured(picture, stand=replace(picture.person.stand, yaw_deg=yaw_deg))


def _armed(picture: Picture, arms: str) -> Picture:
    return _measured(picture, pose=replace(picture.person.pose, arms=arms))


def _signed(rng: Rng, low: float, high: float) -> float:
    return float(rng.choice([-1, 1]) * rng.uniform(low, high))


def in_protocol(_rng: Rng, picture: Picture) -> Picture:
    """Leave it as the protocol asks."""
    return picture


def yaw(rng: Rng, picture: Picture) -> Picture:
    """Turned 10 to 25 degrees."""
    return _turned(picture, _signed(rng, PROTOCOL_YAW_DEG, STEEP_YAW_DEG))


def steep_yaw(rng: Rng, picture: Picture) -> Picture:
    """Turned 26 to 50 degrees."""
    return _turned(picture, _signed(rng, STEEP_YAW_DEG + 1, 50))


def front_or_back(rng: Rng, picture: Picture) -> Picture:
    """Seen from the front or from behind."""
    return _armed(_turned(picture, _signed(rng, 75, 105)), pick(rng, ("hang", "crossed")))


def arms_hanging(rng: Rng, picture: Picture) -> Picture:
    """Arms at the sides, or with the elbows slightly back."""
    return _armed(picture, pick(rng, ("hang", "hang", "hang_back")))


def arms_over_back(rng: Rng, picture: Picture) -> Picture:
    """Hands behind the back."""
    return _armed(picture, pick(rng, sampling.ARMS_OVER_BACK))


def _loose(rng: Rng, picture: Picture, low: float, high: float) -> Picture:
    worn = replace(
        picture.person.wardrobe,
        outfit=pick(rng, sampling.LOOSE_OUTFITS),
        looseness=float(rng.uniform(low, high)),
    )
    return _measured(picture, wardrobe=worn)


def loose_top(rng: Rng, picture: Picture) -> Picture:
    """A top that stands off the back a little."""
    return _loose(rng, picture, 0.05, 0.5)


def hanging_top(rng: Rng, picture: Picture) -> Picture:
    """A top that hangs over the hollow."""
    return _loose(rng, picture, 0.85, 1.0)


def long_hair(rng: Rng, picture: Picture) -> Picture:
    """Loose hair or a ponytail on the upper back."""
    style = pick(rng, sampling.HAIR_LONG)
    return _measured(picture, wardrobe=replace(picture.person.wardrobe, hair=style))


def hair_over_hollow(rng: Rng, picture: Picture) -> Picture:
    """Loose hair down to the waist."""
    length = float(rng.uniform(0.75, 0.95))
    worn = replace(picture.person.wardrobe, hair="long", hair_length_m=length)
    return _measured(picture, wardrobe=worn)


def head_cropped(rng: Rng, picture: Picture) -> Picture:
    """Cut off at the chin, sometimes at the shoulders."""
    crop: Crop = "chin" if rng.random() < 0.7 else "shoulders"
    return replace(picture, camera=replace(picture.camera, crop=crop))


def trunk_out_of_frame(_rng: Rng, picture: Picture) -> Picture:
    """Only the legs are in the picture."""
    return replace(picture, camera=replace(picture.camera, crop="legs"))


def poor_light(rng: Rng, picture: Picture) -> Picture:
    """Dim, or with the light behind the person."""
    light = pick(rng, ("dim", "backlit"))
    height_px = picture.camera.size[1]
    return replace(
        picture,
        room=sampling.room(rng, light),
        sensor=sampling.sensor(rng, light, height_px),
    )


def several_people(rng: Rng, picture: Picture) -> Picture:
    """A second person beside, or half hidden behind, the first."""
    who = sampling.subject(rng)
    side = float(rng.choice([-1, 1]))
    if rng.random() < 0.5:
        place = {"x_m": -0.5, "y_m": side * float(rng.uniform(0.05, 0.25))}
    else:
        place = {"x_m": 0.0, "y_m": side * float(rng.uniform(0.55, 0.9))}
    other = PicturedPerson(
        who,
        sampling.pose(rng, "hang", extension(rng, who), who.age),
        _tight(rng, who),
        Stand(picture.person.stand.facing, float(rng.uniform(-20, 20)), **place),
    )
    aside = place["y_m"] / 2
    view = replace(
        picture.camera, size=(1200, 1200), aim_y_m=aside, dy_m=aside, fill=0.6, crop="none"
    )
    deep_room = replace(picture.room, wall_m=max(picture.room.wall_m, 1.1))
    still = _armed(picture, "crossed")
    return replace(still, people=(still.person, other), camera=view, room=deep_room)


@dataclass(frozen=True)
class Stratum:
    """One kind of picture: how many in a hundred, and what it changes."""

    per_hundred: int
    change: Change

    @property
    def name(self) -> str:
        """The change's name."""
        return self.change.__name__


STRATA = (
    Stratum(45, in_protocol),
    Stratum(8, yaw),
    Stratum(6, arms_hanging),
    Stratum(6, loose_top),
    Stratum(6, long_hair),
    Stratum(7, head_cropped),
    Stratum(5, poor_light),
    Stratum(3, arms_over_back),
    Stratum(2, steep_yaw),
    Stratum(2, front_or_back),
    Stratum(2, trunk_out_of_frame),
    Stratum(3, several_people),
    Stratum(3, hanging_top),
    Stratum(2, hair_over_hollow),
)


def stratum_of(index: int) -> Stratum:
    """The stratum of the picture with this index: each hundred holds the same mix, shuffled."""
    deck = [stratum for stratum in STRATA for _ in range(stratum.per_hundred)]
    hundred, place = divmod(index, len(deck))
    shuffled = np.random.default_rng([7, hundred]).permutation(len(deck))
    return deck[int(shuffled[place])]


def extension(rng: Rng, who: AnnyBody) -> float:
    """Lumbar extension that brings the body near a curve drawn for it, degrees."""
    if rng.random() < COMMON_SHARE:
        angle = float(np.clip(rng.normal(MEAN_ANGLE_DEG, SD_ANGLE_DEG), *ANGLE_RANGE_DEG))
    else:
        angle = float(rng.uniform(*ANGLE_RANGE_DEG))
    sex = sampling.sex_of(who)
    return (angle - REST_ANGLE_DEG[sex]) / ANGLE_PER_EXTENSION[sex]


def _tight(rng: Rng, who: AnnyBody) -> Wardrobe:
    sex = sampling.sex_of(who)
    outfit = pick(rng, sampling.TIGHT_OUTFITS[sex])
    return sampling.wardrobe(rng, outfit, pick(rng, sampling.HAIR_UP[sex]))


def design(seed: int, index: int) -> tuple[Stratum, Picture]:
    """The picture with this index in the set of this seed, and its stratum."""
    rng = np.random.default_rng([seed, index])
    who, facing = sampling.subject(rng), sampling.facing(rng)
    arms = pick(rng, sampling.ARMS_OFF_BACK)
    person = PicturedPerson(
        who,
        sampling.pose(rng, arms, extension(rng, who), who.age),
        _tight(rng, who),
        Stand(facing, float(rng.uniform(-PROTOCOL_YAW_DEG, PROTOCOL_YAW_DEG))),
    )
    view = sampling.camera(rng, arms, facing)
    picture = Picture(
        int(rng.integers(1 << 30)),
        (person,),
        sampling.room(rng),
        view,
        sampling.sensor(rng, "day", view.size[1]),
    )
    stratum = stratum_of(index)
    return stratum, stratum.change(rng, picture)
