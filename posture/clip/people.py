"""Who is who from frame to frame, and what was seen of each over time."""

from __future__ import annotations

from array import array
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from posture.clip.clip_settings import ClipSettings
from posture.clip.moments import Moments
from posture.clip.motion import Track
from posture.findings import Finding
from posture.pose.landmarks import HIPS
from posture.pose.record import Pose

COLUMNS = (
    "time_s",
    "angle_deg",  # curve angle, NaN when it could not be read
    "ankles_apart",  # in trunks
    "lean_deg",  # of the trunk, towards the right of the picture
    "yaw_deg",  # of shoulders and hips, away from side-on
    "facing",  # 1 right, -1 left, 0 undecided
)


class TrackedPerson:
    """One person through the clip: a few numbers a frame, the best stills, and what was wrong."""

    def __init__(self, settings: ClipSettings) -> None:
        self.track = Track()
        self.moments = Moments(settings.frames.kept, settings.frames.first_moment_s)
        self.refusals: Counter[str] = Counter()
        self.example: dict[str, Finding] = {}
        self.fit = 0
        self._columns = {name: array("d") for name in COLUMNS}
        self._hip_px = np.zeros(2)
        self.trunk_px = 1.0
        self.last_s = 0.0
        self.speed = 0.0

    @property
    def frames(self) -> int:
        """In how many frames the person was seen."""
        return len(self._columns["time_s"])

    def series(self, name: str) -> NDArray[np.float64]:
        """One number (n,) over time, NaN where it could not be read."""
        return np.array(self._columns[name])

    def distance(self, pose: Pose) -> float:
        """How far `pose` stands from where this person was, in trunks."""
        apart = pose.point(*HIPS) - self._hip_px
        return float(np.hypot(*apart)) / self.trunk_px

    def move(self, pose: Pose, time_s: float) -> None:
        """Where the person is now; their speed in trunks a second."""
        if self.frames:
            self.speed = self.distance(pose) / max(time_s - self.last_s, 1e-3)
        self._hip_px, self.trunk_px, self.last_s = pose.point(*HIPS), pose.trunk_px, time_s

    def note(self, **numbers: float) -> None:
        """Write down one frame: a value for each of :data:`COLUMNS`."""
        for name in COLUMNS:
            self._columns[name].append(numbers[name])


class People:
    """Everybody in the clip."""

    def __init__(self, settings: ClipSettings) -> None:
        self._settings = settings
        self._everybody: list[TrackedPerson] = []

    def recognise(self, poses: list[Pose], time_s: float) -> list[tuple[TrackedPerson, Pose]]:
        """Each pose with the person it belongs to, new ones included."""
        limits = self._settings.people
        near = [p for p in self._everybody if time_s - p.last_s <= limits.lost_s]
        known: list[tuple[TrackedPerson, Pose]] = []
        for pose in poses:
            free = [person for person in near if all(person is not other for other, _ in known)]
            person = min(free, key=lambda one: one.distance(pose), default=None)
            if person is None or person.distance(pose) > limits.same_within:
                person = TrackedPerson(self._settings)
                self._everybody.append(person)
            person.move(pose, time_s)
            known.append((person, pose))
        self._drop_passers_by({id(person) for person, _ in known})
        return known

    def main(self) -> TrackedPerson | None:
        """Whom the clip is about: most frames fit to be measured, then most frames side-on."""

        def weight(person: TrackedPerson) -> tuple[int, int]:
            yaw = np.abs(person.series("yaw_deg"))
            return person.fit, int((yaw <= self._settings.gait.max_yaw_deg).sum())

        return max(self._everybody, key=weight, default=None)

    def _drop_passers_by(self, present: set[int]) -> None:
        """Forget whoever was seen least, so that a busy street does not fill the memory."""
        while len(self._everybody) > self._settings.people.at_once:
            gone = [person for person in self._everybody if id(person) not in present]
            if not gone:
                return
            least = min(gone, key=lambda person: (person.fit, person.frames))
            self._everybody = [person for person in self._everybody if person is not least]
