"""Photos are recorded one by one, and nothing of what was measured is told."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from posture.analyzer import Analyzer
from posture.errors import InvalidInput, WorkerDied
from posture.study import capture as capturing
from posture.study.capture import LeftOut, Taken, TakenBefore, look_there, take, void
from posture.study.folder import CAPTURES, PARTICIPANTS, PHOTOS, RESULTS, Sitting, read_study
from posture.study.progress import progress_of
from posture.study.words import outcome_words
from posture.subject import Subject
from tests.support.example_results import measured_result
from tests.support.studies import DESIGN, FIRST, NOW, ReadAngles, new_study, taken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_study(tmp_path / "s")


def test_measured_and_refused_photos_are_recorded(folder: Path) -> None:
    outcomes = taken(folder, ["40.125", "refused", "unreadable", "41"])
    study = read_study(folder)
    assert [one.capture for one in study.captures] == ["C0001", "C0002", "C0003", "C0004"]
    assert [one.status for one in study.captures] == [
        "measured", "refused", "unreadable", "measured",
    ]  # fmt: skip
    assert [one.stance for one in study.captures] == [1, 2, 2, 2]
    assert study.captures[1].findings == ("no-person",)
    assert study.captures[0].taken_at == "2026-03-21T10:30:00+00:00"
    result = study.captures[0].result
    assert result is not None and result.slca_deg is not None
    assert result.slca_deg.value == 40.125 and result.image is None
    assert all(isinstance(one, Taken) for one in outcomes)


def test_what_is_told_is_that_a_photo_was_measured_or_what_to_do(folder: Path) -> None:
    outcomes = taken(folder, ["40.125", "refused"])
    measured, refused = (outcome_words(one, 4) for one in outcomes)
    assert measured == ("C0001: stance 1 of 4 is measured.",)
    assert "cannot be measured. " in refused[0] and refused[0].endswith(".")
    assert "40" not in f"{outcomes}{measured}"


def test_a_photo_counts_once(folder: Path) -> None:
    measuring = ReadAngles()
    taken(folder, ["40", "refused"], measuring=measuring)
    again = taken(folder, ["40", "refused"], measuring=measuring)
    assert [isinstance(one, TakenBefore) and one.here for one in again] == [True, True]
    (elsewhere,) = taken(folder, ["40"], Sitting("P02", "A", 1), measuring)
    assert isinstance(elsewhere, TakenBefore) and not elsewhere.here
    assert "of P01, rater A, session 1" in outcome_words(elsewhere, 4)[0]
    assert len(measuring.seen) == len(read_study(folder).captures) == 2


def test_a_photo_of_the_wrong_person_is_voided_and_taken_again(folder: Path) -> None:
    taken(folder, ["40"])
    void(folder, "C0001", "  it was\tP02 ", NOW)
    (outcome,) = taken(folder, ["40"], Sitting("P02", "A", 1))
    assert isinstance(outcome, Taken) and outcome.capture.capture == "C0002"
    study = read_study(folder)
    assert study.captures[0].void == "it was P02" and study.captures[1].void is None
    for name, why, told in (
        ("C0001", "x", "void already"),
        ("C0009", "x", "no capture"),
        ("C0002", " ", "no line of text"),
    ):
        with pytest.raises(InvalidInput, match=told):
            void(folder, name, why, NOW)


def test_more_than_the_planned_stances_are_left_out(folder: Path) -> None:
    outcomes = taken(folder, ["40", "41", "42", "43", "44"])
    assert isinstance(outcomes[-1], LeftOut)
    assert "all 4 stances" in outcome_words(outcomes[-1], 4)[0]
    assert len(read_study(folder).captures) == 4


def test_an_interruption_costs_the_photo_at_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(folder, ["40"])
    with monkeypatch.context() as patched:
        patched.setattr(capturing, "append_rows", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            taken(folder, ["41"])
    study = read_study(folder)
    assert len(study.captures) == 1 and progress_of(study).unfinished == 1
    outcomes = taken(folder, ["40", "41", "42"])
    assert isinstance(outcomes[0], TakenBefore)
    study = read_study(folder)
    assert [one.stance for one in study.captures] == [1, 2, 3]
    assert len({one.capture for one in study.captures}) == 3
    assert len(list((folder / RESULTS).iterdir())) == 4


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_crash_of_the_measuring_is_recorded_as_a_refusal(folder: Path) -> None:
    class Dying(ReadAngles):
        def run(self, *_: object) -> Any:
            raise WorkerDied("It ended.", "Try again.")

    (outcome,) = taken(folder, ["40"], measuring=Dying())
    assert isinstance(outcome, Taken) and outcome.refusal is not None
    assert read_study(folder).captures[0].findings[0] == "measuring-crashed"


def test_another_method_is_not_mixed_in(tmp_path: Path) -> None:
    made_by = replace(DESIGN.made_by, method_version="10", program_version="0.1.9")
    folder = new_study(tmp_path / "old", replace(DESIGN, made_by=made_by))
    with pytest.raises(InvalidInput, match=r"begun with method 10.*Go on with posture 0\.1\.9"):
        taken(folder, ["40"])


def test_a_height_is_asked_for_where_depths_are_told(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "n", heights=False)
    with pytest.raises(InvalidInput, match="P01 has no height"):
        taken(folder, ["40"])
    assert not (folder / RESULTS).exists()


def test_a_person_stays_the_same_person(folder: Path) -> None:
    taken(folder, ["40"])
    path = folder / PARTICIPANTS
    path.write_text(path.read_text().replace("1700", "1710", 1))
    for sitting in (FIRST, Sitting("P01", "B", 2)):
        with pytest.raises(InvalidInput, match="P01 has changed since C0001"):
            taken(folder, ["41"], sitting)


@pytest.mark.parametrize(
    "sitting", [Sitting("P09", "A", 1), Sitting("P01", "C", 1), Sitting("P01", "A", 3)]
)
def test_only_who_takes_part_is_captured(folder: Path, sitting: Sitting) -> None:
    with pytest.raises(InvalidInput, match="There is no"):
        taken(folder, ["40"], sitting)


def test_the_photos_own_clock_is_kept_and_held_against_the_order(folder: Path) -> None:
    at = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
    times = {
        b"40": at,
        b"41": at - timedelta(minutes=1),
        b"42": datetime(2026, 3, 21, 8, 0),
        b"43": NOW + timedelta(days=2),
    }
    outcomes = taken(folder, ["40", "41", "42", "43"], measuring=ReadAngles(times))
    assert [isinstance(one, Taken) and one.earlier_than is not None for one in outcomes] == [
        False, True, False, False,
    ]  # fmt: skip
    assert "taken before C0001" in outcome_words(outcomes[1], 4)[1]
    times_kept = [one.taken_at for one in read_study(folder).captures]
    assert times_kept == [
        "2026-03-21T09:00:00+00:00",
        "2026-03-21T08:59:00+00:00",
        "2026-03-21T08:00:00",
        "2026-03-21T10:30:00+00:00",
    ]


def test_photos_are_kept_only_where_the_design_says_so(folder: Path, tmp_path: Path) -> None:
    taken(folder, ["40"])
    assert not (folder / PHOTOS).exists()
    keeping = new_study(tmp_path / "k", replace(DESIGN, keep_photos=True))
    taken(keeping, ["40"])
    assert (keeping / PHOTOS / "C0001.jpg").read_bytes() == b"jpeg"


def test_a_kept_photo_is_free_of_what_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ann Lee"
    file = io.BytesIO()
    pixels = np.full((80, 60, 3), 90, np.uint8)
    Image.fromarray(pixels).save(file, "JPEG", exif=exif)
    analyzer = cast(
        Analyzer, SimpleNamespace(look=lambda data, _: (_decoded(data), measured_result()))
    )
    seen = look_there(analyzer, file.getvalue(), Subject(), keep=True)
    assert seen.jpeg is not None and b"Ann Lee" not in seen.jpeg
    with Image.open(io.BytesIO(seen.jpeg)) as kept:
        assert kept.size == (60, 80) and not kept.getexif()
    assert look_there(analyzer, file.getvalue(), Subject(), keep=False).jpeg is None


def _decoded(data: bytes) -> object:
    from posture.photo.decode import load_photo

    return load_photo(data)


def test_a_thousandth_of_a_second_between_two_programs_costs_nothing(folder: Path) -> None:
    """Another program has taken the name in the meantime."""
    taken(folder, ["40"])
    (folder / RESULTS / "C0002.json").write_text("")
    (outcome,) = taken(folder, ["41"])
    assert isinstance(outcome, Taken) and outcome.capture.capture == "C0003"
    assert (folder / CAPTURES).read_text().count("\n") == 3


def test_the_record_is_the_owners_alone(folder: Path) -> None:
    taken(folder, ["40"])
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_take_gives_what_it_recorded(folder: Path) -> None:
    outcome = take(ReadAngles().analyzer, folder, FIRST, b"40", NOW)
    assert isinstance(outcome, Taken)
    assert read_study(folder, results=False).captures == (outcome.capture,)
