"""A user's own norms: what is read, and what is said of a file that cannot be used."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.verdict.norms import load_norms

BUILT_IN = resources.files("posture").joinpath("data/norms.toml").read_text(encoding="utf-8")


def own(folder: Path, old: str = "", new: str = "") -> Path:
    """The built-in file with one passage changed."""
    assert old in BUILT_IN
    path = folder / "own.toml"
    path.write_text(BUILT_IN.replace(old, new, 1) if old else BUILT_IN, encoding="utf-8")
    return path


def test_the_values_are_those_of_the_file() -> None:
    norms = load_norms()
    assert norms.version == "2"
    assert norms.slca_cuts_deg["f"] == (32.0, 55.0, 59.0)
    assert norms.depth_cuts_mm["m"] == (31.0, 59.0, 64.0)
    assert norms.bridge_per_stature["unspecified"] == 0.248
    assert norms.reference_stature_mm["f"] == 1628.0
    assert norms.hand_thickness_mm == {"m": 32.0, "f": 27.0, "unspecified": 30.0}
    assert norms.hand_thickness_sd_mm == 3.5
    assert norms.wall_test_cuts_hands == (0.6, 1.2, 1.9)
    assert norms.repeatability_fraction == 0.15


def test_a_copy_says_the_same(tmp_path: Path) -> None:
    assert load_norms(own(tmp_path)) == load_norms()


def test_changed_values_show_in_the_version_whatever_the_file_calls_it(tmp_path: Path) -> None:
    deeper = load_norms(own(tmp_path, "m = [31.0, 50.0, 56.0]", "m = [31.0, 50.5, 56.0]"))
    wider = load_norms(own(tmp_path, "sd = 3.5", "sd = 4.0"))
    assert deeper.version.startswith("2+") and wider.version.startswith("2+")
    assert len({deeper.version, wider.version, load_norms().version}) == 3
    again = load_norms(own(tmp_path, "sd = 3.5", "sd = 4.00"))
    assert again.version == wider.version


def test_a_device_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.symlink_to("/dev/zero")
    with pytest.raises(InvalidInput, match="not a file"):
        load_norms(path)


@pytest.mark.parametrize(
    ("version", "printed"),
    [('"clinic"', "clinic"), ("2", "2"), ("1.5", "1.5"), ("2026-01-31", "2026-01-31")],
)
def test_a_version_may_be_a_text_a_number_or_a_day(
    tmp_path: Path, version: str, printed: str
) -> None:
    norms = load_norms(own(tmp_path, 'version = "2"', f"version = {version}"))
    assert norms.version == printed


def test_whole_numbers_and_missing_sources_will_do(tmp_path: Path) -> None:
    path = own(tmp_path, "m = [31.0, 50.0, 56.0]", "m = [31, 50, 56]")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    unsourced = "".join(line for line in lines if not line.startswith("source"))
    path.write_text(unsourced, encoding="utf-8")
    assert load_norms(path) == load_norms()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('version = "2"', "", "missing version"),
        ("sd = 3.5", "", "missing hand_thickness_mm.sd"),
        ("sd = 3.5", "sd = 3.5\ndeviation = 3.5", "unknown hand_thickness_mm.deviation"),
        ("m = 1756.0", 'm = "tall"', "reference_stature_mm.m: 'tall' is not a number"),
        ("m = [31.0, 50.0, 56.0]", "m = [31.0, 50.0]", "bands.slca_deg.m: [31.0, 50.0] has not 3"),
        (
            "m = [31.0, 50.0, 56.0]",
            "m = [31.0, 56.0, 50.0]",
            "bands.slca_deg: the cuts [31.0, 56.0, 50.0] do not ascend",
        ),
        ("[wall_test]", "[wall]", "missing wall_test; unknown wall"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = own(tmp_path, old, new)
    with pytest.raises(InvalidInput) as caught:
        load_norms(path)
    assert f"The norms file {path} cannot be used: " in str(caught.value)
    assert reason in str(caught.value)
    assert caught.value.fix == "Start from a copy: posture norms > norms.toml."


@pytest.mark.parametrize("content", [b"version = ", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_norms(path)


def test_cuts_and_distributions_of_the_ratio() -> None:
    norms = load_norms()
    assert norms.ratio_cuts["m"] == (0.076, 0.135, 0.149)
    distribution = norms.distributions["hollow_depth_ratio"]
    assert dict(zip(distribution.percentiles, distribution.values["m"], strict=True))[50.0] == 0.106
