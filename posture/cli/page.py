"""``posture app``: starts the page and opens it in the browser."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from posture._support.distribution import REINSTALL, require_extra, shipped
from posture.app.environment import LANGUAGE, NORMS, STUDY
from posture.errors import InvalidInput, PostureError
from posture.verdict.norms import load_norms


def start_file() -> Path:
    """The file that Streamlit runs; its settings lie in ``.streamlit`` beside it.

    Raises:
        PostureError: when the installation lacks it.
    """
    # A wheel keeps it in the room of the pages, a checkout at its root.
    found = shipped("app", "app.py") or shipped("app.py")
    if found is None:
        raise PostureError("The page is missing from this installation.", f"{REINSTALL}.")
    return found


def serve(options: argparse.Namespace) -> int:
    """Run the page until it is stopped.

    Raises:
        PostureError: when it cannot be started.
    """
    require_extra("page")
    command = [sys.executable, "-m", "streamlit", "run", str(start_file())]
    command += ["--server.address", "localhost", "--server.port", str(options.port)]
    if options.no_browser:
        command += ["--server.headless", "true"]
    environment = _own_environment()
    environment.pop(NORMS, None)
    environment.pop(LANGUAGE, None)
    environment.pop(STUDY, None)
    if options.lang is not None:
        environment[LANGUAGE] = options.lang
    # What cannot be used is told here, not on the page.
    if options.norms is not None:
        load_norms(options.norms)
        environment[NORMS] = os.path.abspath(options.norms)
    if options.study is not None:
        _require_study(options)
        environment[STUDY] = os.path.abspath(options.study)
    with subprocess.Popen(command, env=environment) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            # Streamlit was interrupted too, and closes its model before it ends.
            server.wait()
            return 0


def _require_study(options: argparse.Namespace) -> None:
    from posture.study.folder import read_study

    read_study(options.study, results=False)
    if options.norms is not None:
        raise InvalidInput(
            "A study is measured with the built-in reference values.", "Leave --norms out."
        )


def _own_environment() -> dict[str, str]:
    """The environment without Streamlit's variables, which would go before the page's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
