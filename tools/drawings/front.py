"""The figure seen from the front, for movements to the side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tools.drawings.canvas import Shape
from tools.drawings.geometry import Point, between, direction, joint, offset_outline, placed, step
from tools.drawings.people import FigureStyle
from tools.drawings.side import ANKLE_HEIGHT, FOREARM, SHANK, THIGH, TRUNK, UPPER_ARM, limb

_ALONG = (-0.14, -0.04, 0.06, 0.14, 0.25, 0.37, 0.5, 0.63, 0.75, 0.84, 0.91, 0.96, 1.0)
_HALF = (17.2, 17.6, 17.2, 16.0, 14.2, 13.4, 14.0, 15.4, 16.4, 17.6, 16.4, 10.0, 6.2)
_SHOULDER_AT, _SHOULDER_HALF, _HIP_HALF = 0.86, 16.5, 9.0
_HEM_FROM = 3

_HEAD = (
    (0, 11.2),
    (5.6, 9.4),
    (8.2, 4.0),
    (8.0, -2.0),
    (6.4, -7.4),
    (2.6, -11.2),
    (-2.6, -11.2),
    (-6.4, -7.4),
    (-8.0, -2.0),
    (-8.2, 4.0),
    (-5.6, 9.4),
)
_HAIR = (
    (0, 13.0),
    (6.6, 11.0),
    (9.6, 4.4),
    (8.9, -1.2),
    (7.6, 1.6),
    (6.4, 5.6),
    (1.5, 7.6),
    (-4.5, 6.2),
    (-7.6, 1.6),
    (-8.9, -1.2),
    (-9.6, 4.4),
    (-6.6, 11.0),
)
_BUN = ((-4.6, 13.2), (-4.0, 17.0), (0, 18.8), (4.0, 17.0), (4.6, 13.2), (0, 11.2))
_EAR = ((-1.0, 2.4), (0.9, 1.6), (1.2, -0.6), (0.2, -2.6), (-1.0, -2.2))
_EYE = ((-1.1, 0), (0, -0.6), (1.1, 0))
_MOUTH = ((-2.2, -5.6), (0, -6.4), (2.2, -5.6))
_FOOT = ((-3.2, 0), (-4.4, -4.4), (-4.0, -7.0), (2.0, -7.4), (6.4, -6.8), (6.6, -4.6), (3.2, 0))
_HAND = ((-2.2, 0), (-3, 4), (-2.6, 9), (-1, 13), (1, 13), (2.6, 9), (3, 4), (2.2, 0))
_EAR_HEIGHT, _EAR_SIDE = -0.6, 8.2


@dataclass(frozen=True)
class FrontPose:
    """A stance seen from the front; left and right are those of the picture.

    Attributes:
        hip: the middle between the hip joints.
        bend: how far the trunk bends sideways, in degrees; right is positive.
        feet: half the distance between the ankles.
        left_arm, right_arm: directions of upper arm and forearm, 180 is hanging down.
        left_hand_on_ear: the left arm is solved to the ear instead.
    """

    hip: Point = (0.0, THIGH + SHANK + ANKLE_HEIGHT)
    bend: float = 0.0
    feet: float = 9.0
    left_arm: tuple[float, float] = (189.0, 184.0)
    right_arm: tuple[float, float] = (171.0, 176.0)
    left_hand_on_ear: bool = False


def front_figure(pose: FrontPose, person: FigureStyle) -> list[Shape]:
    """All shapes of the figure, back to front."""
    line = _trunk_line(pose)
    lean = direction(line[-2], line[-1])
    head = step(line[-1], lean * 1.05, 13.0)
    trunk = offset_outline(line, _HALF, _HALF)
    top = offset_outline(line[_HEM_FROM:], _wider(_HEM_FROM), _wider(_HEM_FROM))
    return [
        *_legs(pose, person),
        _neck(line[-3], head, person),
        Shape((trunk[0], *trunk, trunk[-1]), fill=person.trousers),
        Shape((top[0], *top, top[-1]), fill=person.top),
        *_arms(pose, line, person),
        *_head(head, lean, person),
        *_hand_on_ear(pose, line, head, lean, person),
    ]


def _trunk_line(pose: FrontPose) -> list[Point]:
    line = [step(pose.hip, 0, _ALONG[0] * TRUNK)]
    for before, after in pairwise(_ALONG):
        share = max(0.0, min(1.0, ((before + after) / 2 - 0.05) / 0.85))
        line.append(step(line[-1], pose.bend * share, (after - before) * TRUNK))
    return line


def _wider(first: int) -> list[float]:
    return [width + 0.5 for width in _HALF[first:]]


def _shoulders(pose: FrontPose, line: Sequence[Point]) -> tuple[Point, Point]:
    index = next(k for k, along in enumerate(_ALONG) if along >= _SHOULDER_AT) - 1
    tilt = pose.bend * 0.9
    middle = step(line[index], tilt, 0.4)
    return step(middle, tilt - 90, _SHOULDER_HALF), step(middle, tilt + 90, _SHOULDER_HALF)


def _ear(head: Point, lean: float, side: int) -> Point:
    return placed([(side * _EAR_SIDE, _EAR_HEIGHT)], head, lean)[0]


def _legs(pose: FrontPose, person: FigureStyle) -> list[Shape]:
    shapes: list[Shape] = []
    for side in (-1, 1):
        hip = (pose.hip[0] + side * _HIP_HALF, pose.hip[1] - 2)
        ankle = (side * pose.feet, ANKLE_HEIGHT)
        knee = between(hip, ankle, 0.5)
        foot = [(x * side, y) for x, y in _FOOT]
        shapes += [
            Shape(tuple(placed(foot, ankle, 0)), fill=person.skin),
            limb(knee, ankle, (5.2, 5.8, 5.0, 3.9, 3.3), (5.2, 5.8, 5.0, 3.9, 3.3), person.skin),
            limb(
                knee,
                between(knee, ankle, 0.86),
                (5.6, 6.1, 5.5, 4.5, 3.9),
                (5.6, 6.1, 5.5, 4.5, 3.9),
                person.trousers,
            ),
            limb(hip, knee, (8.4, 8.3, 7.6, 6.4, 5.6), (8.4, 8.3, 7.6, 6.4, 5.6), person.trousers),
        ]
    return shapes


def _neck(base: Point, head: Point, person: FigureStyle) -> Shape:
    skull = between(base, head, 0.72)
    centre = [base, between(base, skull, 0.5), skull]
    return Shape(tuple(offset_outline(centre, (8, 5.2, 4.8), (8, 5.2, 4.8))), fill=person.skin_far)


def _arms(pose: FrontPose, line: Sequence[Point], person: FigureStyle) -> list[Shape]:
    left, right = _shoulders(pose, line)
    shapes = _arm(right, *pose.right_arm, person)
    if not pose.left_hand_on_ear:
        shapes += _arm(left, *pose.left_arm, person)
    return shapes


def _hand_on_ear(
    pose: FrontPose, line: Sequence[Point], head: Point, lean: float, person: FigureStyle
) -> list[Shape]:
    """The arm to the ear, drawn over the head so that the hand is seen to cover it."""
    if not pose.left_hand_on_ear:
        return []
    shoulder, _ = _shoulders(pose, line)
    ear = _ear(head, lean, -1)
    wrist = placed([(-4.2, -8.0)], ear, lean)[0]
    palm = placed([(-1.0, 3.0)], ear, lean)[0]
    elbow = joint(shoulder, wrist, UPPER_ARM, FOREARM, -1)
    return _arm(
        shoulder, direction(shoulder, elbow), direction(elbow, wrist), person, (wrist, palm)
    )


def _arm(
    shoulder: Point,
    upper_deg: float,
    fore_deg: float,
    person: FigureStyle,
    grip: tuple[Point, Point] | None = None,
) -> list[Shape]:
    """One arm; with `grip` the hand points from the wrist to a place on the body."""
    elbow = step(shoulder, upper_deg, UPPER_ARM)
    wrist = step(elbow, fore_deg, FOREARM)
    hand_deg = fore_deg if grip is None else direction(*grip)
    arm = (3.7, 4.0, 3.7, 3.0, 2.4)
    sleeve = (5.5, 5.6, 5.5, 5.3, 5.1)
    return [
        Shape(
            tuple(placed(_HAND, wrist, hand_deg)),
            fill=person.skin,
            stroke=person.skin_far if grip else "none",
            width=0.9,
        ),
        limb(elbow, wrist, arm, arm, person.skin),
        limb(shoulder, elbow, (5.2, 4.8, 4.4, 4.0, 3.7), (5.2, 4.8, 4.4, 4.0, 3.7), person.skin),
        limb(shoulder, between(shoulder, elbow, 0.5), sleeve, sleeve, person.top, hem=person.top),
    ]


def _head(centre: Point, lean: float, person: FigureStyle) -> list[Shape]:
    def part(points: Sequence[Point], shift: Point = (0, 0), flip: int = 1) -> tuple[Point, ...]:
        moved = [(x * flip + shift[0], y + shift[1]) for x, y in points]
        return tuple(placed(moved, centre, lean))

    ears = [
        Shape(part(_EAR, (side * _EAR_SIDE, _EAR_HEIGHT), side), fill=person.skin_far)
        for side in (-1, 1)
    ]
    eyes = [
        Shape(part(_EYE, (x, 1.2)), stroke=person.face, width=0.9, closed=False)
        for x in (-3.4, 3.4)
    ]
    bun = [Shape(part(_BUN), fill=person.hair)] if person.bun else []
    return [
        *bun,
        *ears,
        Shape(part(_HEAD), fill=person.skin),
        Shape(part(_HAIR), fill=person.hair),
        *eyes,
        Shape(part(_MOUTH), stroke=person.face, width=0.9, closed=False),
    ]
