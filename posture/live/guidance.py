"""What the person is told, and when the pictures are taken.

step in, step back, turn, arms forward … ──> hold (still for 1.5 s) ──> a picture ──> step away
──> … the same for each stance of a session … ──> done, until :meth:`Guide.begin_again`.
"""

from __future__ import annotations

from dataclasses import dataclass

from posture.findings import Finding
from posture.live.live_settings import (
    GuidanceSettings,
    Instruction,
    LiveFrameSettings,
    LiveSettings,
)

HOLD, STEP_AWAY, DONE = "hold", "step-away", "done"
NOBODY = "no-person"


@dataclass(frozen=True)
class Guidance:
    """What holds at one frame.

    Attributes:
        instruction: what the person is told.
        still: share, 0 to 1, of the time that they have to stand still.
        taken: pictures taken so far, this frame included; 0 again when the person left for good.
        take: whether this frame is one of the pictures.
    """

    instruction: Instruction
    still: float
    taken: int
    take: bool


class Guide:
    """Turns what is seen, frame by frame, into one calm voice."""

    def __init__(self, settings: LiveSettings) -> None:
        self._settings: GuidanceSettings = settings.guidance
        self._frame: LiveFrameSettings = settings.frame
        self._still_s = settings.stillness.still_s
        self._instructions = {item.key: item for item in settings.instructions}
        self.begin_again()

    def begin_again(self) -> None:
        """Forget everything, for another round of pictures."""
        self._key: str | None = None
        self._wanted: str | None = None
        self._wanted_since_s = 0.0
        self._held_since_s = 0.0
        self._taken = 0
        self._seen_s: float | None = None

    def follow(
        self, findings: tuple[Finding, ...], still_s: float, away: bool, time_s: float
    ) -> Guidance:
        """What holds after this frame.

        Args:
            findings: of the frame.
            still_s: for how long the body has not moved.
            away: whether the person has stepped away since the last picture.
            time_s: of the frame, ascending.
        """
        if self._taken == self._settings.pictures:
            return self._guidance(DONE, 1.0)
        self._forget_who_left(findings, time_s)
        if self._taken and not away:
            # What is called for afterwards is said at once.
            self._key = self._wanted = None
            return self._guidance(STEP_AWAY, 0.0)
        before = self._key
        self._key = self._settled(self._called_for(findings), time_s)
        if self._key != HOLD:
            return self._guidance(self._key, 0.0)
        if before != HOLD:
            self._held_since_s = time_s
        held_s = min(still_s, time_s - self._held_since_s)
        if held_s < self._still_s:
            return self._guidance(HOLD, held_s / self._still_s)
        self._taken += 1
        self._key = self._wanted = None
        last = self._taken == self._settings.pictures
        return self._guidance(DONE if last else STEP_AWAY, 1.0, take=True)

    def _forget_who_left(self, findings: tuple[Finding, ...], time_s: float) -> None:
        """Begin again after nobody was seen for long."""
        nobody = any(item.code == NOBODY for item in findings)
        if not nobody or self._seen_s is None:
            self._seen_s = time_s
        elif time_s - self._seen_s >= self._settings.forget_s:
            self._taken = 0

    def _guidance(self, key: str, still: float, *, take: bool = False) -> Guidance:
        return Guidance(self._instructions[key], still, self._taken, take)

    def _called_for(self, findings: tuple[Finding, ...]) -> str:
        """Key of the most important instruction that these findings call for."""
        codes = {item.code for item in findings if not self._is_slight(item)}
        for instruction in self._instructions.values():
            if codes.intersection(instruction.findings):
                return instruction.key
        return HOLD

    def _is_slight(self, item: Finding) -> bool:
        """A small turn is corrected for, and nobody stands exactly side-on."""
        slight = item.value is not None and item.value <= self._frame.max_yaw_deg
        return item.code == "turned-away-from-side" and slight

    def _settled(self, wanted: str, time_s: float) -> str:
        """`wanted` when it has been called for long enough, else what was said before."""
        if wanted != self._wanted:
            self._wanted, self._wanted_since_s = wanted, time_s
        if self._key is None or time_s - self._wanted_since_s >= self._settings.settle_s:
            return wanted
        return self._key
