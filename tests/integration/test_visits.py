"""A clinic's day: people and their visits through a batch, onto pages and into the history."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from posture.cli import main
from posture.history import History
from posture.history.between import load_not_cancelled
from posture.verdict.norms import load_norms, norms_text
from tests.support.samples import MEASURABLE, REFUSABLE
from tests.support.waiting import wait_until

pytestmark = pytest.mark.model

QUICK = ["--model", "lite", "--fast", "--jobs", "1"]
SMALL_PX = (420, 560)
# On many disks one name with that of another person, and with letters no file may have everywhere.
OTHER = "ann lee; 李"
MEN, WOMEN = MEASURABLE[:4], MEASURABLE[8:12]
Command = Callable[..., int]


def photo(sample: Path, *place: str, root: Path, taken: str | None = None) -> None:
    path = root.joinpath(*place)
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = Image.Exif()
    if taken is not None:
        notes.get_ifd(0x8769)[0x9003] = taken
    with Image.open(sample) as opened:
        opened.resize(SMALL_PX).save(path, quality=90, exif=notes)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three people, two of them with a name that is one on many disks."""
    root = tmp_path_factory.mktemp("people")
    for number in range(2):
        photo(WOMEN[number].path, "Ann Lee", "2026-01-05", f"{number}.jpg", root=root)
        photo(WOMEN[3].path, "Ann Lee", "2026-03-20", "0.jpg", root=root)
    photo(MEN[0].path, OTHER, "before", "0.jpg", root=root)
    photo(MEN[3].path, OTHER, "after", "0.jpg", root=root)
    photo(REFUSABLE[0].path, "Cy", "2026-01-05", "0.jpg", root=root)
    return root


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "data" / "history.sqlite3"
    for module in ("posture.history.store", "posture.cli.history", "posture.cli.report"):
        monkeypatch.setattr(f"{module}.history_path", lambda: place)
    return place


@pytest.fixture
def run(history: Path) -> Command:
    def command(*arguments: object) -> int:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        assert isinstance(left.value.code, int)
        return left.value.code

    return command


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(path: Path) -> str:
    (page,) = PdfReader(path).pages
    return " ".join(page.extract_text().split())


def pictures_in(path: Path) -> int:
    (page,) = PdfReader(path).pages
    return len(page.images)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# ------------------------------------------------------------------------------ tables and pages


