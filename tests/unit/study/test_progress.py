"""How far a study has come, in counts."""

from __future__ import annotations

from pathlib import Path

from posture.study.capture import void
from posture.study.folder import Sitting, read_study
from posture.study.instruments import add_readings, single_reading
from posture.study.progress import progress_of
from tests.support.studies import FIRST, NOW, new_study, taken


def test_everything_that_was_taken_is_counted(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "s")
    taken(folder, ["40", "refused", "41", "unreadable", "42", "43"])
    taken(folder, ["44", "refused 2"], Sitting("P02", "A", 1))
    taken(folder, ["45"], Sitting("P02", "B", 2))
    void(folder, "C0009", "wrong rater", NOW)
    study = read_study(folder)
    for value in (30.0, 31.0):
        add_readings([single_reading(FIRST, "flexi", value, "mm", study, unusual=False)], study,
                     again=False)  # fmt: skip
        study = read_study(folder)
    progress = progress_of(study)
    first = progress.parts[0]
    assert (first.rater, first.session, first.planned) == ("A", 1, 3)
    assert (first.whole, first.begun, first.captures) == (1, 1, 8)
    assert (first.measured, first.refused, first.unreadable, first.void) == (5, 2, 1, 0)
    last = progress.parts[-1]
    assert (last.rater, last.session, last.begun, last.void, last.measured) == ("B", 2, 0, 1, 0)
    assert (progress.planned, progress.whole) == (12, 1)
    assert progress.refusals == {"no-person": 2, "photo-unknown-format": 1}
    assert progress.readings == {"flexi": 2} and progress.occasions == {"flexi": 1}
    assert progress.unfinished == 0
