"""The key frames of every exercise: where it starts and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tools.drawings.canvas import Frame
from tools.drawings.front import FrontPose, front_figure
from tools.drawings.geometry import Point
from tools.drawings.people import ADA, BEN, CLEO, FigureStyle
from tools.drawings.props import arrow, badge, chair, curve_mark, floor, glow, mat, round_arrow
from tools.drawings.side import Arm, Leg, SidePose, near_arm, shoulder_of, side_figure, trunk_of

Scene = Callable[[], list[Frame]]


def _standing(**changes: object) -> SidePose:
    pose = SidePose(
        hip=(0, 90),
        near_leg=Leg((0, 7)),
        far_leg=Leg((2.5, 7)),
        near_arm=Arm((2, 86)),
        far_arm=Arm((6, 86)),
    )
    return replace(pose, **changes)  # type: ignore[arg-type]


def _shoulder_at(pose: SidePose, target: Point) -> SidePose:
    """The pose moved so that its shoulder is at `target`; feet and hands stay where they are."""
    shoulder = shoulder_of(pose)
    hip = (pose.hip[0] + target[0] - shoulder[0], pose.hip[1] + target[1] - shoulder[1])
    return replace(pose, hip=hip)


def _numbered(frames: Sequence[Frame]) -> list[Frame]:
    for number, frame in enumerate(frames, start=1):
        frame.add(*badge(number, frame))
    return list(frames)


# ---------------------------------------------------------------- lying on the back


def _supine(**changes: object) -> SidePose:
    pose = SidePose(
        hip=(8, 13.4),
        near_leg=Leg((46, 7)),
        far_leg=Leg((49, 7)),
        near_arm=Arm((13, 3.5), bend=-1, hand_deg=90),
        far_arm=Arm((13, 3.5), bend=-1, hand_deg=90),
        pelvis=-92,
        chest=-92.5,
        neck=-89,
        head=-90,
        hollow=0.7,
    )
    return replace(pose, **changes)  # type: ignore[arg-type]


def _mat_frame(height: float, width: float = 190) -> Frame:
    frame = Frame(width, height)
    frame.add(mat(-width / 2 + 8, width / 2 - 8))
    return frame


def pelvic_tilt() -> list[Frame]:
    """On the back, knees bent: the low back rests, then flattens towards the mat."""
    poses = (
        _supine(hollow=1.9, pelvis=-86, chest=-93),
        _supine(hollow=-0.3, pelvis=-97, chest=-91, hip=(8, 14.4)),
    )
    frames = []
    for pose in poses:
        frame = _mat_frame(76)
        frame.add(*side_figure(pose, BEN), curve_mark(trunk_of(pose).back_line(2, 8)))
        frames.append(frame)
    frames[1].add(*round_arrow((6, 14.5), 18, 70, -75))
    return _numbered(frames)


def bridge() -> list[Frame]:
    """On the back, knees bent: the hips rise until shoulders, hips and knees form a line."""
    low = _supine()
    high = _shoulder_at(
        _supine(pelvis=-121, chest=-116, neck=-94, head=-92, hollow=0.3), shoulder_of(low)
    )
    first, second = _mat_frame(76), _mat_frame(76)
    first.add(*side_figure(low, CLEO_SHORT))
    second.add(*side_figure(high, CLEO_SHORT))
    second.add(*arrow([(-2, 2.5), (-2, 8), (-2, 15)]))
    return _numbered([first, second])


def dead_bug() -> list[Frame]:
    """On the back, arms and knees up: opposite arm and leg sink, the back is still."""
    hip = (12.0, 13.4)
    base = _supine(hip=hip, hollow=0.1)
    shoulder = shoulder_of(base)
    bent = Leg((hip[0] + 41, hip[1] + 41), foot_deg=5)
    up = Arm((shoulder[0] + 1, shoulder[1] + 53.5), bend=-1)
    up_far = Arm((shoulder[0] + 5, shoulder[1] + 53), bend=-1)
    start = replace(base, near_leg=bent, far_leg=bent, near_arm=up, far_arm=up_far)
    end = replace(
        start,
        near_arm=Arm((shoulder[0] - 50, shoulder[1] + 13), bend=-1),
        far_leg=Leg((hip[0] + 81, hip[1] + 6), foot_deg=10),
    )
    first, second = _mat_frame(104, 230), _mat_frame(104, 230)
    first.add(*side_figure(start, ADA_SHORT))
    second.add(*side_figure(end, ADA_SHORT))
    second.add(*round_arrow(shoulder, 60, -8, -48))
    second.add(*round_arrow(hip, 68, 62, 18))
    return _numbered([first, second])


def hamstring() -> list[Frame]:
    """On the back: a thigh is held upright and its knee straightened."""
    hip = (4.0, 13.4)
    base = _supine(hip=hip, far_leg=Leg((48, 7)), hollow=0.5)
    hold = Arm((hip[0] + 3, hip[1] + 21), bend=1, hand_deg=55)
    start = replace(
        base,
        near_leg=Leg((hip[0] + 34, hip[1] + 44), foot_deg=0),
        near_arm=hold,
        far_arm=hold,
    )
    end = replace(start, near_leg=Leg((hip[0] + 12, hip[1] + 81), foot_deg=-80))
    first, second = _mat_frame(122), _mat_frame(122)
    first.add(*side_figure(start, BEN))
    second.add(*side_figure(end, BEN), glow((hip[0] + 7, hip[1] + 36), 6))
    second.add(*round_arrow((hip[0] + 2, hip[1] + 42), 46, 62, -38))
    return _numbered([first, second])


# ---------------------------------------------------------------- on hands and knees, or prone


def _on_all_fours(**changes: object) -> SidePose:
    pose = SidePose(
        hip=(-26, 48),
        near_leg=Leg((-67, 4.6), foot_deg=-90),
        far_leg=Leg((-64, 4.6), foot_deg=-90),
        near_arm=Arm((22, 4), hand_deg=92),
        far_arm=Arm((25, 4), hand_deg=92),
        pelvis=76,
        chest=77,
        neck=82,
        head=66,
        hollow=0.5,
    )
    return replace(pose, **changes)  # type: ignore[arg-type]


def cat_camel() -> list[Frame]:
    """On hands and knees: the back rounds up, then sinks gently."""
    up = _on_all_fours(pelvis=46, chest=112, neck=128, head=104, hollow=-0.6)
    down = _on_all_fours(pelvis=92, chest=58, neck=64, head=44, hollow=1.3)
    frames = []
    for pose in (up, down):
        shoulder = shoulder_of(pose)
        near = Arm((shoulder[0] + 1, 4), hand_deg=92)
        posed = replace(pose, near_arm=near, far_arm=Arm((shoulder[0] + 4, 4), hand_deg=92))
        frame = _mat_frame(106)
        frame.add(*side_figure(posed, CLEO), curve_mark(trunk_of(posed).back_line(2, 9)))
        frames.append(frame)
    frames[0].add(*arrow([(-4, 76), (-4, 82), (-4, 88)]))
    frames[1].add(*arrow([(-4, 82), (-4, 76), (-4, 70)]))
    return _numbered(frames)


def bird_dog() -> list[Frame]:
    """On hands and knees: opposite arm and leg reach out level, the back is still."""
    start = _on_all_fours()
    shoulder = shoulder_of(start)
    start = replace(
        start,
        near_arm=Arm((shoulder[0] + 1, 4), hand_deg=92),
        far_arm=Arm((shoulder[0] + 4, 4), hand_deg=92),
    )
    end = replace(
        start,
        far_arm=Arm((shoulder[0] + 53.5, shoulder[1] + 4)),
        near_leg=Leg((start.hip[0] - 82.9, start.hip[1] + 3), foot_deg=188),
    )
    first, second = _mat_frame(100, 240), _mat_frame(100, 240)
    first.add(*side_figure(start, ADA))
    second.add(*side_figure(end, ADA))
    second.add(*arrow([(74, 38), (74, 46), (74, 54)]), *arrow([(-96, 20), (-96, 28), (-96, 36)]))
    return _numbered([first, second])


def plank() -> list[Frame]:
    """On forearms and toes: head, back and legs in one line, held."""
    pose = SidePose(
        hip=(0, 0),
        near_leg=Leg((-88, 18.5), foot_deg=176),
        far_leg=Leg((-86, 18.5), foot_deg=176),
        near_arm=Arm((69, 4), hand_deg=90, fist=True),
        far_arm=Arm((71, 4), hand_deg=90, fist=True),
        pelvis=84,
        chest=84,
        neck=84,
        head=66,
        hollow=0.1,
    )
    pose = _shoulder_at(pose, (44, 32.5))
    frame = _mat_frame(78, 230)
    frame.add(*side_figure(pose, BEN))
    return [frame]


def _prone(chest: float, neck: float, head: float, pelvis: float = 89) -> SidePose:
    return SidePose(
        hip=(4, 11.5),
        near_leg=Leg((-79.2, 5), foot_deg=-90),
        far_leg=Leg((-78.6, 5), foot_deg=-90),
        near_arm=Arm((0, 0)),
        far_arm=Arm((0, 0)),
        pelvis=pelvis,
        chest=chest,
        neck=neck,
        head=head,
        hollow=0.9,
    )


def press_up() -> list[Frame]:
    """Prone: propped on the forearms, then on the hands while the hips stay down."""
    prop = _prone(chest=44, neck=36, head=14)
    shoulder = shoulder_of(prop)
    prop = replace(
        prop,
        near_arm=Arm((shoulder[0] + 24, 4.5), hand_deg=90),
        far_arm=Arm((shoulder[0] + 27, 4.5), hand_deg=90),
    )
    high = replace(_prone(chest=2, neck=6, head=-8, pelvis=66), hollow=1.1)
    shoulder = shoulder_of(high)
    high = replace(
        high,
        near_arm=Arm((shoulder[0] + 12, 4), hand_deg=91),
        far_arm=Arm((shoulder[0] + 15, 4), hand_deg=91),
    )
    first, second = _mat_frame(100, 210), _mat_frame(100, 210)
    first.add(*side_figure(prop, ADA))
    second.add(*side_figure(high, ADA), *arrow([(70, 34), (73, 46), (72, 60)]))
    return _numbered([first, second])


# ---------------------------------------------------------------- kneeling and standing


def half_kneeling() -> list[Frame]:
    """One knee on the mat: the pelvis tucks under, then the hips glide forward."""
    tall = SidePose(
        hip=(0, 48),
        near_leg=Leg((-41, 4.6), foot_deg=-90),
        far_leg=Leg((44, 7)),
        near_arm=Arm((8, 61), hand_deg=120),
        far_arm=Arm((32, 56), hand_deg=120),
        pelvis=4,
        chest=0,
        hollow=0.9,
    )
    forward = replace(
        tall,
        hip=(14, 45.5),
        near_arm=Arm((21, 58), hand_deg=120),
        far_arm=Arm((40, 56), hand_deg=120),
        pelvis=-10,
        chest=1,
        hollow=0.1,
    )
    first, second = Frame(142, 148), Frame(142, 148)
    for frame, pose in ((first, tall), (second, forward)):
        frame.add(floor(142), mat(-58, 14), *side_figure(pose, CLEO))
    second.add(glow((21, 38), 7))
    second.add(*arrow([(-26, 58), (-19, 58), (-12, 58)]))
    return _numbered([first, second])


def hip_hinge() -> list[Frame]:
    """Standing: the hips go back and the straight trunk tips forward."""
    start = _standing()
    bent = replace(
        start,
        hip=(-22, 84),
        pelvis=58,
        chest=60,
        neck=66,
        head=48,
        hollow=0.6,
        near_arm=Arm((20, 56)),
        far_arm=Arm((23, 56)),
    )
    frames = []
    for pose in (start, bent):
        frame = Frame(118, 188)
        frame.add(floor(118), *side_figure(pose, BEN, with_near_arm=False))
        frame.add(curve_mark(trunk_of(pose).back_line(2, 9)), *near_arm(pose, BEN))
        frames.append(frame)
    frames[1].add(*arrow([(-28, 116), (-37, 111), (-44, 103)]))
    return _numbered(frames)


def chair_squat() -> list[Frame]:
    """From standing, the hips go back and down onto a chair and up again."""
    stand = _standing(hip=(4, 90), near_leg=Leg((4, 7)), far_leg=Leg((7, 7)))
    sit = replace(
        stand,
        hip=(-32, 57),
        pelvis=24,
        chest=20,
        neck=28,
        head=4,
        hollow=0.6,
        near_arm=Arm((43, 110)),
        far_arm=Arm((43, 113)),
    )
    frames = []
    for pose in (replace(stand, near_arm=Arm((6, 86)), far_arm=Arm((10, 86))), sit):
        frame = Frame(140, 188)
        frame.add(floor(140), *chair(-14), *side_figure(pose, ADA))
        frames.append(frame)
    frames[1].add(*arrow([(-38, 118), (-48, 104), (-53, 88)]))
    return _numbered(frames)


def shoulder_rolls() -> list[Frame]:
    """The shoulders circle: forward on the way up, backward on the way down."""
    up = _standing(shoulder_shift=(5.0, 5.0), near_arm=Arm((6, 90)), far_arm=Arm((9, 90)))
    down = _standing(shoulder_shift=(-5.0, -2.0), near_arm=Arm((-1, 84)), far_arm=Arm((3, 84)))
    frames = []
    for pose, start, turn in ((up, 150, -130), (down, -30, -130)):
        frame = Frame(80, 96, zoom=1.4, ground=-84)
        frame.add(*side_figure(pose, BEN))
        frame.add(*round_arrow(shoulder_of(_standing()), 10, start, turn, width=1.4))
        frames.append(frame)
    return _numbered(frames)


def arm_circles() -> list[Frame]:
    """Arms out at shoulder height draw small circles."""
    rest = FrontPose()
    out = FrontPose(left_arm=(270, 270), right_arm=(90, 90))
    first, second = Frame(96, 188), Frame(186, 188)
    first.add(floor(96), *front_figure(rest, CLEO))
    second.add(floor(186), *front_figure(out, CLEO))
    for side in (-1, 1):
        second.add(*round_arrow((side * 70, 139), 12, side * 110, side * 280))
        first.add(*arrow([(side * 30, 70), (side * 34, 82), (side * 37, 94)]))
    return _numbered([first, second])


def side_bend() -> list[Frame]:
    """One hand on the ear, the other by the side: lean to the opposite side."""
    first, second = Frame(112, 188), Frame(140, 188)
    tall = FrontPose(left_hand_on_ear=True)
    lean = replace(tall, bend=34, right_arm=(172, 176))
    first.add(floor(112), *front_figure(tall, ADA))
    second.add(floor(140), *front_figure(lean, ADA))
    second.add(*arrow([(44, 172), (56, 161), (63, 146)]))
    return _numbered([first, second])


CLEO_SHORT: FigureStyle = replace(CLEO, bun=False)
ADA_SHORT: FigureStyle = replace(ADA, bun=False)

# By name: the scene, and whether its frames stand one below the other.
EXERCISES: dict[str, tuple[Scene, bool]] = {
    "hip-flexor-stretch": (half_kneeling, False),
    "pelvic-tilt": (pelvic_tilt, True),
    "dead-bug": (dead_bug, True),
    "bridge": (bridge, True),
    "plank": (plank, True),
    "cat-camel": (cat_camel, True),
    "press-up": (press_up, True),
    "bird-dog": (bird_dog, True),
    "hip-hinge": (hip_hinge, False),
    "hamstring": (hamstring, True),
    "chair-squat": (chair_squat, False),
    "shoulder-rolls": (shoulder_rolls, False),
    "arm-circles": (arm_circles, False),
    "side-bend": (side_bend, False),
}
