"""Numbers that move a reading, its ± or a refusal stand in data files, each with its source."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

PACKAGE = ROOT / "posture"
# Of all but the exercises, whose numbers are doses; their sources stand beside them.
DATA = [path for path in sorted((PACKAGE / "data").glob("*.toml")) if path.stem != "exercises"]
MARK = re.compile(r"# (fitted|chosen|physical): \S")
ROOMS = ("pose", "view", "outline", "curve", "checks", "verdict")
MODULES = [path for room in ROOMS for path in sorted((PACKAGE / room).glob("*.py"))]
MODULES += [PACKAGE / f"{name}.py" for name in ("analyzer", "combine", "edit", "subject")]

# What may stand in code, and why: by module, and by name or function.
ALLOWED = {
    "pose/landmarks.py Landmark": "the pose model's own order",
    "pose/mediapipe.py SIZE_MULTIPLE_PX": "keeps clear of a fault of the library",
    "pose/people.py STRIDE": "speed",
    "view/body_reach.py STRIDE": "speed",
    "view/body_reach.py _cell": "keeps OpenCV's whole numbers from running over",
    "outline/edge.py COUNTED": "speed",
    "outline/filters.py TRUNCATED": "speed: beyond, a Gaussian weighs nothing",
    "outline/hair.py Hair": "nothing was seen",
    "outline/smoothing.py MIN_WEIGHT": "keeps a matrix positive definite",
    "outline/smoothing.py smooth": "the same",
    "outline/smoothing.py _penalty_bands": "the third difference",
    "checks/frame.py EXTENT_STEP_PX": "speed",
    "checks/person.py check_turned": "degrees in a quarter turn",
    "verdict/norms.py _HASH_LENGTH": "letters of a name",
    "subject.py NOMINAL_STATURE_MM": "the unit of the data files",
    "subject.py _MM_PER": "units of length",
    "subject.py _MM_PER_INCH": "a unit of length",
    "subject.py parse_stature_mm": "units of length",
    "subject.py _bare_mm": "units of length",
}
# In a formula: nothing, all, a half; and what keeps from dividing by nothing.
IN_FORMULAS = {0.0, 0.5, 1.0, 1e-6, 1e-9}


# ---------------------------------------------------------------- data files


def numbers_in(value: object) -> int:
    """How many numbers plain data hold."""
    if isinstance(value, dict):
        return sum(numbers_in(item) for item in value.values())
    if isinstance(value, list):
        return sum(numbers_in(item) for item in value)
    return int(isinstance(value, (int, float)) and not isinstance(value, bool))


def on_a_line(line: str) -> dict[str, Any]:
    """What a line of a data file says by itself; nothing when it is a part of something longer."""
    try:
        return tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return {}


def unmarked(text: str) -> list[str]:
    """Lines with a number and no mark; and a word where a number stands on no line of its own."""
    lines = [(line, numbers_in(on_a_line(line))) for line in text.splitlines()]
    wrong = [line for line, count in lines if count and not MARK.search(line)]
    if sum(count for _, count in lines) != numbers_in(tomllib.loads(text)):
        wrong.append("a number over several lines")
    return wrong


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_every_number_tells_whether_it_is_fitted_chosen_or_physical(path: Path) -> None:
    assert not unmarked(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]\nb = 1.0  # chosen: by eye\nword = 'two'  # any", []),
        ("b = 1.0", ["b = 1.0"]),
        ("b = 1.0  # by eye", ["b = 1.0  # by eye"]),
        ("b = 1.0  # chosen:", ["b = 1.0  # chosen:"]),
        ("b = { m = [1] }  # half", ["b = { m = [1] }  # half"]),
        ("b = [\n  1.0,  # chosen: by eye\n]", ["a number over several lines"]),
    ],
)
def test_a_number_without_a_mark_is_found(text: str, expected: list[str]) -> None:
    assert unmarked(text) == expected


# ---------------------------------------------------------------- code


def in_code(source: str) -> set[str]:
    """Names outside functions that are set to numbers, and functions with numbers of their own."""
    tree = ast.parse(source)
    return set(_outside(tree.body)) | {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _own_numbers(node)
    }


def _outside(body: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.ClassDef(name=name, body=inner):
                if any(True for _ in _outside(inner)):
                    yield name
            case ast.Assign(targets=targets, value=value):
                yield from _set_to_number(targets, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _set_to_number([target], value)


def _set_to_number(targets: Iterable[ast.expr], value: ast.expr) -> Iterator[str]:
    if _is_number(value) or _of_weight(value):
        names = (node for target in targets for node in ast.walk(target))
        yield from (node.id for node in names if isinstance(node, ast.Name))


def _numbers(node: ast.AST) -> list[float]:
    return [
        item.value
        for item in ast.walk(node)
        if isinstance(item, ast.Constant)
        and isinstance(item.value, (int, float))
        and not isinstance(item.value, bool)
    ]


def _is_number(value: ast.expr) -> bool:
    """Whether it is nothing but a number, or several."""
    if isinstance(value, (ast.Tuple, ast.List)):
        return any(map(_is_number, value.elts))
    return bool(_numbers(value)) and isinstance(value, (ast.Constant, ast.UnaryOp))


def _of_weight(value: ast.expr) -> bool:
    """Whether an expression holds a number that is more than a count or a place."""
    return any(number not in (0, 1) for number in _numbers(value))


def _own_numbers(function: ast.FunctionDef) -> bool:
    """Whether a function holds a decimal number that belongs to no formula."""
    return any(
        isinstance(number, float) and number not in IN_FORMULAS for number in _numbers(function)
    )


def test_no_number_that_matters_stands_in_code() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()} {name}"
        for path in MODULES
        for name in in_code(path.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A = 3.5", {"A"}),
        ("A: float = -1", {"A"}),
        ("A, B = 1, 2", {"A", "B"}),
        ("A = np.arange(2.0, 9.0)", {"A"}),
        ("A = settings().step_mm", set()),
        ("A = np.array([settings().step_mm, 1.0])", set()),
        ("class A:\n    b: float = 0.3", {"A"}),
        ("def a(x):\n    return x > 0.35", {"a"}),
        ("def a(x, y=2.5):\n    return x", {"a"}),
        ("def a(x):\n    return 0.5 * x / max(x, 1e-9)", set()),
    ],
)
def test_a_number_in_code_is_found(source: str, expected: set[str]) -> None:
    assert in_code(source) == expected
