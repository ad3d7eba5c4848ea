"""Bodies whose curve can be set, pictured stance by stance: made-up ones and outside meshes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from scipy.interpolate import PchipInterpolator

from benchmarks.accuracy.dataset import tags_of
from benchmarks.accuracy.rows import TrueCurve
from benchmarks.accuracy.strata import Stratum, in_protocol
from benchmarks.bodies import sampling
from benchmarks.bodies.backline import curve_metrics, skin_envelope
from benchmarks.bodies.clothes import RestSurface, trunk_edges
from benchmarks.bodies.config import (
    BodyPose,
    Camera,
    Picture,
    PicturedPerson,
    Sensor,
    Stand,
    Wardrobe,
)
from benchmarks.bodies.framing import frame
from benchmarks.bodies.hollow import PELVIS_SHARE, THORAX_SHARE, stature_mm
from benchmarks.bodies.mesh import Bytes, Floats
from benchmarks.bodies.picture import Studio, photograph
from benchmarks.bodies.posed import rest_body, stand
from benchmarks.bodies.relief import displaced, relief_of
from benchmarks.bodies.sampling import Rng, pick
from benchmarks.bodies.truth import truth_of
from benchmarks.change.bend import bent
from benchmarks.change.sessions import Kind, SessionPlan, Stance
from benchmarks.meshes.body import OutsideBody
from benchmarks.meshes.figure import MeshFigure
from benchmarks.meshes.pictures import pictured
from benchmarks.meshes.sampling import FAR_AHEAD_M, MeshPicture, mesh_picture
from benchmarks.meshes.truth import back_lines
from posture.subject import Sex

# The curves of a body are looked at over these extensions and interpolated.
EXTENSIONS_MADE_UP = tuple(float(e) for e in range(-42, 49, 6))
EXTENSIONS_OF_MESH = tuple(float(e) for e in range(-20, 21, 4))
FINE = 2001
# The usual curve of a made-up body: most people's.
MEAN_ANGLE_DEG, SD_ANGLE_DEG, ANGLE_RANGE_DEG = 43.0, 11.0, (22.0, 64.0)
LOOSE = (0.03, 0.2)
# Where the camera stands: as the protocol asks, or near, or high.
DISTANCE_M, HEIGHT_M = (2.5, 3.6), (0.75, 1.2)
NEAR_M, HIGH_M = (1.5, 2.2), (1.3, 1.7)
# Pictures of one size are quicker to make, and size tells nothing of the error.
SIZES = ((720, 960), (768, 1024), (900, 1200))


@dataclass(frozen=True)
class Curves:
    """The curve of a body's bare skin over the extension of its low back, degrees.

    Attributes:
        extension: (n,) ascending; slca_deg, depth_mm: (n,) there.
    """

    extension: Floats
    slca_deg: Floats
    depth_mm: Floats

    def at(self, extension: float) -> TrueCurve:
        """The curve at an extension."""
        values = (self.slca_deg, self.depth_mm)
        return TrueCurve(*(float(np.interp(extension, self.extension, item)) for item in values))

    def extension_for(self, slca_deg: float) -> float:
        """The extension at which the angle is nearest to this one."""
        return float(self.extension[np.abs(self.slca_deg - slca_deg).argmin()])


def curves_of(extensions: Sequence[float], metrics: Sequence[dict[str, float]]) -> Curves:
    """Interpolated between the curves at some extensions."""
    fine = np.linspace(extensions[0], extensions[-1], FINE)

    def over(values: list[float]) -> Floats:
        return np.asarray(PchipInterpolator(extensions, values)(fine))

    angles, depths = ([item[name] for item in metrics] for name in ("slca_deg", "hollow_depth_mm"))
    return Curves(fine, over(angles), over(depths))


class Person(Protocol):
    """A body that can be pictured with any curve."""

    name: str
    stature_mm: float
    usual_deg: float
    kinds: tuple[Kind, ...]

    @property
    def curves(self) -> Curves:
        """Its curves."""

    def photo(
        self, session: SessionPlan, stance: Stance, extension: float
    ) -> tuple[Bytes, Sensor, dict[str, Any]]:
        """A picture of a stance, what its camera makes of it, and its truth with its tags."""


def session_rng(seed: int, name: str, session: int) -> Rng:
    """Chance of one session of a body, whatever was made before."""
    return np.random.default_rng([seed, *name.encode(), session])


# ---------------------------------------------------------------- made-up bodies


class MadeUp:
    """One body of `benchmarks.bodies`."""

    kinds: tuple[Kind, ...] = (
        "turned", "camera", "poor_light", "loose_top", "arms_hanging", "head_cut"
    )  # fmt: skip

    def __init__(self, studio: Studio, seed: int, number: int) -> None:
        self.studio, self.seed = studio, seed
        self.name = f"made-up-{seed}-{number:02d}"
        rng = np.random.default_rng([seed, number])
        self.subject = sampling.subject(rng)
        self.sex: Sex = "f" if self.subject.female > 0.5 else "m"
        self.pose = sampling.pose(rng, "crossed", 0.0, self.subject.age)
        self.hair = pick(rng, sampling.HAIR_UP[self.sex])
        wanted = float(np.clip(rng.normal(MEAN_ANGLE_DEG, SD_ANGLE_DEG), *ANGLE_RANGE_DEG))
        self.rest = rest_body(studio.model, self.subject)
        usual = self.curves.extension_for(wanted)
        self.usual_deg = self.curves.at(usual).slca_deg
        self.stature_mm = stature_mm(stand(studio.model, self.rest, self._extended(usual)))

    @cached_property
    def curves(self) -> Curves:
        """Its curves, without what bands press in."""
        model, subject, rest = self.studio.model, self.subject, self.rest
        surface = RestSurface(stand(model, rest, self.pose))
        edges, relief = trunk_edges(surface), relief_of(surface, subject.relief, Wardrobe())
        metrics = []
        for extension in EXTENSIONS_MADE_UP:
            body = stand(model, rest, self._extended(extension))
            skin = displaced(model.body.fine(body.vertices), model.body.tris, relief)
            line = skin_envelope(body, skin, edges)
            metrics.append(curve_metrics(*line, subject.stature_mm))
        return curves_of(EXTENSIONS_MADE_UP, metrics)

    def photo(
        self, session: SessionPlan, stance: Stance, extension: float
    ) -> tuple[Bytes, Sensor, dict[str, Any]]:
        """As `Person` says."""
        picture = self._picture(session, stance, extension)
        figure = self.studio.figure(picture.person, picture.seed)
        view = frame(picture, figure)
        truth = truth_of(picture, figure, view)
        rng = np.random.default_rng(picture.seed)
        image, _ = photograph(
            self.studio.renderer, figure.meshes(), picture.room, picture.sensor, view, rng
        )
        height, width = image.shape[:2]
        truth |= {"size": [width, height]}
        tags = tags_of(Stratum(0, in_protocol), picture, truth)
        return image, picture.sensor, truth | {"tags": tags, "sex": self.sex}

    def _extended(self, extension: float) -> BodyPose:
        return replace(
            self.pose,
            lumbar_extension_deg=extension,
            pelvic_tilt_deg=self.pose.pelvic_tilt_deg + PELVIS_SHARE * extension,
            thoracic_flexion_deg=self.pose.thoracic_flexion_deg + THORAX_SHARE * extension,
        )

    def _picture(self, session: SessionPlan, stance: Stance, extension: float) -> Picture:
        """All but the stance is the same in all pictures of a session."""
        rng = session_rng(self.seed, self.name, session.number)
        loose = session.kind == "loose_top"
        outfits = sampling.LOOSE_OUTFITS if loose else sampling.TIGHT_OUTFITS[self.sex]
        looseness = float(rng.uniform(*LOOSE)) if loose else 0.0
        wardrobe = sampling.wardrobe(rng, pick(rng, outfits), self.hair, looseness)
        hanging = session.kind == "arms_hanging"
        arms = pick(rng, ("hang", "hang", "hang_back") if hanging else sampling.ARMS_OFF_BACK)
        light = pick(rng, ("dim", "backlit")) if session.kind == "poor_light" else "day"
        view = _camera(rng, arms, session)
        view = replace(view, crop="chin" if session.kind == "head_cut" else "none")
        room, sensor = sampling.room(rng, light), sampling.sensor(rng, light, view.size[1])
        pose = replace(
            self._extended(extension),
            arms=arms,
            head_pitch_deg=self.pose.head_pitch_deg + stance.head_deg,
            head_forward_mm=self.pose.head_forward_mm + stance.head_mm,
        )
        where = Stand(session.facing, session.yaw_deg + stance.turn_deg, y_m=stance.y_m)
        person = PicturedPerson(self.subject, pose, wardrobe, where)
        return Picture(int(rng.integers(1 << 30)), (person,), room, view, sensor)


# ---------------------------------------------------------------- outside meshes


class Outside:
    """One outside mesh."""

    kinds: tuple[Kind, ...] = ("turned", "camera", "poor_light")

    def __init__(self, studio: Studio, seed: int, body: OutsideBody) -> None:
        self.studio, self.seed, self.body = studio, seed, body
        self.name = body.name
        self.stature_mm = 1000 * body.stature
        self.usual_deg = self.curves.at(0.0).slca_deg
        self.reach_m = -float(body.pos[:, 1].min())
        self.own = self._session_picture(0)

    @cached_property
    def curves(self) -> Curves:
        """Its curves, each of the mesh as it is bent."""
        metrics = []
        for extension in EXTENSIONS_OF_MESH:
            body = bent(self.body, extension)
            lines = back_lines(body, body.pos)
            metrics.append(curve_metrics(lines.z_mm, lines.envelope_mm, self.stature_mm))
        return curves_of(EXTENSIONS_OF_MESH, metrics)

    def photo(
        self, session: SessionPlan, stance: Stance, extension: float
    ) -> tuple[Bytes, Sensor, dict[str, Any]]:
        """As `Person` says."""
        picture = self._picture(session, stance)
        figure = MeshFigure(bent(self.body, extension), picture)
        image, truth = pictured(self.studio.renderer, figure)
        return image, picture.sensor, truth

    def _session_picture(self, number: int) -> MeshPicture:
        return mesh_picture(self.name, self.seed, number, self.reach_m)

    def _picture(self, session: SessionPlan, stance: Stance) -> MeshPicture:
        """All but the stance is the same in all pictures of a session; so are skin and hair."""
        own, picture = self.own, self._session_picture(session.number)
        rng = session_rng(self.seed, self.name, session.number)
        arms = "forward_low" if self.reach_m > FAR_AHEAD_M else ""
        view = _camera(rng, arms, session)
        light = pick(rng, ("dim", "backlit")) if session.kind == "poor_light" else "day"
        return replace(
            picture,
            stand=Stand(session.facing, session.yaw_deg + stance.turn_deg, y_m=stance.y_m),
            worn=replace(picture.worn, hair=own.worn.hair),
            skin=own.skin,
            hair_color=own.hair_color,
            room=sampling.room(rng, light),
            camera=view,
            sensor=sampling.sensor(rng, light, view.size[1]),
        )


def _camera(rng: Rng, arms: str, session: SessionPlan) -> Camera:
    """Near or high where the session is of that kind, else where the protocol asks for it."""
    view = sampling.camera(rng, arms, session.facing)
    wrong, near = session.kind == "camera", rng.random() < 0.5
    distance_m = float(rng.uniform(*(NEAR_M if wrong and near else DISTANCE_M)))
    height_m = float(rng.uniform(*(HIGH_M if wrong and not near else HEIGHT_M)))
    size = SIZES[rng.integers(len(SIZES))]
    return replace(view, size=size, distance_m=distance_m, height_m=height_m)
