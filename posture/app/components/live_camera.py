"""The camera in the browser: sends frames, draws what comes back, guides the person."""

from __future__ import annotations

from posture._support.texts import page_texts
from posture.app.components.declare import declared
from posture.app.live_route import PATH, RATIO_HEADER, TOKEN_HEADER
from posture.live.live_settings import live_settings
from posture.pose.landmarks import SKELETON_EDGES


def live_camera(token: str, key: str) -> bool:
    """Show the camera; True in the run after all pictures of a round have arrived.

    Args:
        token: of the session that the frames belong to.
        key: of the component.
    """
    settings, text = live_settings(), page_texts()["live"]
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
        "words": {**text["camera"], "lead": text["lead"], "private": text["private"]},
    }
    answer = declared("live_camera", '<div class="live"></div>')(
        data=data, key=key, on_taken_change=_nothing, on_renew_change=_nothing
    )
    return answer.taken is not None


def _nothing() -> None:
    """Streamlit keeps a value only where somebody listens."""
