"""Only known chatter is kept from standard error."""

from __future__ import annotations

import os
import threading

import pytest

from posture._support.native_stderr import native_stderr_silenced

CHATTER = (
    b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"
    b"WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n"
    b"W0000 00:00:1795363200.020019    6612 inference_feedback_manager.cc:114] Feedback manager\n"
)
ERROR = b"F0000 00:00:1795363200.020019    6612 calculator.cc:1] Check failed\n"


def test_chatter_is_dropped_and_all_else_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with native_stderr_silenced():
        os.write(2, CHATTER + ERROR)
        os.write(2, b"ours\n")
        assert capfd.readouterr().err == ""
    os.write(2, b"after\n")
    assert capfd.readouterr().err == ERROR.decode() + "ours\nafter\n"


def test_it_ends_with_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="x"), native_stderr_silenced():
        os.write(2, CHATTER + b"kept\n")
        raise ValueError("x")
    os.write(2, CHATTER)
    assert capfd.readouterr().err == "kept\n" + CHATTER.decode()


def test_overlapping_blocks_in_threads(capfd: pytest.CaptureFixture[str]) -> None:
    first_is_inside, second_is_inside = threading.Event(), threading.Event()

    def outlive_the_first() -> None:
        first_is_inside.wait()
        with native_stderr_silenced():
            second_is_inside.set()
            first.join()
            os.write(2, CHATTER + b"second\n")

    def end_early() -> None:
        with native_stderr_silenced():
            first_is_inside.set()
            second_is_inside.wait()
            os.write(2, b"first\n")

    first, second = (threading.Thread(target=work) for work in (end_early, outlive_the_first))
    first.start()
    second.start()
    second.join()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "first\nsecond\nafter\n"


def test_without_standard_error() -> None:
    saved = os.dup(2)
    os.close(2)
    try:
        with native_stderr_silenced():
            pass
    finally:
        os.dup2(saved, 2)
        os.close(saved)
