"""What the history keeps of a person, for the commands that are told whose and which."""

from __future__ import annotations

from posture.errors import InvalidInput
from posture.history import History, Session
from posture.history.exchange import nobody

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
