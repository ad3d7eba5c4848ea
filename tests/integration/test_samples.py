"""The promise: right numbers on the measurable samples, right refusals on the rest."""

from __future__ import annotations

import pytest

from posture.analyzer import Analyzer
from posture.subject import Subject
from posture.verdict.bands import BAND_NAMES, covered
from tests.support.present import known
from tests.support.samples import MEASURABLE, REFUSABLE, SAMPLES, Sample

# Which findings are the right reason for each kind of picture that must be refused.
RIGHT_REASONS = {
    "not-side-on": {"not-side-on", "facing-unclear"},
    "arm-over-back": {"arm-over-back"},
    "several-people": {"several-people", "something-behind-back"},
    "trunk-out-of-frame": {"trunk-out-of-frame", "no-person"},
}


def subject_of(sample: Sample) -> Subject:
    return Subject(stature_mm=sample.stature_mm, sex=sample.sex)


def test_there_are_enough_samples() -> None:
    assert len(SAMPLES) >= 16
    assert {sample.sex for sample in MEASURABLE} == {"m", "f"}
    assert {sample.facing for sample in MEASURABLE} == {"left", "right"}
    assert {sample.band for sample in MEASURABLE} >= set(BAND_NAMES)
    assert {sample.reason for sample in REFUSABLE} == set(RIGHT_REASONS)


@pytest.mark.parametrize("sample", MEASURABLE, ids=lambda sample: sample.file)
def test_measured_near_the_truth(analyzer: Analyzer, sample: Sample) -> None:
    result = analyzer.analyze(sample.path, subject_of(sample))
    assert result.status == "measured", result.refusal
    assert result.facing == sample.facing
    assert known(result.slca_deg).value == pytest.approx(sample.slca_deg, abs=4)
    assert known(result.hollow_depth_mm).value == pytest.approx(sample.hollow_depth_mm, abs=5)
    assert known(result.slca_deg).ci95 < 10
    assert known(result.hollow_depth_mm).ci95 < 12
    assert set(covered(known(result.bands).verdict)) & set(covered(sample.band))


@pytest.mark.parametrize("sample", REFUSABLE, ids=lambda sample: sample.file)
def test_refused_for_the_right_reason(analyzer: Analyzer, sample: Sample) -> None:
    result = analyzer.analyze(sample.path, subject_of(sample))
    assert result.status == "refused"
    refusals = {item.code for item in result.findings if item.severity == "refusal"}
    assert refusals & RIGHT_REASONS[sample.reason]
    assert result.slca_deg is None
    assert result.hollow_depth_mm is None
    assert known(result.refusal).fix


def test_a_fast_run_agrees_within_its_error_bars(fast_analyzer: Analyzer) -> None:
    for sample in MEASURABLE[:6]:
        result = fast_analyzer.analyze(sample.path, subject_of(sample))
        assert result.status == "measured"
        assert known(result.slca_deg).value == pytest.approx(sample.slca_deg, abs=10)
        assert not result.provenance.mirrored_pass
        # The mask's own cells have corners; nobody wears them.
        assert "something-worn-slightly" not in {item.code for item in result.findings}
