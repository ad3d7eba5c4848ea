"""The report of a study as who reads it sees it, and its archive."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from posture.errors import InvalidInput, OutputFailed
from posture.pose.bundles import MODEL_NAMES, bundle_sha256
from posture.study.archive import MANIFEST, contents_of, data_files, write_archive
from posture.study.checklists import CHECKLISTS, answers, checklist
from posture.study.estimates import Estimate, unknown
from posture.study.folder import read_study
from posture.study.report import PAGE, PAPER, Report, report_files, report_of
from posture.study.tables import Column, Table, shown
from posture.verdict.norms import norms_text
from tests.support.simulated_studies import simulated_study
from tests.support.studies import new_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulated_study(tmp_path_factory.mktemp("study") / "finished")


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    return report_of(read_study(folder))


@pytest.fixture(scope="module")
def files(report: Report) -> dict[str, bytes]:
    return dict(report_files(report))


def paper_text(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_page_and_paper_tell_the_same_numbers(files: dict[str, bytes], report: Report) -> None:
    page, paper = files[PAGE].decode(), " ".join(paper_text(files[PAPER]).split())
    (table,) = (one for one in report.tables if one.name == "reliability-slca_deg")
    for text in table.shown()[1]:
        for line in text.split("\n"):
            assert line in page
            assert line in paper
    for heading in ("Flow of photos", "GRRAS checklist", "STARD-AI checklist"):
        assert heading in page
        assert heading in paper


def test_the_page_asks_nothing_of_anybody(files: dict[str, bytes]) -> None:
    page = files[PAGE].decode()
    asked = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert all(one.startswith("#") for one in asked)
    assert "@import" not in page
    assert "url(http" not in page
    assert "<script" not in page


def test_no_two_parts_of_the_page_have_one_name(files: dict[str, bytes]) -> None:
    names = re.findall(r' id="([^"]+)"', files[PAGE].decode())
    assert len(set(names)) == len(names)


def test_the_same_study_gives_the_same_report(folder: Path, files: dict[str, bytes]) -> None:
    again = report_files(report_of(read_study(folder)))
    assert again == files


def test_tables_have_all_numbers_as_csv(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["reliability-slca_deg.csv"].decode())))
    assert len(rows) == 8
    for row in rows:
        low, value, high = (
            float(row[name])
            for name in ("icc_agreement_low", "icc_agreement", "icc_agreement_high")
        )
        assert low < value < high <= 1
    readings = list(csv.DictReader(io.StringIO(files["readings.csv"].decode())))
    assert len(readings) == 2 * 47
    assert {row["participant"] for row in readings} == {f"P{n:02d}" for n in range(1, 13)}


def test_a_study_that_goes_on_is_told_so(report: Report) -> None:
    assert any("47 of 48 sittings are whole" in one for one in report.cautions)


def test_readings_of_several_versions_are_told(folder: Path) -> None:
    study = read_study(folder)
    *others, last = study.captures
    assert last.result is not None
    provenance = replace(last.result.provenance, program_version="0.3.0")
    newer = replace(last, result=replace(last.result, provenance=provenance))
    mixed = report_of(replace(study, captures=(*others, newer)))
    assert any("program_version: 0.1.0, 0.3.0" in one for one in mixed.cautions)


def test_a_study_without_photos_has_a_report_that_says_so(tmp_path: Path) -> None:
    report = report_of(read_study(new_study(tmp_path / "study")))
    assert any("No sitting is whole yet" in one for one in report.cautions)
    assert not report.figures
    page = report_files(report)[PAGE].decode()
    assert "Planned: 48 photos" in page
    assert "at least 3 are needed" in page


def test_a_title_is_text_and_no_markup(folder: Path) -> None:
    study = read_study(folder)
    design = replace(study.design, title="Backs & <b>bridges</b>")
    files = report_files(report_of(replace(study, design=design)))
    assert "<title>Backs &amp; &lt;b&gt;bridges&lt;/b&gt;</title>" in files[PAGE].decode()
    assert "Backs & <b>bridges</b>" in paper_text(files[PAPER])


# ---------------------------------------------------------------- checklists


def test_guidelines_have_all_their_items() -> None:
    numbers = {name: [one.item for one in checklist(name).item] for name in CHECKLISTS}
    assert numbers["grras"] == [f"{n}" for n in range(1, 16)]
    stard = [re.sub(r"\D", "", item) for item in numbers["stard_ai"]]
    assert sorted(set(map(int, stard))) == list(range(1, 41))
    assert len(stard) == 48


def test_what_the_program_knows_is_filled_in_and_the_rest_is_left_open(report: Report) -> None:
    grras = {one.item: one for one in report.checklists["grras"]}
    assert "12 participants × 2 raters × 2 sessions × 4 stances" in grras["6"].known
    assert "ICC(2,1)" in grras["13"].known
    assert grras["3"].is_open
    assert not grras["3"].known
    assert not grras["13"].is_open


def test_what_a_study_does_not_tell_is_left_open(tmp_path: Path) -> None:
    bare = report_of(read_study(new_study(tmp_path / "study")))
    (dates,) = (one for one in bare.checklists["stard_ai"] if one.item == "9")
    assert dates.is_open
    assert not dates.known
    assert answers("grras", {**dict.fromkeys(_facts(), ""), "title": "A"})[0].known == ""


def _facts() -> list[str]:
    texts = [one.known for name in CHECKLISTS for one in checklist(name).item]
    return [name for text in texts for name in re.findall(r"{(\w+)}", text)]


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("cell", "decimals", "expected"),
    [
        (Estimate(0.912, 0.851, 0.953), 2, "0.91 (0.85 to 0.95)"),
        (Estimate(-1.26, -2.0, 0.04), 1, "−1.3 (−2.0 to 0.0)"),
        (unknown(0.5), 2, "0.50"),
        (unknown(), 2, "–"),
        (-0.001, 1, "0.0"),
        (None, 2, "–"),
        (12, 0, "12"),
        ("A", 0, "A"),
    ],
)
def test_cells_read_as_in_a_paper(
    cell: str | float | Estimate | None, decimals: int, expected: str
) -> None:
    assert shown(cell, decimals) == expected


def test_what_cannot_be_told_is_an_empty_cell_of_the_file() -> None:
    table = Table(
        "name", "Title", (Column("p", 3), Column("bias", 1)), ((0.0001, None), (0.2, unknown(1.0)))
    )
    assert table.csv() == "p,bias,bias_low,bias_high\n0.0001,,,\n0.2,1,,\n"
    assert table.shown()[1:] == (("<0.001", "–"), ("0.200", "1.0"))


# ---------------------------------------------------------------- archive


def archived(folder: Path, files: dict[str, bytes], path: Path) -> list[str]:
    seen: list[str] = []
    contents = contents_of(data_files(read_study(folder), photos=False), files)
    write_archive(contents, path, replace=False, done=seen.append)
    return seen


def test_an_archive_holds_all_and_tells_each_file(
    folder: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    seen = archived(folder, files, tmp_path / "study.zip")
    with zipfile.ZipFile(tmp_path / "study.zip") as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read(MANIFEST))
        assert names == [*seen, MANIFEST]
        for name in seen:
            data = archive.read(name)
            told = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            assert manifest["files"][name] == told
        assert archive.read("captures.csv") == (folder / "captures.csv").read_bytes()
        assert archive.read("norms.toml").decode() == norms_text()
    assert {"study.toml", "participants.csv", "order.csv", "instruments.csv"} <= set(names)
    assert {"voids.csv", "results/C0001.json", f"report/{PAGE}", f"report/{PAPER}"} <= set(names)
    assert manifest["models"] == {name: bundle_sha256(name) for name in MODEL_NAMES}
    assert "study/reliability.py" in manifest["program_files"]


def test_the_same_study_gives_the_same_archive(
    folder: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    for name in ("one.zip", "two.zip"):
        archived(folder, files, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_an_archive_that_is_there_is_kept(
    folder: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "study.zip").write_text("mine")
    with pytest.raises(OutputFailed):
        archived(folder, files, tmp_path / "study.zip")
    assert (tmp_path / "study.zip").read_text() == "mine"


def test_a_file_that_is_gone_leaves_no_archive(
    folder: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    paths = {**data_files(read_study(folder), photos=False), "gone.csv": tmp_path / "gone.csv"}
    with pytest.raises(InvalidInput, match="cannot be read"):
        write_archive(
            contents_of(paths, files), tmp_path / "study.zip", replace=False, done=lambda _: None
        )
    assert not list(tmp_path.iterdir())


def test_photos_are_asked_for_and_were_not_kept(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="No photos were kept"):
        data_files(read_study(folder), photos=True)


def test_kept_photos_come_along_when_asked_for(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    (study / "photos").mkdir()
    (study / "photos" / "C0001.jpg").write_bytes(b"jpeg")
    read = read_study(study)
    assert "photos/C0001.jpg" in data_files(read, photos=True)
    assert "photos/C0001.jpg" not in data_files(read, photos=False)
