"""Processes that keep sessions in a history until they are killed, for tests of crashes.

python history_writer.py killed FILE TIMES    kills a writer TIMES times in mid-write, and
                                              prints the uid of every session it had confirmed
python history_writer.py count FILE COUNT     keeps COUNT sessions and prints their uids
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from posture.history import History, Kept, KeptPicture, Numbers, Session
from posture.history.records import new_uid
from posture.result import Measured

NUMBERS = Numbers(
    slca_deg=Measured(41.5, 3.25),
    hollow_depth_mm=Measured(48.0, 4.0),
    hollow_depth_ratio=Measured(0.11, 0.01),
    verdict="typical",
    sex="f",
    repeatability_share=0.15,
    edited_by_hand=False,
    program_version="0.1.0",
    method_version="1",
    norms_version="1",
    model="heavy",
)


def session(taken_at: str = "2026-01-01T12:00:00+00:00", numbers: Numbers = NUMBERS) -> Session:
    kept = Kept(new_uid(), "photo", numbers, "f" * 64, '{"status": "measured"}', False)
    return Session(new_uid(), taken_at, (kept,))


def keep(history: History, photo: bytes) -> str:
    one = session()
    history.save("Ann", one, {one.kept[0].uid: KeptPicture("photo", photo, 1.0)})
    return one.uid


def killed(path: Path, times: int) -> None:
    """Fork a writer, let it write for a moment, kill it; what it confirmed is printed."""
    pauses = random.Random(7)
    for _ in range(times):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            # Large enough that most of the time is spent inside a transaction.
            photo = os.urandom(600_000)
            with History(path) as history:
                while True:
                    os.write(writing, keep(history, photo).encode() + b"\n")
        os.close(writing)
        with os.fdopen(reading, "rb") as confirmed:
            first = confirmed.readline()
            time.sleep(pauses.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            # The last line may be torn, not what it stands for.
            lines = [first, *confirmed.read().splitlines(keepends=True)]
        sys.stdout.write(b"".join(line for line in lines if line.endswith(b"\n")).decode())


if __name__ == "__main__":
    _, what, where, number = sys.argv
    if what == "killed":
        killed(Path(where), int(number))
    else:
        with History(Path(where)) as history:
            for _number in range(int(number)):
                print(keep(history, b"small"))
