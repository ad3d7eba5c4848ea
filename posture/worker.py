"""A child process that holds a pose model, so that what aborts there aborts nothing else.

Decoders and MediaPipe are native code: a bug in them ends the process they run in.  A
:class:`Worker` runs them in a child, notices when it dies or hangs, and starts the next one.  The
child of an :class:`IsolatedAnalyzer` holds an analyzer.

:func:`main` is what the child runs; parent and child exchange pickles over pipes.  The child leaves
when its standard input closes, so it never outlives its parent.  Importing this module is light:
a parent that only asks and prints loads neither decoders nor arrays.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import partial
from typing import (
    TYPE_CHECKING,
    Any,
    BinaryIO,
    Concatenate,
    Generic,
    ParamSpec,
    TypeVar,
    cast,
)

from posture._support.closing import Closing
from posture._support.cores import usable_cores
from posture._support.language import language, use_language
from posture._support.native_stderr import native_stderr_silenced
from posture._support.unopened import allow_unopened_packages
from posture.errors import WorkerDied, WorkerHung
from posture.settings import Settings

if TYPE_CHECKING:
    from posture.analyzer import Analyzer
    from posture.photo.decode import Photo, PhotoSource
    from posture.result import Result
    from posture.subject import Subject

P = ParamSpec("P")
T = TypeVar("T")
# What the child holds.
Held = TypeVar("Held")

# Far beyond what the largest photo takes on a slow machine, the loading of the model included.
PATIENCE_S = 180.0
# One heap for all threads (glibc): with one each, every thread keeps what it does not need; what is
# large is given back at once.  And no threads of the linear algebra: nothing here is large enough
# for them, and they wait busily.
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "4000000",
    "OPENBLAS_NUM_THREADS": "1",
}
# How long a child may take to close its model before it is ended.
CLOSING_S = 10.0


class Worker(Closing, Generic[Held]):
    """One child process that holds something costly; a context manager.

    The child is started by the first call, by :meth:`launch` or by :meth:`start`, and again after
    it died.  Calls from several threads take turns.

    Args:
        opener: makes, in the child, what it holds: a function of a module, or a partial of one,
            that returns a context manager, which is left when the child ends.
        patience_s: a call that takes longer counts as hung; its child is killed.
        calls_per_process: after this many calls a fresh child takes over, which gives back whatever
            memory native code did not; never when None.
    """

    def __init__(
        self,
        opener: Callable[[], AbstractContextManager[Held]],
        *,
        patience_s: float = PATIENCE_S,
        calls_per_process: int | None = None,
    ) -> None:
        self._opener = opener
        self._patience_s = patience_s
        self._calls_per_process = calls_per_process
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._calls = 0

    @property
    def pid(self) -> int | None:
        """Process id of the child; None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def launch(self) -> None:
        """Start the child, which opens what it holds meanwhile; the first call tells how it went.

        Raises:
            OSError: when there can be no other process.
        """
        with self._turn:
            self._child = self._child or self._started()

    def start(self) -> None:
        """Open what the child holds now, not with the first call; raises like :meth:`run`."""
        self.run(_ready)

    def run(self, task: Callable[Concatenate[Held, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What ``task(held, *args, **named)`` returns in the child.

        Args:
            task: a function of a module, for it is sent by its name.  What it says there is in
                the language that is spoken here.
            args, named: anything that can be pickled.

        Raises:
            WorkerDied: when the child ended, or hung (WorkerHung); the next call gets a new one.
            Exception: whatever `task` raised, or the opener.
        """
        request = pickle.dumps((language(), task, args, named), pickle.HIGHEST_PROTOCOL)
        with self._turn:
            try:
                raised, value = self._answer_to(request)
            except WorkerDied:
                self._kill()
                raise
            except BaseException:
                # We were interrupted, and an answer may still be under way.
                self._dismiss()
                raise
            self._calls += 1
            if self._calls_per_process is not None and self._calls >= self._calls_per_process:
                self._dismiss()
        if raised:
            raise cast(BaseException, value)
        return cast(T, value)

    def close(self) -> None:
        """Let the child close its model and end."""
        with self._turn:
            self._dismiss()

    def _answer_to(self, request: bytes) -> tuple[bool, Any]:
        """Whether the task raised, and its value or error."""
        child = self._child = self._child or self._started()
        to_child, from_child = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
        hung = threading.Event()

        def give_up() -> None:
            hung.set()
            child.kill()

        timer = threading.Timer(self._patience_s, give_up)
        timer.daemon = True
        try:
            timer.start()
            to_child.write(request)
            to_child.flush()
            return cast(tuple[bool, Any], pickle.load(from_child))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            kind = WorkerHung if hung.is_set() else WorkerDied
            raise kind("The process that measures photos has ended.", "Try again.") from error
        finally:
            timer.cancel()

    def _started(self) -> subprocess.Popen[bytes]:
        self._calls = 0
        # -P: a file of the current folder must not pose as one of our modules.
        command = [sys.executable, "-P", "-c", "from posture.worker import main; main()"]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_FRUGAL, **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            # Ctrl-C is for the parent, which decides what becomes of the child.
            start_new_session=True,
        )
        with suppress(OSError):  # a child that is dead already shows when it is asked something
            pickle.dump(self._opener, cast(BinaryIO, child.stdin), pickle.HIGHEST_PROTOCOL)
        return child

    def _dismiss(self) -> None:
        """Ask the child to drop what it does, clean up and end; kill it if it does not."""
        if self._child is None:
            return
        with suppress(OSError, subprocess.TimeoutExpired):
            self._child.terminate()
            self._child.wait(CLOSING_S)
        self._kill()

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):  # what could not be sent any more
                cast(BinaryIO, pipe).close()


class IsolatedAnalyzer(Worker["Analyzer"]):
    """:class:`Analyzer` in a child process: what crashes or hangs it becomes a refusal.

    Args:
        settings: of the analyzer.
        side_by_side: whether the two passes over a photo may use two cores, where there are two:
            for who waits for one photo at a time.
        patience_s, calls_per_process: as for :class:`Worker`.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        side_by_side: bool = False,
        patience_s: float = PATIENCE_S,
        calls_per_process: int | None = None,
    ) -> None:
        self.settings = settings or Settings()
        super().__init__(
            partial(open_analyzer, self.settings, side_by_side=side_by_side),
            patience_s=patience_s,
            calls_per_process=calls_per_process,
        )

    def analyze(self, source: PhotoSource, subject: Subject | None = None) -> Result:
        """As :meth:`Analyzer.analyze`."""
        return self.look(source, subject, keep_photo=False)[1]

    def look(
        self, source: PhotoSource, subject: Subject | None = None, *, keep_photo: bool = True
    ) -> tuple[Photo | None, Result]:
        """The decoded photo (None when it cannot be read, or is not to be kept) and its result."""
        from posture.subject import Subject

        subject = subject or Subject()
        try:
            return self.run(_look, source, subject, keep_photo)
        except WorkerDied as death:
            return None, refused_by_death(self.settings, source, subject, death)


def refused_by_death(
    settings: Settings, source: PhotoSource, subject: Subject, death: WorkerDied
) -> Result:
    """The result of a photo over which the child died."""
    # Here: with these come all decoders.
    from posture.findings import finding
    from posture.photo.decode import name_of
    from posture.refusal import refused

    code = "measuring-too-long" if isinstance(death, WorkerHung) else "measuring-crashed"
    return refused(settings, name_of(source), None, subject, (finding(code),))


def _look(
    analyzer: Analyzer, source: PhotoSource, subject: Subject, keep_photo: bool
) -> tuple[Photo | None, Result]:
    photo, result = analyzer.look(source, subject)
    return photo if keep_photo else None, result


def open_analyzer(settings: Settings, *, side_by_side: bool) -> Analyzer:
    """What the child of an :class:`IsolatedAnalyzer` holds."""
    from concurrent.futures import ThreadPoolExecutor, wait

    from posture.pose.bundles import bundle_path

    with ThreadPoolExecutor(1) as beside:
        # What waits for the disk and what is native code lets others run.  Imports do not, so the
        # model is not loaded before those that it needs are done, and beside all others.
        checking = beside.submit(bundle_path, settings.model)
        from posture.pose.mediapipe import PoseModel, load_mediapipe

        with suppress(Exception):  # told by the loading itself
            load_mediapipe()
        wait([checking])
        twice = side_by_side and not settings.fast and usable_cores() > 1
        loading = beside.submit(PoseModel, settings.model, side_by_side=twice)
        try:
            from posture.analyzer import Analyzer
            from posture.outline.colours import prepare_colours

            settings.prepare()
            analyzer = Analyzer(
                settings.model,
                fast=settings.fast,
                norms=settings.own_norms,
                calibration=settings.own_calibration,
                pose_model=loading.result(),
            )
        except BaseException:
            loading.result().close()
            raise
    # Nobody waits for it: the first photo is looked for a person meanwhile.
    threading.Thread(target=prepare_colours, daemon=True).start()
    return analyzer


def _ready(_: object) -> None:
    """Nothing but the opening of what the child holds."""


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more: what the child does."""
    opener: Callable[[], AbstractContextManager[Any]] = pickle.load(requests)
    held: list[Any] = []
    with ExitStack() as stack:

        def open_it() -> None:
            held.append(stack.enter_context(opener()))

        # At once, while the parent prepares what to ask; who asks first is told when it failed.
        opening: tuple[bool, Any] | None = _answer(open_it)
        while True:
            try:
                code, task, args, named = pickle.load(requests)
            except EOFError:
                return
            use_language(code)
            opening = opening or _answer(open_it)
            if held:
                answer = _answer(task, held[0], *args, **named)
            else:
                answer, opening = opening, None
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _answer(task: Callable[..., Any], *args: Any, **named: Any) -> tuple[bool, Any]:
    """Whether the task raised, and its value or error."""
    try:
        with native_stderr_silenced():
            return False, task(*args, **named)
    except Exception as error:
        return True, error


def main() -> None:
    """Serve the parent over the pipes that were standard input and output."""
    allow_unopened_packages()
    # Raised where the child is, so that half-written files are removed and the model is closed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A stray print must not get between the answers.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    with suppress(BrokenPipeError, SystemExit):  # the parent has gone, or wants no more
        serve(requests, answers)
    # Everything is closed; taking the interpreter down would only keep the parent waiting.
    os._exit(0)
