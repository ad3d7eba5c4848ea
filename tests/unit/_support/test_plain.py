"""Records as plain data and back: what comes back, and what is said of anything else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pytest

from posture._support.plain import NotTheKind, from_plain, stored_as, to_plain

Colour = Literal["red", "blue"]


@dataclass(frozen=True)
class Wheel:
    size_mm: float
    spokes: int
    colour: Colour = "red"

    def __post_init__(self) -> None:
        if self.size_mm <= 0:
            raise ValueError("a wheel has a size")


@dataclass(frozen=True)
class Bicycle:
    name: str
    folds: bool
    wheels: tuple[Wheel, ...] = field(metadata=stored_as("wheel"))
    spare: Wheel | None
    seat_px: tuple[float, float]
    price_by_colour: Mapping[Colour, float]
    parts: dict[str, Wheel]


BICYCLE = Bicycle(
    name="Anna",
    folds=False,
    wheels=(Wheel(622.0, 32), Wheel(622.0, 36, "blue")),
    spare=None,
    seat_px=(1.5, 2.0),
    price_by_colour={"red": 10.0, "blue": 12.5},
    parts={"small": Wheel(305.0, 20)},
)
WHEEL: dict[str, Any] = {"size_mm": 622, "spokes": 32, "colour": "blue"}


def changed(**changes: Any) -> dict[str, Any]:
    return to_plain(BICYCLE) | changes


def test_what_goes_out_as_json_comes_back_the_same() -> None:
    plain = json.loads(json.dumps(to_plain(BICYCLE)))
    assert from_plain(Bicycle, plain) == BICYCLE
    assert from_plain(Bicycle, plain, by_hand=True) == BICYCLE


class Place(NamedTuple):
    x: float
    y: float = 2.0


class Way(NamedTuple):
    start: Place
    stops: tuple[Place, ...]


def test_a_named_tuple_is_a_record_like_a_dataclass() -> None:
    way = Way(Place(1.0), (Place(3.0, 4.0),))
    plain = {"start": {"x": 1.0, "y": 2.0}, "stops": [{"x": 3.0, "y": 4.0}]}
    assert to_plain(way) == plain
    assert from_plain(Way, plain) == way
    assert from_plain(Way, {"start": {"x": 1}, "stops": []}, by_hand=True).start == Place(1.0)
    with pytest.raises(NotTheKind, match=r"missing start\.y"):
        from_plain(Way, {"start": {"x": 1.0}, "stops": []})
    with pytest.raises(NotTheKind, match=r"unknown start\.z"):
        from_plain(Way, {"start": {"x": 1.0, "z": 0.0}, "stops": []}, by_hand=True)


def test_a_field_may_have_another_key_in_the_file() -> None:
    plain = to_plain(BICYCLE)
    assert "wheels" not in plain
    assert [item["spokes"] for item in plain["wheel"]] == [32, 36]


def test_whole_numbers_become_fractions_where_these_are_asked_for() -> None:
    size = from_plain(Wheel, WHEEL).size_mm
    assert size == 622
    assert isinstance(size, float)


def test_a_dict_of_records_needs_no_record_round_it() -> None:
    assert from_plain(dict[str, Wheel], {"front": WHEEL}) == {"front": Wheel(622.0, 32, "blue")}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": 3}, "name: 3 is not a text"),
        ({"folds": 1}, "folds: 1 is not true or false"),
        ({"wheel": [WHEEL, WHEEL | {"spokes": 1.5}]}, "wheel[1].spokes: 1.5 is not a whole number"),
        ({"wheel": [WHEEL | {"spokes": True}]}, "wheel[0].spokes: True is not a whole number"),
        ({"wheel": [WHEEL | {"size_mm": "6"}]}, "wheel[0].size_mm: '6' is not a number"),
        ({"wheel": [WHEEL | {"size_mm": True}]}, "wheel[0].size_mm: True is not a number"),
        ({"wheel": [WHEEL | {"size_mm": -1.0}]}, "wheel[0]: a wheel has a size"),
        (
            {"wheel": [WHEEL | {"colour": "grey"}]},
            "wheel[0].colour: 'grey' is not one of red, blue",
        ),
        ({"wheel": WHEEL}, "is not a list"),
        ({"wheel": "none"}, "wheel: 'none' is not a list"),
        ({"wheel": [3]}, "wheel[0]: 3 is not a table"),
        ({"spare": 3}, "spare: 3 is not a table"),
        ({"seat_px": [1.0]}, "seat_px: [1.0] has not 2 items"),
        ({"price_by_colour": {"grey": 1.0}}, "price_by_colour: 'grey' is not one of red, blue"),
        ({"price_by_colour": {"red": "x"}}, "price_by_colour.red: 'x' is not a number"),
        ({"parts": {"small": {}}}, "missing parts.small.size_mm, parts.small.spokes"),
    ],
)
def test_anything_else_is_named_with_its_place(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(NotTheKind) as caught:
        from_plain(Bicycle, changed(**changes))
    assert problem in str(caught.value)


@pytest.mark.parametrize("data", [None, 3, "text", [WHEEL]])
def test_what_is_no_table_is_no_record(data: object) -> None:
    with pytest.raises(NotTheKind, match="is not a table"):
        from_plain(Wheel, data)


def test_a_long_value_is_not_printed_whole() -> None:
    with pytest.raises(NotTheKind) as caught:
        from_plain(Bicycle, changed(name=list(range(10_000))))
    assert len(str(caught.value)) < 100


# ---------------------------------------------------------------- by hand or by a program


def test_by_hand_a_default_may_be_left_out() -> None:
    assert from_plain(Wheel, {"size_mm": 1, "spokes": 3}, by_hand=True) == Wheel(1.0, 3)


def test_a_program_writes_every_field() -> None:
    with pytest.raises(NotTheKind, match=r"^missing colour$"):
        from_plain(Wheel, {"size_mm": 1, "spokes": 3})


def test_by_hand_missing_and_unknown_keys_are_named_together() -> None:
    data = {"wheels": {"front": {"size_mm": 1, "spoke": 3, "color": "red"}}}
    with pytest.raises(NotTheKind) as caught:
        from_plain(dict[str, dict[str, Wheel]], data, by_hand=True)
    assert str(caught.value) == (
        "missing wheels.front.spokes; unknown wheels.front.spoke, wheels.front.color"
    )


def test_what_another_version_of_the_program_adds_is_passed_over() -> None:
    assert from_plain(Wheel, WHEEL | {"rim": "alloy"}) == Wheel(622.0, 32, "blue")
