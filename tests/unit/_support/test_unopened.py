"""Modules of a package without its ``__init__``: nothing stays, and the package still works."""

from __future__ import annotations

import itertools
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from posture._support import unopened
from posture._support.unopened import allow_unopened_packages, unopened_packages
from tests.support.own_process import printed_by


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """`gathering`, whose __init__ tells that it ran, with the modules `leaf` and `helper`."""
    folder = tmp_path / "gathering"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("OPENED = True\nfrom gathering import leaf")
    (folder / "inner" / "__init__.py").write_text("raise RuntimeError('opened')")
    (folder / "inner" / "deep.py").write_text("DEPTH = 2")
    (folder / "leaf.py").write_text("from gathering import helper\nVALUE = helper.VALUE")
    (folder / "helper.py").write_text("VALUE = 7")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(unopened, "_own_process", threading.Event())
    yield "gathering"
    for name in [name for name in sys.modules if name.partition(".")[0] == "gathering"]:
        del sys.modules[name]


def test_only_the_modules_that_are_named_are_run(package: str) -> None:
    allow_unopened_packages()
    with unopened_packages(package, f"{package}.inner"):
        from gathering import leaf  # type: ignore[import-not-found]
        from gathering.inner import deep  # type: ignore[import-not-found]

        assert not hasattr(sys.modules[package], "OPENED")
    assert (leaf.VALUE, deep.DEPTH) == (7, 2)
    assert not [name for name in sys.modules if name.startswith(package)]


def test_the_package_opens_normally_afterwards(package: str) -> None:
    allow_unopened_packages()
    with unopened_packages(package):
        from gathering import leaf
    import gathering

    assert gathering.OPENED and gathering.leaf.VALUE == 7
    assert gathering.leaf is not leaf


def test_a_package_that_is_open_is_used_as_it_is(package: str) -> None:
    allow_unopened_packages()
    import gathering

    with unopened_packages(package):
        from gathering import leaf
    assert leaf is gathering.leaf is sys.modules["gathering.leaf"]


def test_in_a_process_of_others_packages_are_opened(package: str) -> None:
    with unopened_packages(package):
        from gathering import leaf
    assert sys.modules[package].OPENED and leaf is sys.modules["gathering.leaf"]


def test_other_threads_may_import_meanwhile(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each look at a module's name were when another thread has imported one."""
    allow_unopened_packages()
    is_in, names = unopened._is_in, itertools.count()

    def while_others_import(name: str, root: str) -> bool:
        monkeypatch.setitem(sys.modules, f"imported_{next(names)}", sys)
        return is_in(name, root)

    monkeypatch.setattr(unopened, "_is_in", while_others_import)
    with unopened_packages(package):
        from gathering import leaf
    assert leaf.VALUE == 7 and next(names) > 1
    assert not [name for name in sys.modules if name.startswith(package)]


def test_nothing_stays_after_a_failure(package: str) -> None:
    allow_unopened_packages()
    with pytest.raises(ImportError), unopened_packages(package):
        from gathering import absent  # noqa: F401
    with (
        pytest.raises(ImportError, match=r"no package gathering\.leaf"),
        unopened_packages(package, f"{package}.leaf"),
    ):
        pytest.fail("a module is no package")
    assert not [name for name in sys.modules if name.startswith(package)]


def test_scipy_and_mediapipe_work_beside_their_unopened_modules() -> None:
    """In a process of its own, where neither was imported before."""
    told = printed_by(
        textwrap.dedent(
            """
            import sys
            from posture._support.unopened import allow_unopened_packages
            allow_unopened_packages()
            from posture.outline.smoothing import smooth
            from posture.pose.mediapipe import load_mediapipe
            vendor = load_mediapipe()
            print([n for n in sys.modules if n.partition(".")[0] in ("scipy", "mediapipe")])
            import mediapipe, numpy as np, scipy.linalg, scipy.signal
            from mediapipe.tasks.python import vision
            print(vision.PoseLandmarker is not vendor.landmarker)
            banded = np.array([[4.0, 4, 4], [1, 1, 0]])
            print(scipy.linalg.solveh_banded(banded, np.ones(3), lower=True).round(3).tolist())
            line = np.arange(50.0)
            print(np.allclose(smooth(line, np.ones(50), 2.0, 40.0), line))
            """
        )
    )
    assert told.splitlines() == ["[]", "True", "[0.214, 0.143, 0.214]", "True"]
