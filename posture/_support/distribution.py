"""The distribution that carries this package: its name, what it asks for, how to set it up again.

It is on no package index, and ``posture`` there is somebody else's.  So no sentence tells anybody
to install either by name: parts that are missing are named themselves.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from posture.errors import PackageMissing

if TYPE_CHECKING:
    from packaging.requirements import Requirement

DISTRIBUTION = "posture-backline"
REINSTALL = (
    "Set up again: make setup in a checkout; elsewhere run pip install --force-reinstall FILE "
    "with the .whl file that it came from"
)

Extra = Literal["page", "report", "tables", "plots", "study", "cluster", "frames", "motion"]
# What asks for each extra, and the modules that it cannot do without.
EXTRAS: dict[Extra, tuple[str, tuple[str, ...]]] = {
    "page": ("The page in the browser", ("streamlit", "altair", "segno", "nacl")),
    "report": ("The report as a PDF", ("reportlab",)),
    "tables": ("A Parquet table", ("pyarrow",)),
    "plots": ("A plot over time", ("matplotlib",)),
    "study": ("The report of a study", ("reportlab", "matplotlib")),
    "cluster": ("A cluster, or a photo by its address,", ("distributed", "fsspec")),
    "frames": ("A data frame", ("pandas",)),
    "motion": ("A C3D file", ("c3d",)),
}
_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(*names: str) -> Path | None:
    """A file or folder beside the package in a checkout, inside it in an installed wheel.

    None when it is in neither place.
    """
    places = (folder.joinpath(*names) for folder in (_PACKAGE, _PACKAGE.parent))
    return next((path for path in places if path.exists()), None)


@cache
def requirements(extra: str = "") -> tuple[Requirement, ...]:
    """What the distribution asks for here: always, or for one of its extras only.

    Raises:
        importlib.metadata.PackageNotFoundError: when its files lie here, but were not installed.
    """
    from importlib import metadata

    from packaging.requirements import Requirement

    lines = map(Requirement, metadata.requires(DISTRIBUTION) or ())
    return tuple(line for line in lines if _asked_for(line, extra))


def require_extra(extra: Extra) -> None:
    """Do nothing where the packages of an extra are there; none of them is loaded.

    Raises:
        PackageMissing: names those that are not, and the line that installs them.
    """
    asking, modules = EXTRAS[extra]
    if missing := [name for name in modules if find_spec(name) is None]:
        raise PackageMissing(
            f"{asking} needs {' and '.join(missing)}, which this installation lacks.",
            line_to_install(extra),
        )


def line_to_install(extra: Extra) -> str:
    """One line to run, with this very Python."""
    from importlib import metadata

    try:
        packages = [f'"{item.name}{item.specifier}"' for item in requirements(extra)]
    except metadata.PackageNotFoundError:
        packages = []
    if not packages:
        # The files are newer than what was installed, or were not installed at all.
        packages = [f'--editable "{_PACKAGE.parent}[{extra}]"']
    # Environments that uv makes have no pip of their own.
    installer = (
        f'uv pip install --python "{sys.executable}"'
        if find_spec("pip") is None
        else f'"{sys.executable}" -m pip install'
    )
    return f"Run: {installer} {' '.join(packages)}"


def _asked_for(requirement: Requirement, extra: str) -> bool:
    marker = requirement.marker
    if marker is None:
        return not extra
    always = marker.evaluate({"extra": ""})
    return marker.evaluate({"extra": extra}) and always == (not extra)
