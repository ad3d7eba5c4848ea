"""How long a person waits for something that was not running yet.

    python -m benchmarks.cold [--runs 7] [--beside TREE] [--only NAME …]

Each figure is the median of processes started in turn (A B A B …), so that a busy machine slows
them alike: wall time, processor time of the process and its children, and the most memory that one
of them held.  The yardstick is `benchmarks/bare_process.py`, a process that does nothing but one
bare call of MediaPipe on the same photo; its ratio is printed.  With --beside a checkout of another
state is measured, too, in the same turns.

The page is waited for in a real browser (tools/test-browser installs one) until it can be read;
without one until its server answers.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import cv2

ROOT = Path(__file__).resolve().parent.parent
PHOTO = ROOT / "sample_images" / "01-man-typical.jpg"
MODEL = ROOT / "models" / "pose_landmarker_heavy.task"
BARE = (sys.executable, str(ROOT / "benchmarks" / "bare_process.py"), str(MODEL), str(PHOTO))
POSTURE = (sys.executable, "-m", "posture")
# A clip for the live view: so many frames of the photo, at so many a second.
FRAMES, FPS = 60, 30
PAUSE_S = 0.005
PATIENCE_S = 120.0


@dataclass
class Figures:
    """Of one command, a number a run: seconds of wall and processor time, megabytes."""

    wall_s: list[float] = field(default_factory=list)
    processor_s: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Medians, and the quickest run."""
        words = f"{name:34s} {statistics.median(self.wall_s):6.2f} s (min {min(self.wall_s):.2f})"
        if self.processor_s:
            words += f"  processor {statistics.median(self.processor_s):5.2f} s"
            words += f"  at most {statistics.median(self.peak_mb):4.0f} MB"
        return words


Task = Callable[[Figures], None]


def whole(command: tuple[str, ...], environment: Mapping[str, str], home: Path) -> Task:
    """A process from its start to its end; its figures hold for its children, too."""

    def run(figures: Figures) -> None:
        started = time.perf_counter()
        with open(os.devnull, "wb") as nowhere:
            process = subprocess.Popen(
                command, cwd=home, env=environment, stdout=nowhere, stderr=nowhere
            )
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        figures.wall_s.append(time.perf_counter() - started)
        figures.processor_s.append(used.ru_utime + used.ru_stime)
        figures.peak_mb.append(used.ru_maxrss / 1024)

    return run


def until(
    command: Callable[[Path], tuple[str, ...]],
    environment: Mapping[str, str],
    home: Path,
    seen: Callable[[Path, subprocess.Popen[bytes]], bool],
) -> Task:
    """A process from its start until `seen` in a new folder of its own; then it is stopped."""

    def run(figures: Figures) -> None:
        folder = Path(tempfile.mkdtemp(dir=home))
        with open(folder / "output", "wb") as output:
            started = time.perf_counter()
            process = subprocess.Popen(
                command(folder),
                cwd=folder,
                env=environment,
                stdout=output,
                stderr=output,
                # As at a terminal, where Ctrl-C goes to its children, too.
                start_new_session=True,
            )
        while not seen(folder, process):
            if process.poll() is not None or time.perf_counter() > started + PATIENCE_S:
                raise SystemExit((folder / "output").read_text())
            time.sleep(PAUSE_S)
        figures.wall_s.append(time.perf_counter() - started)
        os.killpg(process.pid, signal.SIGINT)
        process.wait()

    return run


def first_line(folder: Path, _: object) -> bool:
    """Whether anything was printed."""
    return b"\n" in (folder / "output").read_bytes()