def test_each_visit_is_a_row_and_a_page_and_two_are_compared(
    people: Path, tmp_path: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("batch", people, "--out", out, "--reports", *QUICK) == 0
    visits = {(row["person"], row["visit"]): row for row in rows(out / "visits.csv")}
    assert len(visits) == 5 and len(rows(out / "results.csv")) == 6
    first = visits["Ann Lee", "2026-01-05"]
    assert (first["taken"], first["photos"], first["counted"]) == ("2026-01-05", "2", "2")
    angles = [float(row["slca_deg"]) for row in rows(out / "results.csv")[:2]]
    assert float(first["slca_deg"]) == pytest.approx(sum(angles) / 2)
    again = float(first["slca_deg_ci95_over_time"])
    # Of two sessions: a part of what each reading is off by cancels, and standing again is added.
    assert again > load_not_cancelled().slca_deg * float(first["slca_deg_ci95"])
    refused = visits["Cy", "2026-01-05"]
    assert (refused["status"], refused["reason"]) == ("refused", "not-side-on")
    assert refused["slca_deg"] == "" and refused["fix"]

    # "after" comes before "before" by the letter; the change is told the right way round.
    changes = {row["person"]: row for row in rows(out / "changes.csv")}
    assert set(changes) == {"Ann Lee", OTHER}
    other = changes[OTHER]
    assert (other["before"], other["after"]) == ("before", "after")
    assert float(other["slca_deg_change"]) > 10
    counts = float(other["slca_deg_change"]) > float(other["slca_deg_change_ci95"])
    assert other["slca_deg_change_counts"] == str(counts)
    assert "From before to after the curve angle changed by +" in other["meaning"]

    assert names_in(out / "reports") == {
        "Ann_Lee_2026-01-05.pdf",
        "Ann_Lee_2026-03-20.pdf",
        "Ann_Lee_before-after.pdf",
        "ann_lee_李_before.pdf",
        "ann_lee_李_after.pdf",
        "ann_lee_李_before-after.pdf",
        "Cy_2026-01-05.pdf",
    }
    page = text_of(out / "reports" / "Ann_Lee_2026-01-05.pdf")
    assert "Ann Lee · photo of 2026-01-05" in page and "Median of 2 photos" in page
    pair = out / "reports" / "Ann_Lee_before-after.pdf"
    assert "From 2026-01-05 to 2026-03-20 the curve angle" in text_of(pair)
    assert pictures_in(pair) == 2
    assert "Cannot measure" in text_of(out / "reports" / "Cy_2026-01-05.pdf")
    assert "Visits: 5, of people: 3" in capsys.readouterr().err
    assert {path.stat().st_mode & 0o777 for path in (out / "reports").iterdir()} == {0o600}


def test_what_is_missing_is_made_and_nothing_else(
    people: Path, tmp_path: Path, run: Command
) -> None:
    out = tmp_path / "out"
    command = ["batch", people, "--out", out, "--reports", "--resume", *QUICK]
    assert run("batch", people, "--out", out, *QUICK) == 0
    assert not (out / "visits.csv").exists()
    # Photos that were of no visit get the whole result that a page needs.
    assert run(*command) == 0
    times = {path.name: path.stat().st_mtime_ns for path in (out / "reports").iterdir()}
    (out / "reports" / "Cy_2026-01-05.pdf").unlink()
    (out / "reports" / ".half.partial").touch()
    assert run(*command) == 0
    after = {path.name: path.stat().st_mtime_ns for path in (out / "reports").iterdir()}
    assert set(after) == set(times)
    assert {name for name in after if after[name] != times[name]} == {"Cy_2026-01-05.pdf"}
    # A person's height changes the numbers, and so their pages.
    assert run(*command, "--height", "170cm") == 0
    assert "mm" in text_of(out / "reports" / "Ann_Lee_2026-01-05.pdf")


def test_an_interrupted_run_goes_on_where_it_was(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "posture", "batch", str(people), "--out", str(out)]
    command += ["--reports", *QUICK]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        reports = out / "reports"
        wait_until(
            lambda: (reports.is_dir() and any(reports.glob("*.pdf"))) or process.poll() is not None,
            lambda: "no page is made",
        )
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    made = {path.name: path.stat().st_mtime_ns for path in reports.glob("*.pdf")}
    assert process.returncode == 130 and "--resume" in errors and 0 < len(made) < 7
    done = subprocess.run([*command, "--resume"], check=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    after = {path.name: path.stat().st_mtime_ns for path in reports.glob("*.pdf")}
    assert len(after) == 7 and all(after[name] == made[name] for name in made)


def test_pages_are_in_the_language_and_the_units_that_are_asked_for(
    people: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "posture", "batch", str(people), "--out", str(out), *QUICK]
    command += ["--reports", "--lang", "de", "--units", "imperial", "--height", "165cm"]
    subprocess.run(command, check=True, capture_output=True)
    page = text_of(out / "reports" / "ann_lee_李_before-after.pdf")
    assert "Zwischen before und after" in page and " in " in page and " mm" not in page


def test_a_manifest_carries_its_own_columns_to_the_visits(
    people: Path, tmp_path: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    ann, other = people / "Ann Lee", people / OTHER
    manifest = tmp_path / "list.csv"
    manifest.write_text(
        "path,person,visit,taken,sex,stature,group,status\n"
        f"{ann}/2026-01-05/0.jpg,Ann,one,2026-01-05,f,165,control,x\n"
        f"{ann}/2026-01-05/1.jpg,Ann,one,2026-01-05,f,165,control,y\n"
        f"{ann}/2026-03-20/0.jpg,Ann,two,2026-03-20,f,165,control,\n"
        f"{other}/before/0.jpg,Bo,one,,m,180,treated,\n"
        f"{other}/after/0.jpg,Bo,one,,m,170,treated,\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    assert run("batch", manifest, "--out", out, "--reports", *QUICK) == 0
    first, second, odd = rows(out / "visits.csv")
    assert (first["group"], first["manifest_status"], second["manifest_status"]) == (
        "control", "x; y", "",
    )  # fmt: skip
    assert float(first["hollow_depth_mm"]) > 0
    # Two heights for one visit are no visit.
    assert odd["status"] == "refused" and "different people" in odd["message"]
    assert (odd["measured"], odd["counted"], odd["slca_deg"], odd["verdict"]) == ("2", "0", "", "")
    assert "different heights" in capsys.readouterr().err
    assert not any(name.startswith("Bo") for name in names_in(out / "reports"))
    assert [row["group"] for row in rows(out / "results.csv")] == ["control"] * 3 + ["treated"] * 2
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert "Curve angle, degrees · women" in page and "Curve angle, degrees · men" in page


def test_photos_tell_the_day_where_nothing_else_does(
    tmp_path: Path, history: Path, run: Command
) -> None:
    root = tmp_path / "people"
    for name, day, sample in (("autumn", 5, WOMEN[3]), ("spring", 3, WOMEN[0])):
        photo(sample.path, "Dee", name, "0.jpg", root=root, taken=f"2026:0{day}:01 10:00:00")
    out = tmp_path / "out"
    assert run("batch", root, "--out", out, "--save", *QUICK) == 0
    (change,) = rows(out / "changes.csv")
    assert (change["before"], change["after"]) == ("spring", "autumn")
    assert change["before_taken"] == "2026-03-01T10:00:00"
    with History(history) as kept:
        days = [session.taken_at for session in kept.sessions("Dee")]
    assert days == ["2026-03-01T10:00:00", "2026-05-01T10:00:00"]


@pytest.mark.parametrize("option", ["--reports", "--save"])
def test_photos_of_nobody_make_no_page(
    people: Path, tmp_path: Path, run: Command, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = people / "Ann Lee" / "2026-01-05"
    assert run("batch", folder, "--out", tmp_path / "out", option, *QUICK) == 1
    told = capsys.readouterr().err.splitlines()
    assert "PERSON/VISIT" in told[-1] and "It is not said whose" in told[-1]


def test_a_file_of_somebody_elses_stays(
    people: Path, tmp_path: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    (out / "reports").mkdir(parents=True)
    (out / "reports" / "Cy_2026-01-05.pdf").write_text("mine")
    assert run("batch", people, "--out", out, "--reports", *QUICK) == 1
    assert "is there already" in capsys.readouterr().err
    assert (out / "reports" / "Cy_2026-01-05.pdf").read_text() == "mine"


# --------------------------------------------------------------------------------- the history


def test_visits_are_kept_once_with_their_days(
    people: Path, tmp_path: Path, history: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["batch", people, "--out", out, "--save", "--keep-picture", "thumbnail", *QUICK]
    assert run(*command) == 0
    told = capsys.readouterr().err
    assert "Kept in the history: 2; there already: 0." in told
    assert "Nothing tells the day" in told and "lee; 李 · before" in told
    assert run(*command, "--resume") == 0
    assert "Kept in the history: 0; there already: 2." in capsys.readouterr().err
    with History(history) as kept:
        sessions = kept.sessions("Ann Lee")
    assert [session.taken_at for session in sessions] == ["2026-01-05", "2026-03-20"]
    assert [session.stances for session in sessions] == [2, 1]
    assert all(photo.has_picture for session in sessions for photo in session.photos)
    visits = rows(out / "visits.csv")
    assert str(sessions[0].reading.slca_deg.value) == visits[0]["slca_deg"]

    assert run("history", "--csv") == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["name"] for row in table] == ["Ann Lee"] * 2
    assert run("history", "Ann Lee", "--csv") == 0
    alone = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [{"name": "Ann Lee", **row} for row in alone] == table

    # The pages of the history are those of the batch.
    target = tmp_path / "one.pdf"
    assert run("report", "--person", "ann lee", "-o", target) == 0
    assert "Ann Lee · photo of 2026-03-20" in text_of(target) and pictures_in(target) == 1
    first, last = (session.uid for session in sessions)
    both = tmp_path / "both.pdf"
    words = ["report", "--person", "Ann Lee", "--before", first, "--after", last, "-o", both]
    assert run(*words) == 0
    assert "From 2026-01-05 to 2026-03-20" in text_of(both) and pictures_in(both) == 2
    assert run(*words) == 1
    assert "is there already" in capsys.readouterr().err


def test_two_names_that_are_one_in_the_history_are_told_before_anything_is_measured(
    tmp_path: Path, history: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Ann", "ANN"):
        photo(WOMEN[0].path, name, "2026-01-05", "0.jpg", root=tmp_path / "people")
    assert run("batch", tmp_path / "people", "--out", tmp_path / "out", "--save", *QUICK) == 1
    assert "are one name in the history" in capsys.readouterr().err
    assert not history.exists() and not (tmp_path / "out" / "results.csv").exists()


def test_a_page_without_a_picture_says_so(
    people: Path, tmp_path: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("batch", people, "--out", tmp_path / "out", "--save", *QUICK) == 0
    capsys.readouterr()
    target = tmp_path / "one.pdf"
    assert run("report", "--person", "Ann Lee", "-o", target) == 0
    assert "No picture was kept" in capsys.readouterr().err
    assert pictures_in(target) == 0 and "Curve angle" in text_of(target)


# --------------------------------------------------------------------------------- from results


def test_a_page_of_results_and_their_photos(
    people: Path, tmp_path: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [people / "Ann Lee" / "2026-01-05" / f"{number}.jpg" for number in range(2)]
    assert run("analyze", *photos, "--json", "--same-person", *QUICK[:3]) == 0
    results = tmp_path / "results.jsonl"
    results.write_text(capsys.readouterr().out, encoding="utf-8")
    target = tmp_path / "page.pdf"
    assert run("report", results, "--name", "Ann", "-o", target) == 0
    assert "Median of 2 photos" in text_of(target) and pictures_in(target) == 1
    words = ["report", results, "-o", target, "--overwrite"]
    assert run(*words, "--photo", photos[1], "--blur-face") == 0
    assert "The face was blurred." in text_of(target)
    other = people / "Ann Lee" / "2026-03-20" / "0.jpg"
    assert run(*words, "--photo", other) == 1
    assert "is not the photo of these results" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["missing.jsonl"],
        ["junk.jsonl"],
        ["junk.jsonl", "--person", "Ann"],
        ["--person", "Ann"],
        ["--person", "Ann", "--before", "a"],
        ["--person", "Ann", "--before", "a", "--after", "b", "--session", "c"],
        ["--person", "Ann", "--photo", "a.jpg"],
        ["junk.jsonl", "--session", "a"],
    ],
)
def test_misuse_is_one_line_with_a_fix(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: Command,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("junk.jsonl").write_text('{"status": "measured"}\n')
    assert run("report", *arguments, "-o", "page.pdf") == 1
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1
    assert not os.path.exists("page.pdf")


# ------------------------------------------------------------------------------------ own norms


def test_own_norms_judge_everything_and_are_named(
    people: Path, tmp_path: Path, history: Path, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        norms_text()
        .replace('version = "2"', 'version = "clinic"')
        .replace("unspecified = [31.0, 52.0, 58.0]", "unspecified = [1.0, 2.0, 3.0]")
        .replace("fraction_ci95 = 0.15", "fraction_ci95 = 0.30")
    )
    version, out = load_norms(own).version, tmp_path / "out"
    words = ["batch", people, "--out", out, "--reports", "--save", "--norms", own]
    assert run(*words, *QUICK) == 0
    visits = [row for row in rows(out / "visits.csv") if row["status"] == "measured"]
    assert {row["norms_version"] for row in visits} == {version}
    assert {row["band_slca"] for row in visits} == {"deep"}
    assert version in (out / "summary.html").read_text(encoding="utf-8")
    for name in names_in(out / "reports"):
        assert version in text_of(out / "reports" / name), name
    # The cuts on the gauge are those of the file.
    assert "1° 2° 3°" in text_of(out / "reports" / "Ann_Lee_2026-01-05.pdf")

    target = tmp_path / "one.pdf"
    assert run("report", "--person", "Ann Lee", "-o", target, "--norms", own) == 0
    assert "1° 2° 3°" in text_of(target)
    capsys.readouterr()
    assert run("report", "--person", "Ann Lee", "-o", target, "--overwrite") == 0
    assert f"was judged by norms {version}" in capsys.readouterr().err
    page = text_of(target)
    assert version in page and "1° 2° 3°" not in page and "31°" not in page

    detectable = {}
    for norms in ([], ["--norms", own]):
        assert run("history", "Ann Lee", *norms) == 0
        told = " ".join(capsys.readouterr().out.split())
        assert f"Reference values: norms {version}." in told
        detectable[len(norms)] = told.partition("the curve angle")[2].partition(".")[2][:40]
    assert detectable[0] != detectable[2]
    photos = people / "Ann Lee" / "2026-01-05"
    assert run("analyze", photos, "--norms", own, *QUICK[:3]) == 0
    assert f"Reference values: norms {version}." in " ".join(capsys.readouterr().out.split())
