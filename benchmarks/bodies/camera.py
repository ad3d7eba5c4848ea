"""World -> pixels, and what lens and sensor do to the picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.bodies.config import Facing, Sensor, Stand
from benchmarks.bodies.mesh import Floats

MID_GREY = 0.30  # the median pixel's linear value before the tone curve


def look_at(eye: Floats, at: Floats, roll_rad: float = 0.0) -> Floats:
    """World -> eye matrix; the camera's up is the world's, tipped by the roll."""
    forward = (at - eye) / np.linalg.norm(at - eye)
    world_up = np.array([0, 0, 1.0]) if abs(forward[2]) < 0.999 else np.array([0, 1.0, 0])
    right = np.cross(forward, world_up)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    c, s = math.cos(roll_rad), math.sin(roll_rad)
    matrix = np.eye(4)
    matrix[:3, :3] = c * right - s * up, s * right + c * up, -forward
    matrix[:3, 3] = -matrix[:3, :3] @ eye
    return matrix


def perspective(angle_rad: float, aspect: float, near: float = 0.1, far: float = 30.0) -> Floats:
    """Projection with a vertical opening angle."""
    t, depth = 1 / math.tan(angle_rad / 2), near - far
    return np.array(
        [
            [t / aspect, 0, 0, 0],
            [0, t, 0, 0],
            [0, 0, (far + near) / depth, 2 * far * near / depth],
            [0, 0, -1, 0],
        ]
    )


def orthographic(half_size: float, near: float, far: float) -> Floats:
    """Parallel projection of a square."""
    depth = far - near
    return np.array(
        [
            [1 / half_size, 0, 0, 0],
            [0, 1 / half_size, 0, 0],
            [0, 0, -2 / depth, -(far + near) / depth],
            [0, 0, 0, 1],
        ]
    )


def posterior_sign(facing: Facing) -> int:
    """+1 if the back is at larger image x."""
    return 1 if facing == "left" else -1


def stand_rotation(where: Stand) -> Floats:
    """Person space -> world rotation."""
    yaw = math.radians(where.yaw_deg)
    turn = yaw if where.facing == "left" else math.pi - yaw
    c, s = math.cos(turn), math.sin(turn)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


@dataclass(frozen=True)
class SceneView:
    """One camera looking at one scene.

    `size` is what is rendered, `crop` (left, top, right, bottom) what is kept of it.
    """

    eye: Floats
    at: Floats
    fov_rad: float
    roll_rad: float
    barrel: float
    size: tuple[int, int]
    crop: tuple[int, int, int, int]

    @cached_property
    def matrix(self) -> Floats:
        """World -> clip coordinates, without lens distortion."""
        return self._projection @ look_at(self.eye, self.at, self.roll_rad)

    @property
    def _projection(self) -> Floats:
        return perspective(self.fov_rad, self.size[0] / self.size[1])

    @property
    def upright_px_per_mm(self) -> float:
        """Scale of the ideal camera at the aimed-at point, pixels per millimetre."""
        pinhole = self.size[1] / (2 * math.tan(self.fov_rad / 2))
        return pinhole / float(np.linalg.norm(self.eye - self.at)) / 1000

    @property
    def px_per_mm(self) -> float:
        """Scale of the finished picture near its centre, pixels per millimetre."""
        return self.upright_px_per_mm / (1 - self.barrel)

    def to_px(self, world: Floats) -> Floats:
        """Pixels of the finished picture, after lens and crop."""
        return self.finish(self._pinhole_px(self.matrix, world))

    def upright_px(self, world: Floats) -> Floats:
        """Pixels of an ideal camera at the same place: no roll, no distortion, no crop."""
        return self._pinhole_px(self._projection @ look_at(self.eye, self.at), world)

    def finish_upright(self, px: Floats) -> Floats:
        """Carry pixels of the ideal camera into the finished picture."""
        centre = np.array(self.size) / 2
        c, s = math.cos(self.roll_rad), math.sin(self.roll_rad)
        return self.finish((px - centre) @ np.array([[c, s], [-s, c]]).T + centre)

    def finish(self, px: Floats) -> Floats:
        """Lens distortion and crop of pinhole pixels."""
        centre = np.array(self.size) / 2
        ideal = (px - centre) / np.hypot(*centre)
        bent = ideal
        for _ in range(12):
            bent = ideal / self._stretch((bent**2).sum(1, keepdims=True))
        return np.asarray(bent * np.hypot(*centre) + centre - self.crop[:2])

    def _stretch(self, radius2: Floats) -> Floats:
        """Ideal over distorted radius; 1 in the corners, where radius2 is 1."""
        return 1 + self.barrel * (radius2 - 1)

    def _pinhole_px(self, matrix: Floats, world: Floats) -> Floats:
        clip = np.concatenate([world, np.ones((len(world), 1))], 1) @ matrix.T
        x, y = clip[:, :2].T / clip[:, 3]
        return np.stack([(x + 1) / 2 * self.size[0], (1 - y) / 2 * self.size[1]], 1)

    def develop(self, image: Floats) -> Floats:
        """Apply the lens distortion and the crop to a rendered image."""
        left, top, right, bottom = self.crop
        return self._distort(image)[top:bottom, left:right]

    def _distort(self, image: Floats) -> Floats:
        if self.barrel == 0:
            return image
        import cv2

        width, height = self.size
        centre = np.array([width, height]) / 2
        x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        x, y = x - centre[0], y - centre[1]
        stretch = self._stretch((x**2 + y**2) / (centre**2).sum())
        from_x = (x * stretch + centre[0] - 0.5).astype("f4")
        from_y = (y * stretch + centre[1] - 0.5).astype("f4")
        edge = cv2.BORDER_REPLICATE
        return np.asarray(cv2.remap(image, from_x, from_y, cv2.INTER_CUBIC, borderMode=edge))


def expose(rgb: Floats, sensor: Sensor, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Linear RGB -> 8-bit sRGB: exposure on the median, tone curve, blur, noise."""
    import cv2

    median = float(np.median(rgb[::8, ::8].mean(-1)))
    out = _tone_curve(rgb * sensor.exposure * MID_GREY / max(median, 1e-4)).astype("f4")
    if sensor.blur_px > 0.05:
        out = cv2.GaussianBlur(out, (0, 0), sensor.blur_px)
    color_noise = rng.normal(0, sensor.noise, out.shape) * 0.6
    grey_noise = rng.normal(0, sensor.noise, out.shape[:2])[..., None]
    return np.asarray(np.clip((out + color_noise + grey_noise) * 255, 0, 255), np.uint8)


def _tone_curve(linear: Floats) -> Floats:
    """A filmic shoulder, then the sRGB curve."""
    x = np.maximum(linear, 0)
    x = np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)
    return np.where(x < 0.0031308, 12.92 * x, 1.055 * np.maximum(x, 1e-6) ** (1 / 2.4) - 0.055)
