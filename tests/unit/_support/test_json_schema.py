"""JSON Schema from the annotations of a dataclass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft202012Validator

from posture._support.described import Allowed, Shared
from posture._support.json_schema import json_schema
from posture._support.plain import from_plain, to_plain

PointPx = Annotated[tuple[float, float], Shared("point_px", "x and y.")]


@dataclass(frozen=True)
class Leaf2D:
    """A leaf.

    It may be wet.

    Raises:
        ValueError: never.
    """

    size_mm: Annotated[float, "Its length.", Allowed(minimum=0)]
    at_px: Annotated[PointPx, "Where it hangs."]


@dataclass(frozen=True)
class Tree:
    """A tree."""

    name: Annotated[str | None, "What it is called.", Allowed(pattern="^[a-z]+$")]
    kind: Annotated[Literal["oak", "elm"] | None, "Which."]
    rings: Annotated[int, "How old.", Allowed(1, 999)]
    felled: bool
    outline_px: tuple[PointPx, ...]
    box: Annotated[tuple[float, float, float] | None, "Its size."]
    leaves: dict[str, Leaf2D]
    first: Annotated[Leaf2D | None, "The first one."]


TREE = Tree("ash", None, 3, False, ((1.0, 2.0),), None, {"a": Leaf2D(3.0, (1.0, 2.0))}, None)


def test_everything_that_is_annotated_stands_in_the_schema() -> None:
    leaf = {"$ref": "#/$defs/leaf"}
    point = {"$ref": "#/$defs/point_px"}
    assert json_schema(Tree) == {
        "description": "A tree.",
        "type": "object",
        "properties": {
            "name": {
                "description": "What it is called.",
                "type": ["string", "null"],
                "pattern": "^[a-z]+$",
            },
            "kind": {"description": "Which.", "enum": ["oak", "elm", None]},
            "rings": {"description": "How old.", "type": "integer", "minimum": 1, "maximum": 999},
            "felled": {"type": "boolean"},
            "outline_px": {"type": "array", "items": point},
            "box": {
                "description": "Its size.",
                "type": ["array", "null"],
                "items": {"type": "number"},
                "minItems": 3,
                "maxItems": 3,
            },
            "leaves": {"type": "object", "additionalProperties": leaf},
            "first": {"description": "The first one.", "anyOf": [leaf, {"type": "null"}]},
        },
        "required": [
            *("name", "kind", "rings", "felled", "outline_px", "box", "leaves", "first"),
        ],
        "additionalProperties": False,
        "$defs": {
            "point_px": {
                "description": "x and y.",
                "type": "array",
                "items": {"type": "number"},
                "minItems": 2,
                "maxItems": 2,
            },
            "leaf": {
                "description": "A leaf. It may be wet.",
                "type": "object",
                "properties": {
                    "size_mm": {"description": "Its length.", "type": "number", "minimum": 0},
                    "at_px": {"description": "Where it hangs.", **point},
                },
                "required": ["size_mm", "at_px"],
                "additionalProperties": False,
            },
        },
    }


def test_it_is_the_schema_of_what_is_written() -> None:
    validator = Draft202012Validator(json_schema(Tree))
    validator.validate(to_plain(TREE))
    assert from_plain(Tree, to_plain(TREE)) == TREE


@pytest.mark.parametrize(
    "changes", [{"rings": 0}, {"name": "A"}, {"kind": "yew"}, {"box": [1.0]}, {"felled": None}]
)
def test_it_rejects_what_is_not_allowed(changes: dict[str, Any]) -> None:
    validator = Draft202012Validator(json_schema(Tree))
    assert not validator.is_valid(to_plain(TREE) | changes)
