"""Starting the page: the command, the settings, what a wheel must carry."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from posture._support.texts import page_texts
from posture.cli.grammar import build_parser
from posture.cli.page import start_file
from posture.live.live_settings import live_settings
from posture.photo import decode as photo
from tests.support.paths import ROOT

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_command_starts_the_file_beside_its_settings() -> None:
    assert start_file() == ROOT / "app.py"
    options = build_parser().parse_args(["app", "--port", "9000", "--no-browser"])
    assert (options.port, options.no_browser) == (9000, True)


def test_streamlit_sees_a_whole_application() -> None:
    """It looks for these words in the source; without them routes and headers are lost."""
    assert re.search(r"^app = st\.App\(", (ROOT / "app.py").read_text(), flags=re.M)


def test_the_start_file_stays_thin() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) < 12


def test_settings_keep_the_page_at_home() -> None:
    server = SETTINGS["server"]
    assert server["address"] == "localhost"
    assert set(server["allowedHosts"]) == {"localhost", "127.0.0.1", "::1"}
    assert server["enableXsrfProtection"] and server["enableCORS"]
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
    assert server["maxUploadSize"] * 1024**2 <= photo.MAX_FILE_BYTES


def test_the_package_itself_stays_light() -> None:
    code = "import posture, sys; sys.exit(bool({'streamlit', 'reportlab'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path("/"), check=False).returncode == 0


def test_every_instruction_names_what_is_worn_at_the_waist() -> None:
    """A pouch, a brace or a phone changes the outline, and is often not seen as such."""
    live = (ROOT / "docs" / "live.md").read_text().partition("## The page")[0]
    said = (
        page_texts()["check"]["steps"]["two"],
        page_texts()["live"]["lead"],
        live_settings().instructions[0].say,
        (ROOT / "README.md").read_text().partition("## How to take the photo")[2],
        live,
    )
    for instruction in said:
        for thing in ("belt", "brace", "pouch", "phone", "bag"):
            assert thing in instruction


def test_what_every_tab_needs_is_loaded_before_there_are_tabs() -> None:
    """Threads that load one module at once now and then find it half made."""
    script = """
import ast, sys
from importlib.util import find_spec
from posture.app import server
server.options()
tree = ast.parse(server.MAIN.read_text(encoding="utf-8"))
froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
wanted = {node.module for node in froms}
wanted |= {f"{node.module}.{name.name}" for node in froms for name in node.names}
def is_module(name):
    parent = sys.modules[name.rpartition(".")[0]]
    return hasattr(parent, "__path__") and find_spec(name) is not None
modules = {name for name in wanted if name.startswith("posture.") and is_module(name)}
print(len(modules), sorted(name for name in modules if name not in sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    count, missing = ran.stdout.split(maxsplit=1)
    assert int(count) > 5 and missing.strip() == "[]"
