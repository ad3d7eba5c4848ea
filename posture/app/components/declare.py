"""Declares the components to Streamlit, which takes the code of each as one piece.

The code lies in ES modules beside this file: an editor and a linter know what a module imports.
Joining them needs no build step: the modules of a component are put behind one another, each after
those that it imports.  So the names at the top level of a component's modules must all differ, and
imports and exports stand at the start of a line.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

import streamlit as st

FOLDER = resources.files("posture").joinpath("app/components")
CodeByPath = dict[PurePosixPath, str]

_IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


@cache
def declared(name: str, html: str | None = None) -> Any:
    """The Streamlit component of `name`.js, with the style of `name`.css where there is one.

    Args:
        name: of the files.
        html: what the component's script finds.
    """
    style = FOLDER.joinpath(f"{name}.css")
    return st.components.v2.component(
        f"posture_{name}",
        html=html,
        css=style.read_text(encoding="utf-8") if style.is_file() else None,
        js=joined_script(f"{name}.js"),
    )


def joined_script(module: str) -> str:
    """The code of a module and of all that it imports, as one module; only its default is exported.

    Args:
        module: path from the folder of the components.
    """
    return "\n".join(
        f"// {path}\n{_EXPORT.sub('', _IMPORT.sub('', code))}"
        for path, code in _with_imports(PurePosixPath(module), {}).items()
    )


def _with_imports(
    module: PurePosixPath, found: dict[PurePosixPath, str]
) -> dict[PurePosixPath, str]:
    """`found` and the code of this module, each module behind those that it imports."""
    code = FOLDER.joinpath(str(module)).read_text(encoding="utf-8")
    for imported in _IMPORT.findall(code):
        path = _resolved(module.parent, imported)
        if path not in found:
            _with_imports(path, found)
    found[module] = code
    return found


def _resolved(folder: PurePosixPath, imported: str) -> PurePosixPath:
    """The path of a module that a module in `folder` imports by ./ or ../."""
    for part in PurePosixPath(imported).parts:
        folder = folder.parent if part == ".." else folder / part
    return folder
