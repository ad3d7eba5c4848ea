"""The command ``posture``.

command (what to start) ── grammar (what may be typed) ── inputs (what is no photo)
                        ── streams (standard output that is closed or full)
session (posture analyze) ── measuring (photo by photo) ── pictures (annotated files)
                          ── saving (into the history) ── printed (what people read)
clips, live, batch, history, report, norms, page (the other commands) ── bar (how far they are)
                                                                      ── kept (whose, which session)
"""

from posture.cli.command import main

__all__ = ["main"]
