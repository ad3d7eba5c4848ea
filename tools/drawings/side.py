"""The figure seen from its right side, facing right: joints from a pose, shapes from the joints.

Lengths are those of an adult of about 170 cm.  Knees and elbows are solved from where the feet and
hands are, so feet stay flat on the floor and hands where they belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.drawings.canvas import Shape
from tools.drawings.geometry import (
    Point,
    between,
    direction,
    distance,
    joint,
    offset_outline,
    placed,
    step,
)
from tools.drawings.people import FigureStyle

THIGH, SHANK, ANKLE_HEIGHT = 42.0, 41.0, 7.0
UPPER_ARM, FOREARM, HAND = 29.0, 25.0, 15.0
TRUNK, NECK = 56.0, 12.5
HIP_HEIGHT = THIGH + SHANK + ANKLE_HEIGHT
SHOULDER_AT = 0.86
HEM_AT = 0.13

# Along the trunk from below the hip joint (0) to the base of the neck (1): distance of the back
# and of the front from the line through the trunk, for a flat back; and how much of the low-back
# hollow each place takes part in.
_ALONG = (-0.15, -0.05, 0.05, 0.14, 0.24, 0.34, 0.44, 0.55, 0.66, 0.77, 0.86, 0.93, 1.0)
_BACK = (7.0, 12.0, 13.2, 12.6, 11.4, 10.8, 10.9, 11.2, 11.6, 11.4, 10.2, 8.4, 6.2)
_FRONT = (6.5, 8.6, 9.6, 9.8, 9.4, 9.0, 9.0, 9.6, 10.6, 10.4, 8.8, 6.8, 4.6)
_HOLLOW = (0.0, 0.0, 0.0, 0.25, 0.7, 1.0, 0.8, 0.35, 0.05, 0.0, 0.0, 0.0, 0.0)
_HOLLOW_DEPTH = 3.6

_HEAD = (
    (-1.5, 11.4),
    (4.2, 10.6),
    (7.7, 7.2),
    (8.7, 3.4),
    (8.7, 1.4),
    (10.9, -2.0),
    (8.9, -3.4),
    (9.0, -5.6),
    (7.9, -9.6),
    (4.4, -11.0),
    (-1.5, -8.2),
    (-6.6, -6.5),
    (-9.3, 0.0),
    (-7.2, 7.6),
)
_HAIR = (
    (8.3, 7.2),
    (5.6, 11.8),
    (-1.5, 13.2),
    (-8.2, 9.6),
    (-10.6, 1.0),
    (-8.9, -6.2),
    (-6.2, -8.0),
    (-4.6, -5.2),
    (-3.0, -1.2),
    (-0.4, 2.4),
    (2.4, 3.6),
    (3.6, 6.8),
)
_BUN = ((-10.6, 12.2), (-8.2, 16.0), (-3.8, 16.4), (-2.0, 12.4), (-5.4, 9.2), (-9.4, 8.8))
_EAR = ((-1.9, -0.2), (-0.4, 1.6), (1.0, 0.6), (0.6, -1.8), (-0.8, -3.2), (-1.9, -2.2))
_EYE = ((5.3, 1.7), (6.2, 1.1), (7.1, 1.6))
_MOUTH = ((6.6, -6.2), (7.6, -6.0), (8.6, -5.5))

_FOOT = (
    (-3.6, 2.5),
    (3.4, 2.6),
    (8.0, -1.8),
    (15.2, -3.8),
    (18.4, -5.2),
    (17.8, -7.0),
    (10.0, -7.0),
    (2.0, -6.6),
    (-4.6, -7.0),
    (-6.2, -4.8),
    (-4.8, -0.8),
)
_FLAT_HAND = (
    (-2.0, 0),
    (-2.5, 5),
    (-2.2, 10),
    (-0.9, 15),
    (0.9, 15.4),
    (2.0, 10),
    (2.4, 5),
    (2, 0),
)
_FIST = ((-2.2, 0), (-3.3, 4), (-3.0, 8), (-0.6, 10), (2.4, 9), (3.4, 5.5), (2.2, 0))


@dataclass(frozen=True)
class Arm:
    """Where the wrist is.

    `bend` +1 puts the elbow to the right of the way there (behind); `forearm_share` below 1
    shortens a forearm that points into or out of the picture.
    """

    wrist: Point
    bend: int = 1
    forearm_share: float = 1.0
    hand_deg: float | None = None
    fist: bool = False


@dataclass(frozen=True)
class Leg:
    """Where the ankle is.  `foot_deg` is the direction of the toes; 90 is flat, facing right."""

    ankle: Point
    foot_deg: float = 90.0
    bend: int = -1


@dataclass(frozen=True)
class SidePose:
    """A stance.  Directions are degrees from straight up, leaning forward (right) positive.

    Attributes:
        hip: the hip joints.
        pelvis, chest, neck, head: directions of the trunk's lower and upper end, neck and face.
        hollow: low-back hollow; 0 flat, 1 usual, 2 deep.
        shoulder_shift: the shoulder moved forward and up on the chest.
    """

    hip: Point
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm
    pelvis: float = 0.0
    chest: float = 0.0
    neck: float = 18.0
    head: float = 0.0
    hollow: float = 1.0
    shoulder_shift: Point = (0.0, 0.0)


@dataclass(frozen=True)
class Trunk:
    """The line through a trunk, and the distances of back and front from it."""

    line: tuple[Point, ...]
    back: tuple[float, ...]
    front: tuple[float, ...]

    def back_line(self, first: int, last: int) -> list[Point]:
        """Points of the back's outline between two places of the trunk."""
        outline = offset_outline(self.line, self.back, self.front)
        backs = list(reversed(outline[len(self.line) :]))
        return backs[first : last + 1]


