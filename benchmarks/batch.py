"""What a batch costs beside the bare model, what a second worker brings, and whether it stays so.

    python -m benchmarks.batch [--megapixels 1.2] [--blocks 6] [--photos 20] [--no-pictures]
    python -m benchmarks.batch --long 2000 [--jobs 2]     cost and memory of photo 1 to the last

The yardstick ("bare") is a process that does nothing but what the pose model needs: it decodes
each photo, shrinks it to the size that is analysed and calls MediaPipe on it and on its mirror
image, as often as a measurement does.  Decoding counts on both sides, for no model can be called
on a file.  A batch does all of that and traces, refines, checks, measures, draws, and writes
picture and row safely to the disk.  "Whole" is the bare model on the photo as it is, as one would
call it who does not know that it costs less on a smaller one.

Bare, one worker and two workers take turns with the same photos, so that a busy machine slows
them alike; every figure is the median of the blocks.  Loading the model is not counted.  What two
workers bring can only be seen while both cores are free: blocks in which other programs used more
than --others of the machine count for the processor times only.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from benchmarks.bare_model import bare_calls
from benchmarks.latency import enlarged
from posture.batch.journal import Journal
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Job
from posture.batch.pool import Pool
from posture.batch.run import BatchOptions, Stage, run_batch
from posture.overlay import encode_image
from posture.photo.decode import Photo, load_photo
from posture.settings import Settings
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer

SAMPLES = Path(__file__).parent.parent / "sample_images"
PICTURES = PictureOptions(blur_face=False)
SUBJECT = Subject(stature_mm=1700, sex="unspecified")


def make_photos(folder: Path, megapixels: float, count: int) -> list[str]:
    """Measurable samples at this size, copied until there are `count`."""
    sources = sorted(SAMPLES.glob("[01]*.jpg"))[:18]
    made: list[Path] = []
    for number in range(count):
        path = folder / f"{number:05d}.jpg"
        if number < len(sources):
            photo = load_photo(sources[number])
            assert isinstance(photo, Photo)
            path.write_bytes(encode_image(enlarged(photo, megapixels).rgb, "jpeg", 90))
        else:
            shutil.copy(made[number % len(sources)], path)
        made.append(path)
    return [str(path) for path in made]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def batch_seconds(pool: Pool, paths: Sequence[str], out: Path) -> tuple[float, float]:
    """Wall seconds from the first photo to the last row, and processor seconds in the workers."""
    times: list[float] = []
    options = BatchOptions(out, Settings(), PICTURES, resume=False)
    jobs = [Job(path, Path(path).stem, SUBJECT) for path in paths]

    def tell(_stage: Stage, _done: int, _total: int) -> None:
        times.append(time.perf_counter())

    run_batch(jobs, options, lambda: nullcontext(pool), tell)
    with Journal(out, {}, resume=True) as journal:
        cpu = sum(row["cpu_seconds"] for row in journal.rows())
    return times[-1] - times[0], cpu


class Watch:
    """What other programs take of the machine, from its start on (Linux)."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = pids
        self._before = self._now()

    def others(self) -> float:
        """Their share of all processor time, 0 to 1."""
        (busy, total, own), before = self._now(), self._before
        return max(0.0, (busy - before[0]) - (own - before[2])) / (total - before[1])

    def _now(self) -> tuple[int, int, int]:
        ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        idle = ticks[3] + ticks[4]
        own = sum(_ticks(str(pid)) for pid in ("self", *self._pids))
        return sum(ticks) - idle, sum(ticks), own


def _ticks(pid: str) -> int:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[11]) + int(words[12])


