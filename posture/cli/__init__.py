"""The command ``posture``.

command (what was typed) ── session (posture analyze) ── measuring (photo by photo)
                          ── pictures (annotated files) ── report (what is printed)
"""

from posture.cli.command import main

__all__ = ["main"]