def first_row(folder: Path, _: object) -> bool:
    """Whether a batch has the row of a photo."""
    journal = folder / "out" / "journal.sqlite3"
    if not journal.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT count(*) FROM done").fetchone()[0])
    except sqlite3.OperationalError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def page_reader(home: Path) -> Iterator[Callable[[str], bool]]:
    """Whether the page at an address can be read: in a browser, where there is one."""
    from tests.support.browser import Tab
    from tests.support.running import browser_programs

    programs = browser_programs()
    if programs is None:
        yield _answers
        return
    tab = Tab(programs, "about:blank", home)

    def read(url: str) -> bool:
        if not _answers(url):
            return False
        tab.url = url
        tab.go()
        return True

    try:
        yield read
    finally:
        tab.close()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False


def write_clip(path: Path) -> None:
    """The photo, as a clip in which nobody moves."""
    picture = cv2.imread(str(PHOTO))
    assert picture is not None
    height, width = picture.shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (width, height))
    for _ in range(FRAMES):
        writer.write(picture)
    writer.release()


def write_history(environment: Mapping[str, str], home: Path) -> None:
    """Keep two readings of one person."""
    keep = [*POSTURE, "analyze", str(PHOTO), "--save", "Ann", "--model", "lite", "--fast"]
    for _ in range(2):
        subprocess.run(keep, env=environment, cwd=home, capture_output=True, check=True)


def tasks_of(tree: Path, home: Path, read_page: Callable[[str], bool]) -> dict[str, Task]:
    """Everything that is waited for, with the code in `tree`."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    write_history(environment, home)
    clip = home / "clip.mp4"
    write_clip(clip)

    def command(*words: str) -> Task:
        return whole((*POSTURE, *words), environment, home)

    def app() -> Task:
        port = free_port()
        words = ("app", "--no-browser", "--port", str(port))
        return until(
            lambda _: (*POSTURE, *words),
            environment,
            home,
            lambda *_: read_page(f"http://localhost:{port}"),
        )

    return {
        "analyze --json": command("analyze", "--json", str(PHOTO)),
        "analyze": command("analyze", str(PHOTO)),
        "help": command("--help"),
        "schema": command("schema"),
        "history": command("history", "Ann"),
        "doctor": command("doctor"),
        "batch to its first row": until(
            lambda folder: (*POSTURE, "batch", str(PHOTO), "--out", str(folder / "out")),
            environment,
            home,
            first_row,
        ),
        "live to its first frame": until(
            lambda _: (*POSTURE, "live", "--source", str(clip), "--no-window", "--json"),
            environment,
            home,
            first_line,
        ),
        "app to its first page": app(),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--beside", type=Path, metavar="TREE")
    parser.add_argument(
        "--only", nargs="*", metavar="NAME", help="beginnings of the names to measure"
    )
    arguments = parser.parse_args()
    trees = {"": ROOT} | ({"before: ": arguments.beside} if arguments.beside else {})
    with tempfile.TemporaryDirectory() as name, page_reader(Path(name)) as read_page:
        home = Path(name)
        tasks: dict[str, Task] = {"bare": whole(BARE, os.environ, home)}
        for label, tree in trees.items():
            own = home / f"home{len(tasks)}"
            own.mkdir()
            for what, task in tasks_of(tree.resolve(), own, read_page).items():
                if not arguments.only or what.startswith(tuple(arguments.only)):
                    tasks[label + what] = task
        figures = {what: Figures() for what in tasks}
        for run in range(arguments.runs + 1):
            for what, task in tasks.items():
                # The first round only fills the disk's cache.
                task(figures[what] if run else Figures())
    print(f"{PHOTO.name}, {arguments.runs} runs in turn, load {os.getloadavg()[0]:.1f}")
    bare = figures["bare"]
    for what, found in figures.items():
        line = found.line(what)
        if what.endswith("analyze --json"):
            ratio = statistics.median(found.wall_s) / statistics.median(bare.wall_s)
            processor = statistics.median(found.processor_s) / statistics.median(bare.processor_s)
            line += f"  {ratio:.2f} x bare, processor {processor:.2f} x"
        print(line)


if __name__ == "__main__":
    main()
