"""What the history keeps of a person, for the commands that are told whose and which."""

from __future__ import annotations

from posture.errors import InvalidInput
from posture.history import History, Session

SESSIONS = "The first column of posture history NAME names them."


def sessions_of(history: History, name: str) -> tuple[Session, ...]:
    """The sessions of a person, oldest first.

    Raises:
        InvalidInput: when there is nobody of that name.
    """
    sessions = history.sessions(name)
    if not sessions:
        raise nobody(name)
    return sessions


def session_of_uid(sessions: tuple[Session, ...], name: str, uid: str) -> Session:
    """That of a person's sessions which has this name for ever.

    Raises:
        InvalidInput: when none has.
    """
    for session in sessions:
        if session.uid == uid:
            return session
    raise InvalidInput(f"{name} has no session {uid!r}.", SESSIONS)


def nobody(name: str | None) -> InvalidInput:
    """The error that there is nobody of that name, or nobody at all, in the history."""
    if name is None:
        return InvalidInput("The history is empty.", "Keep a reading with analyze --save NAME.")
    return InvalidInput(
        f"There is nobody named {name!r} in the history.", "See who is: posture history"
    )
