"""The command as people and scripts meet it: output, files, exit codes."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from PIL import Image

from posture import __version__
from posture._support.texts import texts
from posture.cli.command import main
from posture.cli.schema import result_schema_text
from posture.verdict.norms import load_norms
from tests.support.children import kill_in_mid_photo, worker_of
from tests.support.samples import FOLDER, MEASURABLE, SAMPLES

pytestmark = pytest.mark.model

QUICK = ["--model", "lite", "--fast"]
GPS_IFD = 0x8825
SAMPLE_PATHS = sorted(sample.path for sample in SAMPLES)


def posture(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "posture", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "100", **options.pop("env", {})}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False, **options
    )


def named(folder: Path, photo: Path, ending: str = "jpg") -> Path:
    """Where the annotated picture of a photo goes that lies elsewhere."""
    return folder / f"{photo.parent.name}_{photo.stem}_posture.{ending}"


@dataclass(frozen=True)
class Run:
    """One run over all samples."""

    process: subprocess.CompletedProcess[str]
    results: list[dict[str, Any]]
    pictures: Path

    def sample(self, status: str) -> Path:
        """A sample that ended with `status`."""
        return Path(next(item["image"] for item in self.results if item["status"] == status))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    pictures = tmp_path_factory.mktemp("run") / "new" / "folder"
    process = posture("analyze", FOLDER, "--json", "--out", pictures, *QUICK)
    return Run(process, [json.loads(line) for line in process.stdout.splitlines()], pictures)


@pytest.fixture
def measurable(run: Run, tmp_path: Path) -> Path:
    return Path(shutil.copy(run.sample("measured"), tmp_path))


@pytest.fixture
def refusable(run: Run, tmp_path: Path) -> Path:
    return Path(shutil.copy(run.sample("refused"), tmp_path))


# ------------------------------------------------------------------------------ what is printed


def test_json_is_one_valid_result_a_line_and_nothing_else(run: Run) -> None:
    validator = Draft202012Validator(json.loads(result_schema_text()))
    for result in run.results:
        validator.validate(result)
    assert [item["image"] for item in run.results] == [str(path) for path in SAMPLE_PATHS]
    assert run.process.stderr == "posture: Passed over: 2 other files (README.md, truth.csv).\n"


def test_some_samples_cannot_be_measured(run: Run) -> None:
    assert run.process.returncode == 2
    assert {item["status"] for item in run.results} == {"measured", "refused"}


def test_table(measurable: Path, refusable: Path) -> None:
    process = posture("analyze", measurable, refusable, "--stature", "170cm", *QUICK)
    assert process.returncode == 2
    assert process.stderr == ""
    for words in (measurable.name, "Angle", "° ± ", " mm", "Wall test:", "Cannot measure:"):
        assert words in process.stdout
    flowing = " ".join(process.stdout.split())
    assert flowing.count(texts()["disclaimer"]) == 1
    assert "2 photos: 1 measured, 1 cannot be measured." in flowing
    assert "\x1b" not in process.stdout


def test_the_person_is_passed_on(measurable: Path) -> None:
    options = ["--height", "5ft9", "--sex", "f", "--age", "40", "--hand", "1.1in"]
    process = posture("analyze", measurable, "--json", *options, *QUICK)
    assert process.returncode == 0
    result = json.loads(process.stdout)
    assert result["subject"] == {
        "stature_mm": pytest.approx(1752.6),
        "sex": "f",
        "age": 40.0,
        "hand_thickness_mm": pytest.approx(27.94),
    }
    assert result["hollow_depth_mm"]["ci95"] > 0
    assert result["provenance"]["model"] == "lite"
    assert result["provenance"]["edge_refined"] is False


def test_own_norms(measurable: Path, tmp_path: Path) -> None:
    builtin = Path(sys.modules["posture"].__path__[0]) / "data" / "norms.toml"
    own = tmp_path / "own.toml"
    own.write_text(builtin.read_text().replace('version = "2"', 'version = "clinic"'))
    process = posture("analyze", measurable, "--json", "--norms", own, *QUICK)
    assert json.loads(process.stdout)["provenance"]["norms_version"] == "clinic"
    own.write_text("version = 1")
    process = posture("analyze", measurable, "--norms", own)
    assert process.returncode == 1
    assert len(process.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_strange_file_names(tmp_path: Path, measurable: Path) -> None:
    names = [b"[bold]b.jpg", b"new\nline.jpg", b"esc\x1b[31m.jpg", b"not-utf8-\xe9.jpg", b"-x.jpg"]
    folder = tmp_path / "names"
    folder.mkdir()
    for name in names:
        shutil.copy(os.fsencode(measurable), os.fsencode(folder) + b"/" + name)
    process = posture("analyze", folder, "--json", "--out", tmp_path / "out", *QUICK)
    images = [json.loads(line)["image"] for line in process.stdout.splitlines()]
    assert {os.fsencode(Path(image).name) for image in images} == set(names)
    assert len(list((tmp_path / "out").iterdir())) == len(names)
    for environment in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        process = posture("analyze", folder, *QUICK, env=environment)
        assert process.returncode == 0, process.stderr
        assert "\x1b" not in process.stdout
        assert "[bold]b.jpg" in process.stdout


# ---------------------------------------------------------------------------- annotated pictures


def test_every_sample_gets_a_clean_picture(run: Run) -> None:
    names = [f"{path.parent.name}_{path.stem}_posture.jpg" for path in SAMPLE_PATHS]
    assert sorted(path.name for path in run.pictures.iterdir()) == sorted(names)
    for name, photo in zip(names, SAMPLE_PATHS, strict=True):
        with Image.open(run.pictures / name) as picture, Image.open(photo) as original:
            picture.load()
            assert picture.width >= original.width
            assert not {"exif", "comment", "xmp", "icc_profile"} & set(picture.info)


def test_camera_notes_never_reach_an_output(measurable: Path, tmp_path: Path) -> None:
    with Image.open(measurable) as image:
        exif = image.getexif()
        exif[0x010F] = "SecretMaker"
        exif.get_ifd(GPS_IFD)[29] = "1999:12:31"
        image.save(measurable, exif=exif)
    assert b"SecretMaker" in measurable.read_bytes()
    for image_format, ending in (("jpeg", "jpg"), ("png", "png")):
        process = posture("analyze", measurable, "--json", "--out", tmp_path / "o",
                          "--format", image_format, *QUICK)  # fmt: skip
        written = named(tmp_path / "o", measurable, ending)
        for output in (written.read_bytes(), process.stdout.encode()):
            assert b"SecretMaker" not in output
            assert b"1999:12:31" not in output
            assert b"Exif" not in output


def test_photos_are_never_overwritten(measurable: Path) -> None:
    folder = measurable.parent
    lookalike = Path(shutil.copy(measurable, folder / f"{measurable.stem}_posture.jpg"))
    before = {path: path.read_bytes() for path in (measurable, lookalike)}
    for options in ([], ["--overwrite"], ["--overwrite"]):
        process = posture("analyze", measurable, lookalike, "--out", folder, *options, *QUICK)
        assert process.returncode == 0, process.stderr
        assert {path: path.read_bytes() for path in before} == before
    assert len(list(folder.iterdir())) == 4


def test_pictures_of_another_run_stay(measurable: Path, tmp_path: Path) -> None:
    """Two patients in two runs, with photos of one name in folders of one name."""
    pictures = {}
    for patient in ("Ann", "Ben"):
        folder = tmp_path / patient / "2024"
        folder.mkdir(parents=True)
        photo = shutil.copy(measurable, folder / "before.jpg")
        process = posture("analyze", photo, "--out", tmp_path / "o", "--json", *QUICK)
        pictures[patient] = named(tmp_path / "o", Path(photo))
    assert pictures["Ann"] == pictures["Ben"] and pictures["Ann"].is_file()
    assert process.returncode == 1 and process.stdout == ""
    assert "is there already" in process.stderr and "--overwrite" in process.stderr
    # Asked from above, their folders tell them apart.
    process = posture("analyze", ".", "--out", "o", *QUICK, cwd=tmp_path)
    assert process.returncode == 0, process.stderr
    names = {path.name.removeprefix(f"{tmp_path.name}_") for path in (tmp_path / "o").iterdir()}
    assert {"Ann_2024_before_posture.jpg", "Ben_2024_before_posture.jpg"} <= names
    table = process.stdout.splitlines()
    assert any("Ann/2024/before.jpg" in line for line in table[:6])


def test_nothing_but_the_owner_reads_what_is_written(measurable: Path, tmp_path: Path) -> None:
    posture("analyze", measurable, "--out", tmp_path / "new" / "o", *QUICK)
    new = [tmp_path / "new", tmp_path / "new" / "o"]
    assert [path.stat().st_mode & 0o777 for path in new] == [0o700, 0o700]
    assert named(new[1], measurable).stat().st_mode & 0o777 == 0o600


def test_faces_can_be_blurred(measurable: Path, tmp_path: Path) -> None:
    written = []
    for options in ([], ["--blur-face"]):
        posture("analyze", measurable, "--out", tmp_path / "o", "--overwrite", *options, *QUICK)
        written.append(named(tmp_path / "o", measurable).read_bytes())
    assert written[0] != written[1]


# ------------------------------------------------------------------------------------ exit codes


def test_measured(measurable: Path) -> None:
    assert posture("analyze", measurable, *QUICK).returncode == 0


def test_cannot_measure(refusable: Path) -> None:
    process = posture("analyze", refusable, *QUICK)
    assert process.returncode == 2
    assert "Cannot measure:" in process.stdout


def test_an_unreadable_file_is_an_error_and_the_rest_is_measured(
    measurable: Path, refusable: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.jpg"
    junk.write_text("no picture")
    process = posture("analyze", junk, refusable, measurable, "missing.jpg", "--json", *QUICK)
    assert process.returncode == 1
    results = [json.loads(line) for line in process.stdout.splitlines()]
    assert [item["status"] for item in results] == ["refused", "refused", "measured", "refused"]
    assert results[0]["findings"][0]["code"] == "photo-unknown-format"
    assert results[3]["findings"][0]["code"] == "file-missing"


def test_nothing_to_measure(tmp_path: Path) -> None:
    (tmp_path / "scan.svg").touch()
    process = posture("analyze", tmp_path, str(tmp_path / "*.gif"), "--json")
    assert process.returncode == 1
    assert process.stdout == ""
    assert len(process.stderr.splitlines()) == 3
    assert "1 picture of a kind that is not read (scan.svg)" in process.stderr


def test_a_picture_that_cannot_be_written(measurable: Path, tmp_path: Path) -> None:
    named(tmp_path / "o", measurable).mkdir(parents=True)
    out = ["--out", str(tmp_path / "o"), "--overwrite"]
    process = posture("analyze", measurable, *out, "--json", *QUICK)
    assert process.returncode == 1
    assert json.loads(process.stdout)["status"] == "measured"
    assert len(process.stderr.splitlines()) == 1
    process = posture("analyze", measurable, "--out", measurable, *QUICK)
    assert process.returncode == 1
    assert process.stdout == ""
    assert len(process.stderr.splitlines()) == 1


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that nobody can write to")
def test_a_folder_that_cannot_be_written(measurable: Path) -> None:
    process = posture("analyze", measurable, "--out", "/proc/self", *QUICK)
    assert process.returncode == 1
    assert "Error:" in process.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["measure"],
        ["analyze"],
        ["analyze", "a.jpg", "--stature", "9km"],
        ["analyze", "a.jpg", "--stature", "3cm"],
        ["analyze", "a.jpg", "--hand", "thick"],
        ["analyze", "a.jpg", "--hand", "3in"],
        ["analyze", "a.jpg", "--age", "old"],
        ["analyze", "a.jpg", "--age", "500"],
        ["analyze", "a.jpg", "--sex", "x"],
        ["analyze", "a.jpg", "--model", "huge"],
        ["analyze", "a.jpg", "--colour"],
        ["analyze", "a.jpg", "--norms", "nowhere.toml"],
    ],
)
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert 1 <= len(printed.err.splitlines()) <= 2


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        (["analyse", "a.jpg"], "posture analyze"),
        (["histroy"], "posture history"),
        (["a.jpg"], "posture analyze a.jpg"),
        (["walk.MP4", "--json"], "posture analyze walk.MP4"),
        (["nonsense"], "analyze, batch, history"),
        (["analyze", "-"], "standard input"),
        (["analyze", "https://example.org/a.jpg"], "is an address"),
        (["batch", "-", "--out", "o"], "standard input"),
        (["batch", "ftp://example.org/*.jpg", "--out", "o"], "is an address"),
        (["history", "--import", "-"], "standard input"),
        (["live", "--source", "-", "--no-window"], "standard input"),
        (["analyze", "a.jpg", "--save", "Ann", "--taken", "2999-01-01"], "has been"),
        (["analyze", "a.jpg", "--save", "Ann", "--taken", "yesterday"], "is no date"),
        (["analyze", "a.jpg", "--stature", "\x1b[31m9"], "is not understood"),
        (["\x1b[31m"], "there is no command"),
    ],
)
def test_what_to_type_instead(
    typed: list[str],
    advice: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as exit_:
        main(typed)
    assert exit_.value.code == 1
    printed = capsys.readouterr()
    assert advice in printed.err and printed.out == ""
    assert "\x1b" not in printed.err and "Traceback" not in printed.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells")
@pytest.mark.parametrize(
    ("redirected", "code", "told"),
    [
        ("schema >&-", 1, "Standard output is closed."),
        ("schema >/dev/full", 1, "No space left on device."),
        ("analyze {photo} --json --model lite --fast >/dev/full", 1, "No space left on device."),
        ("analyze {photo} --model lite --fast >&-", 1, "Standard output is closed."),
        ("schema >&- 2>&-", 1, ""),
        ("analyze {photo} --model lite --fast <&- >/dev/null 2>&-", 0, ""),
    ],
)
def test_streams_that_are_closed_or_full(
    measurable: Path, redirected: str, code: int, told: str
) -> None:
    command = f"{sys.executable} -m posture {redirected.format(photo=measurable)}"
    run = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == code, run.stderr
    assert told in run.stderr and "Traceback" not in run.stderr and "Exception" not in run.stderr
    assert len(run.stderr.splitlines()) <= 1


@pytest.mark.skipif(sys.platform != "linux", reason="what counts against the limit differs")
def test_short_memory_is_told_as_such(measurable: Path) -> None:
    command = f"ulimit -v 800000; exec {sys.executable} -m posture analyze {measurable} --fast"
    run = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 1
    assert "libEGL" not in run.stderr and "Traceback" not in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interrupting() -> None:
    command = [sys.executable, "-m", "posture", "analyze", "--json", *map(str, SAMPLE_PATHS)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        stdout=pipe,
        stderr=pipe,
        encoding="utf-8",
        # A shell starts background jobs deaf to Ctrl-C, and their children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "Stopped.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the child in /proc")
def test_a_crash_costs_one_photo(tmp_path: Path) -> None:
    photos = SAMPLE_PATHS[:6]
    command = [sys.executable, "-m", "posture", "analyze", "--json", "--out", str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, *QUICK, *map(str, photos)], stdout=pipe, stderr=pipe, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        kill_in_mid_photo(worker_of(process.pid))
        rest, errors = process.communicate(timeout=120)
    results = [json.loads(line) for line in [*lines, *rest.splitlines()]]
    assert [item["image"] for item in results] == [str(path) for path in photos]
    (crashed,) = [item for item in results if item["status"] == "refused"]
    assert [item["code"] for item in crashed["findings"]] == ["measuring-crashed"]
    assert (process.returncode, errors) == (1, "")
    assert len(list(tmp_path.glob("*_posture.jpg"))) >= 5


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_leaves() -> None:
    command = [sys.executable, "-m", "posture", "analyze", "--json", *QUICK]
    command += map(str, SAMPLE_PATHS)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        json.loads(process.stdout.readline())
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


# ----------------------------------------------------------------------------- the other commands


def test_help_reads_like_a_manual(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        (["--help"], ["analyze", "doctor", "schema"]),
        (["analyze", "--help"], ["examples:", "exit code:", "what the numbers mean:", "176cm"]),
    ):
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        assert exit_.value.code == 0
        printed = capsys.readouterr().out
        assert all(word in printed for word in words)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"posture {__version__}\n"


def test_schema_is_printed() -> None:
    process = posture("schema")
    assert process.returncode == 0
    assert process.stdout == result_schema_text()


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, io, contextlib\n"
        "from posture.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(['--help'])\n"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"mediapipe", "cv2", "rich", "numpy"} & set(run.stdout.split())


def test_broken_installation_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "posture.cli.session", None)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as exit_:
        main(["analyze", "a.jpg"])
    assert exit_.value.code == 1
    assert "Install the program again." in capsys.readouterr().err


def test_photos_of_the_same_person_are_combined(tmp_path: Path) -> None:
    sample = MEASURABLE[0]
    mirrored = tmp_path / "mirrored.png"
    with Image.open(sample.path) as photo:
        photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(mirrored)
        smaller = tmp_path / "smaller.png"
        photo.resize((photo.width * 3 // 4, photo.height * 3 // 4)).save(smaller)
    paths = [str(sample.path), str(mirrored), str(smaller)]
    run = posture("analyze", *paths, "--same-person", "--json", "--stature", "1779mm")
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(lines) == 4
    together, singles = lines[-1], lines[:-1]
    assert together["image"] is None
    values = sorted(line["slca_deg"]["value"] for line in singles)
    assert together["slca_deg"]["value"] == values[1]
    assert together["slca_deg"]["ci95"] < max(line["slca_deg"]["ci95"] for line in singles)


def test_of_four_stances_the_first_is_thrown_away(measurable: Path, tmp_path: Path) -> None:
    paths = []
    with Image.open(measurable) as photo:
        for percent in (100, 95, 90, 85):
            paths.append(str(tmp_path / f"{percent}.png"))
            size = (photo.width * percent // 100, photo.height * percent // 100)
            photo.resize(size).save(paths[-1])
    run = posture("analyze", *paths, "--same-person", *QUICK)
    flowing = " ".join(run.stdout.split())
    assert "4 photos together, the first one thrown away" in flowing


def test_the_same_photo_twice_counts_once_and_results_are_no_photos(
    measurable: Path, tmp_path: Path
) -> None:
    copy = shutil.copy(measurable, tmp_path / "copy.jpg")
    run = posture("analyze", measurable, copy, "--same-person", *QUICK)
    flowing = " ".join(run.stdout.split())
    assert "1 photo together" in flowing and "it counts once" in flowing
    assert "2 photos: 2 measured." in flowing


def test_python_gets_plain_numbers_and_no_chatter(measurable: Path) -> None:
    code = (
        "import sys, posture\n"
        "with posture.Analyzer('lite') as analyzer:\n"
        "    print(repr(analyzer.analyze(sys.argv[1], posture.Subject(stature_mm=1700))))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(measurable)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.stdout.startswith("Result(status='measured'")
    assert "np." not in run.stdout and run.stderr == ""


def test_what_is_said_of_a_photo_is_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    sample = MEASURABLE[0].path
    told = posture("analyze", sample, *QUICK, "--height", "176cm", "--lang", "de-AT")
    assert "Winkel" in told.stdout and "Röntgenbild" in told.stdout
    hands = json.loads(
        posture("analyze", sample, *QUICK, "--height", "176cm", "--lang", "de", "--json").stdout
    )
    assert f"{hands['hollow_hands']['value']:.1f}".replace(".", ",") in hands["wall_test"]
    own = tmp_path / "own.toml"
    own.write_text('language = "es"\nunits = "imperial"\n')
    configured = posture(
        "analyze", sample, *QUICK, "--height", "176cm", env={"POSTURE_CONFIG": str(own)}
    )
    assert "radiografía" in configured.stdout and " in " in configured.stdout
    wrong = posture("analyze", sample, "--lang", "tlh")
    assert wrong.returncode == 1
    assert "no language 'tlh'" in wrong.stderr and "de, es" in wrong.stderr


def test_norms_are_printed_to_start_from(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(posture("norms").stdout)
    assert load_norms(own) == load_norms()