def trunk_of(pose: SidePose) -> Trunk:
    """The trunk of a pose, bent evenly between pelvis and chest, its length kept."""
    zero = min(range(len(_ALONG)), key=lambda k: abs(_ALONG[k]))
    start = step(pose.hip, pose.pelvis, _ALONG[zero] * TRUNK)
    line = {zero: start}
    for index in range(zero + 1, len(_ALONG)):
        length = (_ALONG[index] - _ALONG[index - 1]) * TRUNK
        middle = (_ALONG[index] + _ALONG[index - 1]) / 2
        line[index] = step(line[index - 1], _bend(pose, middle), length)
    for index in range(zero - 1, -1, -1):
        length = (_ALONG[index + 1] - _ALONG[index]) * TRUNK
        line[index] = step(line[index + 1], pose.pelvis, -length)
    depth = _HOLLOW_DEPTH * pose.hollow
    return Trunk(
        line=tuple(line[index] for index in range(len(_ALONG))),
        back=tuple(b - depth * h for b, h in zip(_BACK, _HOLLOW, strict=True)),
        front=tuple(f + 0.35 * depth * h for f, h in zip(_FRONT, _HOLLOW, strict=True)),
    )


def _bend(pose: SidePose, along: float) -> float:
    share = max(0.0, min(1.0, (along - 0.08) / 0.72))
    eased = share * share * (3 - 2 * share)
    return pose.pelvis + (pose.chest - pose.pelvis) * eased


def trunk_point(trunk: Trunk, along: float) -> Point:
    """The point of the trunk's line at a place between its lower end and the neck."""
    last = len(_ALONG) - 2
    index = next((k for k in range(last) if _ALONG[k + 1] >= along), last)
    share = (along - _ALONG[index]) / (_ALONG[index + 1] - _ALONG[index])
    return between(trunk.line[index], trunk.line[index + 1], share)


def shoulder_of(pose: SidePose) -> Point:
    """The shoulder joints of a pose."""
    forward, up = pose.shoulder_shift
    base = trunk_point(trunk_of(pose), SHOULDER_AT)
    return step(step(base, pose.chest + 90, forward - 1.0), pose.chest, up)


def head_centre(pose: SidePose) -> Point:
    """The middle of the head, about the ear."""
    return step(trunk_of(pose).line[-1], pose.neck, NECK)


def side_figure(pose: SidePose, person: FigureStyle, *, with_near_arm: bool = True) -> list[Shape]:
    """All shapes of the figure, back to front."""
    trunk = trunk_of(pose)
    shoulder = shoulder_of(pose)
    return [
        *_arm(shoulder, pose.far_arm, person.skin_far, person.top_far, person.top_far),
        *_leg(pose.hip, pose.far_leg, person.skin_far, person.trousers_far),
        *_neck(trunk, pose, person),
        *_trunk(trunk, person),
        *_leg(pose.hip, pose.near_leg, person.skin, person.trousers),
        *_hem(trunk, person),
        *_head(head_centre(pose), pose.head, person),
        *(near_arm(pose, person) if with_near_arm else ()),
    ]


def near_arm(pose: SidePose, person: FigureStyle) -> list[Shape]:
    """The arm that is nearer to the reader, for scenes that draw something beneath it."""
    return _arm(shoulder_of(pose), pose.near_arm, person.skin, person.top, person.top_far)


def _trunk(trunk: Trunk, person: FigureStyle) -> list[Shape]:
    whole = offset_outline(trunk.line, trunk.back, trunk.front)
    return [Shape(tuple(whole), fill=person.trousers)]


