"""The wall test at home, its four answers, and the look into the mirror."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from posture.advice.drawings.palette import ACCENT, INK, WALL
from tools.drawings.canvas import Frame, Label, Shape
from tools.drawings.front import FrontPose, front_figure
from tools.drawings.geometry import Point, step
from tools.drawings.people import ADA, BEN, FigureStyle
from tools.drawings.props import arrow, badge, box, curve_mark, dot, floor, measure, mirror, wall
from tools.drawings.side import Arm, Leg, SidePose, near_arm, side_figure, trunk_of

Scene = Callable[[], list[Frame]]

# The back of the buttocks touches the wall; the heels stand 5 cm in front of it.
_WALL_X = -13.4
_HEEL_GAP = 5.0
_HEEL_TO_ANKLE = 6.2
_PERSON: FigureStyle = BEN
_HEIGHT = 188.0


def _at_the_wall(hollow: float) -> SidePose:
    ankle_x = _WALL_X + _HEEL_GAP + _HEEL_TO_ANKLE
    return SidePose(
        hip=(0, 89.8),
        near_leg=Leg((ankle_x, 7)),
        far_leg=Leg((ankle_x + 2.5, 7)),
        near_arm=Arm((4, 86)),
        far_arm=Arm((8, 86)),
        chest=-3,
        neck=-9,
        hollow=hollow,
    )


def _low_back(pose: SidePose) -> Point:
    """The deepest point of the hollow."""
    return max(trunk_of(pose).back_line(2, 8), key=lambda point: point[0])


def heels() -> list[Frame]:
    """Step 1: heels 5 cm, or 2 in, from the wall."""
    frame = Frame(54, 101.5, zoom=1.852)
    frame.add(*wall(_WALL_X, 100, 24), floor(64))
    frame.add(*side_figure(_at_the_wall(0.8), _PERSON))
    heel_x = _WALL_X + _HEEL_GAP
    frame.add(*measure((_WALL_X, 13), (heel_x, 13), "5 cm", (-20.5, 15.5), 3.9))
    frame.add(Label("2 in", (-20.5, 10.5), 3.9, INK))
    frame.add(
        Shape(((heel_x, 1), (heel_x, 13)), stroke=ACCENT, width=0.6, closed=False, dashes="1.4 1.4")
    )
    return [frame]


def feet() -> list[Frame]:
    """Step 2: feet as far apart as the shoulders."""
    frame = Frame(100, _HEIGHT)
    frame.add(box(-46, 0, 46, _HEIGHT - 14, WALL), floor(100))
    frame.add(*front_figure(FrontPose(feet=15.5), _PERSON))
    for x in (-15.5, 15.5):
        line = ((x, 8), (x, 138))
        frame.add(Shape(line, stroke=ACCENT, width=0.9, closed=False, dashes="3 3"))
    frame.add(*measure((-15.5, 3), (15.5, 3), "", (0, 0)))
    return [frame]


def touch() -> list[Frame]:
    """Step 3: buttocks, shoulder blades and head touch the wall."""
    frame = Frame(100, _HEIGHT)
    frame.add(*wall(_WALL_X, _HEIGHT - 8, 30), floor(100))
    frame.add(*side_figure(_at_the_wall(0.8), _PERSON))
    for height in (92.0, 129.0, 160.0):
        frame.add(
            dot((_WALL_X, height)), *arrow([(-31, height), (-27, height), (-22, height)], 1.5)
        )
    return [frame]


def slide_hand() -> list[Frame]:
    """Step 4: a flat hand slides behind the low back."""
    pose = _at_the_wall(0.8)
    hollow = _low_back(pose)
    reaching = Arm((hollow[0] - 0.8, hollow[1] - 1), bend=-1, forearm_share=0.42, hand_deg=-60)
    pose = replace(pose, near_arm=reaching)
    frame = Frame(56, 105.3, zoom=1.786, ground=-72)
    frame.add(*wall(_WALL_X, _HEIGHT, 24))
    frame.add(*side_figure(pose, _PERSON, with_near_arm=False))
    frame.add(*_hands(_WALL_X, hollow[1], (_HAND_CM,)))
    frame.add(*_short_arm(pose))
    frame.add(*arrow([(26, 107), (19, 106.5), (12, 106)], 1.5))
    return [frame]


_HAND_CM = 3.0


def _short_arm(pose: SidePose) -> list[Shape]:
    """The near arm whose hand has gone behind the back: all but the hand."""
    return near_arm(pose, _PERSON)[1:]


def _hands(surface_x: float, height: float, widths: tuple[float, ...]) -> list[Shape]:
    """Flat hands against the wall, seen from their fingertips, one beside the other."""
    shapes, left = [], surface_x + 0.3
    for width in widths:
        if width == _HAND_CM:
            shapes.append(_palm(left, height))
        middle = left + min(width, _HAND_CM) / 2
        for rise in (-3.0, -1.0, 1.0, 3.0):
            ring = tuple(step((middle, height + rise), turn, 0.85) for turn in range(0, 360, 60))
            shapes.append(Shape(ring, fill=_PERSON.skin_far, stroke=_PERSON.face, width=0.35))
        left += width
    return shapes


def _palm(left: float, height: float) -> Shape:
    middle, right = left + _HAND_CM / 2, left + _HAND_CM - 0.15
    corners = (
        (left, height - 3.8),
        (middle, height - 4.7),
        (right, height - 3.8),
        (right, height + 3.8),
        (middle, height + 4.7),
        (left, height + 3.8),
    )
    return Shape(corners, fill=_PERSON.skin, stroke=_PERSON.face, width=0.4)


def _close_up(hollow: float, hands: tuple[float, ...], height: float = 58.0) -> Frame:
    pose = replace(_at_the_wall(hollow), near_arm=Arm((16, 90)), far_arm=Arm((18, 90)))
    spot = _low_back(pose)
    frame = Frame(52, height, zoom=1.923, ground=height / 2 - 111)
    frame.add(*wall(_WALL_X, 200, 16))
    frame.add(*side_figure(pose, _PERSON))
    frame.add(curve_mark(trunk_of(pose).back_line(1, 9), 1.2), *_hands(_WALL_X, spot[1], hands))
    return frame


def read_space() -> list[Frame]:
    """Step 5: how much room there is between the wall and the low back."""
    frame = _close_up(1.0, (), height=97.8)
    edge, height = _low_back(_at_the_wall(1.0))
    frame.add(*measure((_WALL_X + 0.6, height), (edge - 0.6, height), "?", (-20, height), 8))
    return [frame]


def answer_none() -> list[Frame]:
    """No space: the low back lies against the wall."""
    return [_close_up(-0.42, ())]


def answer_fingers() -> list[Frame]:
    """Fingers only."""
    return [_close_up(0.02, (1.5,))]


def answer_one() -> list[Frame]:
    """One flat hand fits."""
    return [_close_up(0.42, (_HAND_CM,))]


def answer_more() -> list[Frame]:
    """More than one hand fits."""
    return [_close_up(1.25, (_HAND_CM, _HAND_CM))]


def mirror_check() -> list[Frame]:
    """Side-on to a tall mirror: the low back draws a C, shallow or deep."""
    frames = []
    for number, hollow in enumerate((0.6, 1.9), start=1):
        frame = Frame(96, _HEIGHT + 4)
        frame.add(*mirror(-37, 37, _HEIGHT - 10), floor(96))
        pose = SidePose(
            hip=(0, 90),
            near_leg=Leg((0, 7)),
            far_leg=Leg((2.5, 7)),
            near_arm=Arm((12, 88)),
            far_arm=Arm((15, 88)),
            pelvis=4.0 * (hollow - 0.6),
            chest=-2.0 * (hollow - 0.6),
            neck=14,
            hollow=hollow,
        )
        frame.add(*side_figure(pose, ADA), curve_mark(trunk_of(pose).back_line(2, 9), 2.6))
        frame.add(*badge(number, frame))
        frames.append(frame)
    return frames


WALL_TEST: dict[str, tuple[Scene, bool]] = {
    "wall-heels": (heels, False),
    "wall-feet": (feet, False),
    "wall-touch": (touch, False),
    "wall-hand": (slide_hand, False),
    "wall-read": (read_space, False),
    "answer-none": (answer_none, False),
    "answer-fingers": (answer_fingers, False),
    "answer-one-hand": (answer_one, False),
    "answer-more": (answer_more, False),
    "mirror-check": (mirror_check, False),
}
