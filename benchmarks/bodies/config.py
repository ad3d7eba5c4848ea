"""What one picture shows, as plain frozen data that goes into its truth file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Rgb = tuple[float, float, float]
Facing = Literal["left", "right"]
Crop = Literal["none", "chin", "shoulders", "legs"]


@dataclass(frozen=True)
class Fold:
    """A crease of the skin between two rolls.

    Attributes:
        level: height as a share of the spine, 0 at L5/S1 and 1 at C7.
        depth_mm: from the top of the rolls to the bottom of the crease.
        length_mm: size up and down; the rolls' tops lie .7 of it above and below the crease.
        around_deg: direction of its middle from the trunk's axis, 0 backwards, 90 to the left.
        reach_deg: how far to both sides of its middle it runs before it fades.
        slant_mm: how much higher it lies one radian further to the left.
    """

    level: float
    depth_mm: float
    length_mm: float
    around_deg: float = 0.0
    reach_deg: float = 60.0
    slant_mm: float = 0.0


@dataclass(frozen=True)
class Relief:
    """What the skin of the back has on top of the body model's smooth one.

    Attributes:
        folds: creases with their rolls.
        furrow_mm, furrow_width_mm: depth and half width of the furrow over the spine, beyond the
            model's own.
        ridge_mm: how far the muscles beside it stand out.
        lumbar_side_mm, thoracic_side_mm: how far the left side stands out and the right one lies
            deeper, at the loins and at the ribs.
        lumps_mm: standard deviation of uneven soft tissue; seed: of its waves.
    """

    folds: tuple[Fold, ...] = ()
    furrow_mm: float = 0.0
    furrow_width_mm: float = 14.0
    ridge_mm: float = 0.0
    lumbar_side_mm: float = 0.0
    thoracic_side_mm: float = 0.0
    lumps_mm: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class AnnyBody:
    """A body. Sliders are Anny's: 0..1 with .5 in the middle.

    `female` 0 is a man, 1 a woman. `age` .5 is about 25 years, 1 about 90.
    `shape` holds Anny's local changes by name, -1..1. Colours are linear RGB.
    """

    female: float
    stature_mm: float
    age: float = 0.6
    muscle: float = 0.5
    weight: float = 0.5
    proportions: float = 0.5
    cupsize: float = 0.5
    firmness: float = 0.6
    african: float = 1 / 3
    asian: float = 1 / 3
    caucasian: float = 1 / 3
    shape: dict[str, float] = field(default_factory=dict)
    skin: Rgb = (0.58, 0.36, 0.26)
    hair_color: Rgb = (0.05, 0.03, 0.018)
    relief: Relief = Relief()

    def phenotype(self) -> dict[str, float]:
        """Return the sliders under Anny's names, without the height."""
        return {
            "gender": self.female,
            "age": self.age,
            "muscle": self.muscle,
            "weight": self.weight,
            "proportions": self.proportions,
            "cupsize": self.cupsize,
            "firmness": self.firmness,
            "african": self.african,
            "asian": self.asian,
            "caucasian": self.caucasian,
        }


@dataclass(frozen=True)
class BodyPose:
    """How the body stands.

    The three trunk angles are changes from the rest body, in degrees: extension of
    L5/S1..L1 (positive deepens the hollow), forward tilt of the pelvis, flexion of the
    thorax. `arms` names an entry of `arms.ARM_POSES`. The ear stands `head_forward_mm`
    in front of the ankle.
    """

    lumbar_extension_deg: float = 0.0
    pelvic_tilt_deg: float = 0.0
    thoracic_flexion_deg: float = 0.0
    head_pitch_deg: float = 0.0
    knee_flex_deg: float = 0.0
    head_forward_mm: float = 30.0
    arms: str = "crossed"


@dataclass(frozen=True)
class Wardrobe:
    """What the person wears. Colours are linear RGB.

    `looseness` 0 is a tight top; up to 1 the top hangs ever freer of the body. `waist_rise` is
    how far above L5/S1 the lower garment ends, of stature. `waist_band_mm` and `bra_band_mm`
    are how far elastic bands press into the skin, 0 where there is none.
    """

    outfit: str = "tee_shorts"
    hair: str = "short"
    hair_length_m: float = 0.3
    shoes: bool = False
    cloth_mm: float = 2.5
    waist_rise: float = 0.055
    waist_band_mm: float = 0.0
    bra_band_mm: float = 0.0
    looseness: float = 0.0
    shirt: Rgb = (0.4, 0.4, 0.4)
    shorts: Rgb = (0.05, 0.05, 0.08)
    shoe_color: Rgb = (0.2, 0.2, 0.2)
    stripes: bool = False
    stripe_color: Rgb = (0.3, 0.3, 0.3)


@dataclass(frozen=True)
class Stand:
    """Where the person stands: facing the image's left or right.

    `yaw_deg` > 0 turns the front to the camera, 90 is a front view and -90 a back view.
    `x_m` is towards the camera, `y_m` towards the image's right.
    """

    facing: Facing = "left"
    yaw_deg: float = 0.0
    x_m: float = 0.0
    y_m: float = 0.0


@dataclass(frozen=True)
class PicturedPerson:
    """Everything about one of the people in the picture."""

    subject: AnnyBody
    pose: BodyPose = BodyPose()
    wardrobe: Wardrobe = Wardrobe()
    stand: Stand = Stand()


@dataclass(frozen=True)
class Room:
    """Wall, floor and light.

    `background` is plain, gradient, texture, clutter or home. `key`, `dome` and `ambient` are
    relative light intensities; a `backlit` room has its light behind the person.
    """

    background: str = "plain"
    wall_m: float = 0.9
    key: float = 1.0
    dome: float = 0.9
    ambient: float = 0.2
    backlit: bool = False
    wall_color: Rgb | None = None
    floor: str | None = None


@dataclass(frozen=True)
class Camera:
    """Where the camera is and how it frames.

    `size` is (width, height) in pixels of the finished picture. The person fills `fill`
    of the height before cropping. `dy_m` moves the camera sideways, `aim_y_m` its aim.
    `roll_deg` > 0 tips the camera clockwise. `barrel` is the radial distortion: 0 none,
    .05 a wide-angle phone.
    """

    size: tuple[int, int] = (900, 1200)
    distance_m: float = 3.0
    height_m: float = 1.05
    dy_m: float = 0.0
    aim_y_m: float = 0.0
    aim_z: float = 0.5
    fill: float = 0.8
    roll_deg: float = 0.0
    barrel: float = 0.0
    crop: Crop = "none"


@dataclass(frozen=True)
class Sensor:
    """Exposure, blur, noise and compression of the finished picture."""

    exposure: float = 1.0
    blur_px: float = 0.4
    noise: float = 0.004
    jpeg: int = 92


@dataclass(frozen=True)
class Picture:
    """One picture. The first person is the measured one."""

    seed: int
    people: tuple[PicturedPerson, ...]
    room: Room = Room()
    camera: Camera = Camera()
    sensor: Sensor = Sensor()

    @property
    def person(self) -> PicturedPerson:
        """Return the person whose back is the truth."""
        return self.people[0]

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts and lists."""
        return asdict(self)