def compare(megapixels: float, blocks: int, count: int, allowed: float, pictures: bool) -> None:
    """Bare, one worker, two workers, in turn."""
    drawn = PICTURES if pictures else None
    calm = []
    figures: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        figures.setdefault(name, []).append(1000 * seconds / count)

    with (
        scratch() as folder,
        IsolatedAnalyzer() as bare,
        Pool(1, Settings(), drawn) as one,
        Pool(2, Settings(), drawn) as two,
    ):
        paths = make_photos(folder, megapixels, count)
        for block in range(blocks + 1):
            known = [pid for pid in (bare.pid, *one.pids, *two.pids) if pid is not None]
            watch = Watch(known)
            started = time.perf_counter()
            bare_cpu = bare.run(bare_calls, paths, False)
            bare_wall = time.perf_counter() - started
            whole_cpu = bare.run(bare_calls, paths, True)
            one_wall, one_cpu = batch_seconds(one, paths, folder / f"one{block}")
            two_wall, two_cpu = batch_seconds(two, paths, folder / f"two{block}")
            if block == 0:  # the models were still being loaded
                continue
            others = watch.others()
            calm.append(others <= allowed)
            note("bare, wall", bare_wall)
            note("bare, processor", bare_cpu)
            note("whole, processor", whole_cpu)
            note("one worker, wall", one_wall)
            note("one worker, processor", one_cpu)
            note("two workers, wall", two_wall)
            note("two workers, processor", two_cpu)
            print(
                f"block {block}: bare {bare_wall:.2f} s, one {one_wall:.2f}, two {two_wall:.2f}; "
                f"others {100 * others:.0f} %",
                flush=True,
            )
    print(f"\n{count} photos of {megapixels:g} megapixels, {blocks} blocks, ms a photo")
    for name, values in figures.items():
        median, low, high = statistics.median(values), min(values), max(values)
        print(f"{name:24s} {median:8.1f}   ({low:.1f} to {high:.1f})")
    for title, above, below in (
        ("one worker / bare, photos a second", "bare, wall", "one worker, wall"),
        ("the same, by processor time", "bare, processor", "one worker, processor"),
        ("one worker / whole, by processor time", "whole, processor", "one worker, processor"),
        ("two workers / one, photos a second", "one worker, wall", "two workers, wall"),
    ):
        pairs = zip(figures[above], figures[below], calm, strict=True)
        shares = [a / b for a, b, quiet in pairs if quiet or "processor" in above]
        if not shares:
            print(f"{title:40s} no block was quiet enough")
            continue
        median, low, high = statistics.median(shares), min(shares), max(shares)
        print(f"{title:40s} {median:.2f}   ({low:.2f} to {high:.2f}), {len(shares)} blocks")


def memory_mb(pid: int | str) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def long_run(count: int, jobs: int, megapixels: float, model: Settings) -> None:
    """Whether photo 10,000 costs what photo 100 did, in time and in memory."""
    memory: list[tuple[int, float, float]] = []
    marks = [time.perf_counter()]
    with scratch() as folder:
        paths = make_photos(folder, megapixels, count)
        options = BatchOptions(folder / "out", model, PICTURES, resume=False)
        plan = [Job(path, Path(path).stem, SUBJECT) for path in paths]
        pool = Pool(jobs, model, PICTURES)

        def tell(_stage: Stage, done: int, _: int) -> None:
            if done >= len(memory) * count // 20:
                workers = [memory_mb(pid) for pid in pool.pids]
                memory.append((done, memory_mb("self"), max(workers, default=0.0)))
                marks.append(time.perf_counter())

        driver = time.process_time()
        if not run_batch(plan, options, lambda: pool, tell).complete:
            raise SystemExit("Stopped.")
        driver = time.process_time() - driver
        with Journal(options.out, {}, resume=True) as journal:
            cpu = [1000 * row["cpu_seconds"] for row in journal.rows()]
    print("photos   driver MB   largest worker MB")
    for done, here, there in memory:
        print(f"{done:6d} {here:11.0f} {there:12.0f}")
    size = max(100, count // 10)
    print(f"\nprocessor ms a photo, mean over {size} photos each:")
    first = statistics.mean(cpu[len(cpu) // 50 or 1 : size])
    for start in range(0, count - size + 1, size):
        part = statistics.mean(cpu[start : start + size])
        print(f"{start:6d}–{start + size:6d} {part:8.1f}  {100 * (part / first - 1):+5.1f} %")
    wall = (marks[-1] - marks[1]) / (memory[-1][0] - memory[0][0] or 1)
    print(f"wall {1000 * wall:.1f} ms a photo with {jobs} workers")
    print(f"driver {1000 * driver / count:.2f} processor ms a photo")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megapixels", type=float, default=1.2)
    parser.add_argument("--blocks", type=int, default=6)
    parser.add_argument("--photos", type=int, default=20)
    parser.add_argument("--others", type=float, default=0.1)
    parser.add_argument("--no-pictures", action="store_true")
    parser.add_argument("--long", type=int, metavar="COUNT")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="--long with the model lite, one pass")
    options = parser.parse_args()
    if options.long:
        model = Settings("lite", fast=True) if options.quick else Settings()
        long_run(options.long, options.jobs, options.megapixels, model)
    else:
        pictures = not options.no_pictures
        compare(options.megapixels, options.blocks, options.photos, options.others, pictures)


if __name__ == "__main__":
    main()
