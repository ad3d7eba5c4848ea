"""What is compared with what, and who is left out of which comparison."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posture.study.analysis import analysed
from posture.study.flow import chart_of, chart_svg, flow_of
from posture.study.folder import Reading, Sitting, read_study, session_values
from posture.study.instruments import add_readings
from posture.study.reliability import reliability
from tests.support.simulated_studies import simulated_study
from tests.support.studies import new_study, taken


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulated_study(tmp_path_factory.mktemp("study") / "finished")


def captured(folder: Path, shifts: dict[str, float]) -> Path:
    """Everybody before both raters in both sessions; a rater reads so much more."""
    new_study(folder)
    for number, id in enumerate(("P01", "P02", "P03")):
        for rater, shift in shifts.items():
            for session in (1, 2):
                angles = [
                    f"{30 + 10 * number + shift + session + stance / 10:.2f}" for stance in range(4)
                ]
                taken(
                    folder,
                    [f"{one} {id}{rater}{session}" for one in angles],
                    Sitting(id, rater, session),
                )
    return folder


def test_each_kind_of_repetition_is_told_for_each_quantity(folder: Path) -> None:
    study = read_study(folder)
    analysis = analysed(study)
    kinds = [(one.quantity, one.between, one.rater, one.session) for one in analysis.repeats]
    assert kinds[:8] == [
        ("slca_deg", "raters", None, 1),
        ("slca_deg", "raters", None, 2),
        ("slca_deg", "sessions", "A", None),
        ("slca_deg", "sessions", "B", None),
        ("slca_deg", "stances", "A", 1),
        ("slca_deg", "stances", "A", 2),
        ("slca_deg", "stances", "B", 1),
        ("slca_deg", "stances", "B", 2),
    ]
    assert len(kinds) == 16
    assert all(one.found for one in analysis.repeats)


def test_who_lacks_a_reading_is_left_out_and_counted(folder: Path) -> None:
    study = read_study(folder)
    analysis = analysed(study)
    # One photo is void, so that one sitting of rater B, session 1, is not whole.
    assert [one.complete for one in analysis.repeats[:4]] == [11, 12, 12, 11]
    assert all(one.complete + one.left_out == 12 for one in analysis.repeats)
    assert len(analysis.readings["slca_deg"]) == 47 == len(session_values(study, "slca_deg")) - 1


def test_the_table_is_of_the_readings_themselves(folder: Path) -> None:
    study = read_study(folder)
    values = {
        (one.participant, one.rater): one.value
        for one in session_values(study, "slca_deg")
        if one.session == 2
    }
    table = [[values[one.id, rater] for rater in ("A", "B")] for one in study.participants]
    assert analysed(study).repeats[1].found == reliability(np.array(table))


def test_a_rater_who_reads_more_is_the_bias(tmp_path: Path) -> None:
    study = read_study(captured(tmp_path / "study", {"A": 2.0, "B": 0.0}))
    analysis = analysed(study)
    raters = [one for one in analysis.differences if one.between == "raters"]
    sessions = [one for one in analysis.differences if one.between == "sessions"]
    for one in raters:
        assert one.names == ("A", "B")
        assert one.pairs.limits is not None
        assert one.pairs.limits.bias.value == pytest.approx(2)
    for one in sessions:
        assert one.pairs.limits is not None
        assert one.pairs.limits.bias.value == pytest.approx(-1)
    both = next(one for one in raters if one.session is None)
    assert both.pairs.limits is not None
    assert (both.pairs.limits.participants, both.pairs.limits.pairs) == (3, 6)


def test_an_instrument_read_by_one_rater_is_paired_with_that_rater(tmp_path: Path) -> None:
    folder = captured(tmp_path / "study", {"A": 2.0, "B": 0.0})
    study = read_study(folder)
    depths = [one for one in session_values(study, "hollow_depth_mm") if one.rater == "A"]
    readings = [
        Reading(Sitting(one.participant, "A", one.session), "flexi", 1, one.value - 5)
        for one in depths
    ]
    add_readings(readings, study, again=False)
    (found,) = analysed(read_study(folder)).comparisons
    assert found.pairs.limits is not None
    assert found.pairs.limits.bias.value == pytest.approx(5)
    assert found.line is not None
    assert found.line.slope.value == pytest.approx(1)


def test_too_few_participants_are_told_and_not_computed(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "study")
    taken(folder, ["41", "42", "43", "44"])
    analysis = analysed(read_study(folder))
    assert len(analysis.readings["slca_deg"]) == 1
    assert not any(one.found for one in analysis.repeats)
    assert not any(one.pairs.limits for one in analysis.differences)
    assert analysis.comparisons[0].line is None


def test_every_photo_is_somewhere_in_the_flow(folder: Path) -> None:
    study = read_study(folder)
    flow = flow_of(study)
    refused = sum(flow.refused.values())
    assert flow.planned == 12 * 2 * 2 * 4
    assert flow.taken == flow.void + flow.unreadable + refused + flow.measured
    assert flow.measured == flow.first + flow.not_whole + flow.used
    assert (flow.void, flow.unreadable, flow.not_whole, flow.used) == (1, 1, 3, 47 * 3)


def test_the_chart_says_all_that_it_shows(folder: Path) -> None:
    flow = flow_of(read_study(folder))
    chart = chart_of(flow)
    svg = chart_svg(chart, "Flow of photos")
    assert f"Taken: {flow.taken} photos" in svg
    assert 'role="img" aria-label="Flow of photos: Planned: 192 photos.' in svg
    for box in chart.boxes:
        assert 0 <= box.x <= box.x + box.width <= chart.width
        assert 0 <= box.y <= box.y + box.height <= chart.height
    tops = [box.y for box in chart.boxes]
    assert tops == sorted(tops)
