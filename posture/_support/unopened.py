"""Modules of a large package without the rest of it.

A package that gathers everything it has in its ``__init__`` makes whoever needs a single module pay
for all: MediaPipe's loads audio, text, generative models and matplotlib, that of SciPy's linear
algebra a hundred modules.  Inside :func:`unopened_packages` such packages are empty shells that
know where their modules lie, so that an import runs just the modules that it names and those that
these need.

Afterwards nothing of it is left in ``sys.modules``: whoever imports the package normally, in the
same process, gets all of it, in modules of its own.  Only while the block runs would another thread
find the shells; so they are used in processes that are this program's own, and elsewhere, where
somebody's program has imported this one, the block imports as ever.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec

_own_process = threading.Event()
_one_at_a_time = threading.RLock()


def allow_unopened_packages() -> None:
    """Say that this process runs nothing but this program."""
    _own_process.set()


@contextmanager
def unopened_packages(*names: str) -> Iterator[None]:
    """Let the block import modules of packages whose ``__init__`` is not run.

    Where the first package is loaded already, or the process is not ours, it is run as ever.

    Args:
        names: a package, then packages in it whose own ``__init__`` is not needed either, each
            after the one that holds it.

    Raises:
        ImportError: when one of them is not found.
    """
    root = names[0]
    with _one_at_a_time:
        if root in sys.modules or not _own_process.is_set():
            yield
            return
        try:
            for name in names:
                sys.modules[name] = module_from_spec(_spec(name))
            yield
        finally:
            # A list, made at once: other threads may be importing.
            for name in list(sys.modules):
                if _is_in(name, root):
                    del sys.modules[name]


def _spec(name: str) -> ModuleSpec:
    parent = name.rpartition(".")[0]
    spec = PathFinder.find_spec(name, sys.modules[parent].__path__ if parent else None)
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError(f"There is no package {name}.", name=name)
    return spec


def _is_in(name: str, root: str) -> bool:
    return name == root or name.startswith(f"{root}.")