def _hem(trunk: Trunk, person: FigureStyle) -> list[Shape]:
    """The top, from its hem to the neck; the hem's two corners are sharp."""
    first = next(k for k, along in enumerate(_ALONG) if along >= HEM_AT)
    outline = offset_outline(
        trunk.line[first:],
        [width + 0.5 for width in trunk.back[first:]],
        [width + 0.5 for width in trunk.front[first:]],
    )
    return [Shape((outline[0], *outline, outline[-1]), fill=person.top)]


def _neck(trunk: Trunk, pose: SidePose, person: FigureStyle) -> list[Shape]:
    base = trunk_point(trunk, 0.94)
    skull = step(trunk.line[-1], pose.neck, NECK * 0.75)
    centre = [base, between(base, skull, 0.5), skull]
    outline = offset_outline(centre, (6.6, 5.6, 5.6), (6.0, 5.2, 5.2))
    return [Shape(tuple(outline), fill=person.skin_far)]


def _head(centre: Point, turn: float, person: FigureStyle) -> list[Shape]:
    def part(points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple(placed(points, centre, turn))

    shapes = [
        Shape(part(_HEAD), fill=person.skin),
        Shape(part(_HAIR), fill=person.hair),
        Shape(part(_EAR), fill=person.skin_far),
        Shape(part(_EYE), stroke=person.face, width=0.9, closed=False),
        Shape(part(_MOUTH), stroke=person.face, width=0.8, closed=False),
    ]
    return [Shape(part(_BUN), fill=person.hair), *shapes] if person.bun else shapes


def _leg(hip: Point, leg: Leg, skin: str, cloth: str) -> list[Shape]:
    knee = joint(hip, leg.ankle, THIGH, SHANK, leg.bend)
    ankle = step(knee, direction(knee, leg.ankle), min(SHANK, distance(knee, leg.ankle)))
    foot = placed(_FOOT, ankle, leg.foot_deg - 90)
    return [
        Shape(tuple(foot), fill=skin),
        limb(knee, ankle, (5.7, 6.7, 6.3, 4.4, 3.6), (5.7, 5.0, 4.6, 3.9, 3.5), skin),
        limb(
            knee,
            between(knee, ankle, 0.86),
            (5.9, 6.9, 6.7, 5.1, 4.1),
            (5.9, 5.2, 4.8, 4.2, 3.9),
            cloth,
        ),
        limb(hip, knee, (9.6, 9.2, 8.2, 6.9, 5.9), (9.4, 9.2, 8.4, 7.0, 5.9), cloth),
    ]


def _arm(shoulder: Point, arm: Arm, skin: str, cloth: str, edge: str) -> list[Shape]:
    forearm = FOREARM * arm.forearm_share
    elbow = joint(shoulder, arm.wrist, UPPER_ARM, forearm, arm.bend)
    forearm_deg = direction(elbow, arm.wrist)
    wrist = step(elbow, forearm_deg, forearm)
    hand_deg = forearm_deg if arm.hand_deg is None else arm.hand_deg
    hand = placed(_FIST if arm.fist else _FLAT_HAND, wrist, hand_deg)
    return [
        Shape(tuple(hand), fill=skin),
        limb(elbow, wrist, (3.7, 4.0, 3.7, 3.0, 2.4), (3.7, 4.0, 3.7, 3.0, 2.4), skin),
        limb(shoulder, elbow, (5.2, 4.8, 4.4, 4.0, 3.7), (5.2, 4.8, 4.4, 4.0, 3.7), skin),
        limb(
            shoulder,
            between(shoulder, elbow, 0.52),
            (6.0, 5.8, 5.6, 5.4, 5.2),
            (6.0, 5.8, 5.6, 5.4, 5.2),
            cloth,
            edge,
        ),
    ]


def limb(
    start: Point,
    end: Point,
    behind: Sequence[float],
    before: Sequence[float],
    fill: str,
    hem: str = "",
) -> Shape:
    """One part of a limb: rounded at both ends, or cut off at the end by a hem of that colour."""
    along = direction(start, end)
    middle = [between(start, end, share) for share in (0, 0.25, 0.5, 0.75, 1)]
    outline = offset_outline(middle, before, behind)
    cap = [step(start, along + turn, before[0]) for turn in (-135, 180, 135)]
    if not hem:
        tip = [step(end, along + turn, before[-1]) for turn in (45, 0, -45)]
        return Shape((*outline[:5], *tip, *outline[5:], *cap), fill=fill)
    corners = (outline[4], outline[4], outline[5], outline[5])
    return Shape((*outline[:4], *corners, *outline[6:], *cap), fill, stroke=hem, width=0.8)
