"""What was typed, which part of the program it starts, and the exit code."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

from posture._support.outside import in_one_line
from posture._support.unopened import allow_unopened_packages
from posture.cli.grammar import parsed
from posture.cli.streams import close_quietly, require_streams
from posture.errors import InvalidInput, PostureError, SystemLibraryMissing

if TYPE_CHECKING:
    from posture.subject import Subject

ERROR = 1
INTERRUPTED = 130
BROKEN_PIPE = 141
MEMORY_SHORT = (
    "The memory does not suffice. Close other programs, or allow this one more (ulimit -v)."
)
# What Python says where no memory is left for a thread.
_NO_THREAD = "can't start new thread"
# What the loader says of a library that is there but does not fit.
_WORDS_OF_SHORTAGE = ("failed to map segment", "annot allocate memory")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; `arguments` are those of the process when None."""
    require_streams()
    if arguments is None:
        allow_unopened_packages()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(parsed(words))
        sys.stdout.flush()
    except PostureError as error:
        code = _failed(str(error))
    except ImportError as error:
        code = _failed(_explained(error))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has left.
        code = BROKEN_PIPE
    except (MemoryError, SystemError):
        # Where memory ends while a library is loaded, Python reports an error without a name.
        code = _failed(MEMORY_SHORT)
    except RuntimeError as error:
        if _NO_THREAD not in str(error):
            raise
        code = _failed(MEMORY_SHORT)
    except OSError as error:
        code = _failed(f"The system reports: {error.strerror or error}. {_what_to_do(error)}")
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else ERROR
    sys.exit(code if close_quietly(sys.stdout) else code or ERROR)


def _failed(message: str) -> int:
    print(f"posture: {in_one_line(message)}", file=sys.stderr)
    return ERROR


def _explained(error: ImportError) -> str:
    """Why a library does not load, and what to do."""
    if any(words in str(error) for words in _WORDS_OF_SHORTAGE):
        return MEMORY_SHORT
    from posture._support.system_libraries import require_system_libraries

    try:
        require_system_libraries()
    except SystemLibraryMissing as missing:
        return str(missing)
    return f"The installation is incomplete: {error}. Install the program again."


def _what_to_do(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "Free some space, or send the output somewhere else."
    if error.errno in (errno.ENOMEM, errno.EAGAIN):
        return "Close other programs and try again."
    return "Check the disk and where the output goes."


def _run(options: argparse.Namespace) -> int:
    _write_any_name(sys.stdout, json=getattr(options, "json", False))
    _write_any_name(sys.stderr, json=False)
    return RUN[options.command](options)


def _write_any_name(stream: TextIO, *, json: bool) -> None:
    """Let file names through that the terminal's encoding cannot write; JSON is always UTF-8."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8" if json else None, errors="backslashreplace")


def _analyze(options: argparse.Namespace) -> int:
    from posture.cli.exit_codes import overall_exit_code
    from posture.cli.inputs import require_local
    from posture.photo.find import is_clip

    require_local(options.photos)
    subject = _subject(options)
    clips = [word for word in options.photos if is_clip(word)]
    _require_fitting_save(options, clips)
    _require_fitting_motion(options, clips)
    codes = []
    if clips:
        from posture.cli.clips import analyze_clips

        codes.append(analyze_clips(options, clips, subject))
    options.photos = [word for word in options.photos if not is_clip(word)]
    if options.photos:
        from posture.cli.session import analyze_photos

        codes.append(analyze_photos(options, subject))
    return overall_exit_code(codes)


def _require_fitting_save(options: argparse.Namespace, clips: Sequence[str]) -> None:
    about_history = (options.keep_picture, options.taken, options.pain, options.training)
    if options.save is None and any(item is not None for item in about_history):
        raise InvalidInput(
            "--keep-picture, --taken, --pain and --training are about the history.",
            "Add --save NAME, or leave them.",
        )
    if options.save is not None and clips:
        raise InvalidInput("Only photos are kept, not clips.", "Leave --save or the clip out.")


def _require_fitting_motion(options: argparse.Namespace, clips: Sequence[str]) -> None:
    if options.motion is None:
        return
    if not clips:
        raise InvalidInput("--motion is about clips, and there is none.", "Name a clip.")
    if options.out is None:
        raise InvalidInput("It is not said where motion files go.", "Add --out DIR.")


def _subject(options: argparse.Namespace) -> Subject:
    from posture.subject import Subject

    return Subject(
        stature_mm=options.stature,
        sex=options.sex,
        age=options.age,
        hand_thickness_mm=options.hand,
    )


def _batch(options: argparse.Namespace) -> int:
    from posture.cli.batch import run

    return run(options, _subject(options))


def _history(options: argparse.Namespace) -> int:
    from posture.cli.history import run

    return run(options)


def _live(options: argparse.Namespace) -> int:
    from posture.cli.live import watch

    return watch(options, _subject(options))


def _study(options: argparse.Namespace) -> int:
    from posture.cli.study import run

    return run(options)


def _app(options: argparse.Namespace) -> int:
    from posture.cli.page import serve

    return serve(options)


def _doctor(_: argparse.Namespace) -> int:
    from posture.cli.doctor import examine, print_checks

    return print_checks(examine())


def _schema(options: argparse.Namespace) -> int:
    if options.dictionary is not None:
        from posture.cli.export import dictionary_text

        print(dictionary_text(options.dictionary), end="")
        return 0
    from posture.cli.schema import result_schema_text

    print(result_schema_text(), end="")
    return 0


def _export(options: argparse.Namespace) -> int:
    from posture.cli.export import run

    return run(options)


def _completion(options: argparse.Namespace) -> int:
    from posture.cli.completion import completion

    print(completion(options.shell), end="")
    return 0


def _norms(options: argparse.Namespace) -> int:
    from posture.cli.norms import run

    return run(options)


def _report(options: argparse.Namespace) -> int:
    from posture.cli.report import run

    return run(options)


RUN: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "analyze": _analyze,
    "batch": _batch,
    "history": _history,
    "report": _report,
    "live": _live,
    "study": _study,
    "app": _app,
    "doctor": _doctor,
    "schema": _schema,
    "export": _export,
    "norms": _norms,
    "completion": _completion,
}
