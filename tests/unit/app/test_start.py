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
