"""Build the site, every warning an error, and see that it asks no other machine for anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.site.outside import asked_from_outside

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"


def main() -> None:
    """Leave the site in ``site/``.

    Raises:
        SystemExit: when it cannot be built, or would load something from elsewhere.
    """
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        str(ROOT / "docs"),
        str(SITE),
    ]
    if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit(code)
    found = [
        f"{page.relative_to(SITE)}: {address}"
        for page in SITE.rglob("*.html")
        for address in asked_from_outside(page.read_text(encoding="utf-8"))
    ]
    if found:
        raise SystemExit("Loaded from elsewhere:\n" + "\n".join(found))
    print(f"The site is in {SITE}; open {SITE / 'index.html'}")


if __name__ == "__main__":
    main()
