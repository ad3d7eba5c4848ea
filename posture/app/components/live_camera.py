"""The camera in the browser: sends frames, draws what comes back, guides the person."""

from __future__ import annotations

from typing import Any

from posture._support.language import language, printed
from posture._support.texts import page_texts
from posture.app.components.declare import declared
from posture.app.live_route import PATH, RATIO_HEADER, TOKEN_HEADER
from posture.live.live_settings import live_settings
from posture.overlay.numbers import DECIMALS_OF, MM_PER, LengthUnit
from posture.pose.landmarks import SKELETON_EDGES


def live_camera(token: str, key: str, unit: LengthUnit) -> bool:
    """Show the camera; True in the run after all pictures of a round have arrived.

    Args:
        token: of the session that the frames belong to.
        key: of the component.
        unit: in which lengths are told.
    """
    settings = live_settings()
    data = {
        "token": token,
        "path": PATH,
        "headers": {"token": TOKEN_HEADER, "ratio": RATIO_HEADER},
        "long_side_px": settings.frame.long_side_px,
        "pictures": settings.guidance.pictures,
        "edges": [[int(first), int(second)] for first, second in SKELETON_EDGES],
        "instructions": {
            item.key: {"big": item.big, "say": item.say} for item in settings.instructions
        },
        "words": camera_words(unit),
    }
    answer = declared("live_camera", '<div class="live"></div>')(
        data=data,
        # Other words, another view; other units leave the camera on.
        key=f"{key}.{language()}",
        on_taken_change=_nothing,
        on_renew_change=_nothing,
    )
    return answer.taken is not None


def camera_words(unit: LengthUnit) -> dict[str, Any]:
    """The words of the view, and how it writes lengths."""
    text = page_texts()["live"]
    length = {
        "mm_per_unit": MM_PER[unit],
        "decimals": DECIMALS_OF[unit],
        "decimal_sign": printed("."),
        "unit": unit,
    }
    return {**text["camera"], "lead": text["lead"], "private": text["private"], "length": length}


def _nothing() -> None:
    """Streamlit keeps a value only where somebody listens."""
