"""Whose visit a photo is of, in which order visits came, and what their files are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.batch.plan import Job, Request, planned
from posture.batch.visit import Visit, file_names, in_order, visit_of_texts
from posture.errors import InvalidInput
from posture.subject import Subject


def plan(
    words: list[Path], told: list[str] | None = None, *, visits: bool = True
) -> dict[str, Visit | None]:
    tell = (told if told is not None else []).append
    request = Request([str(word) for word in words], Subject(), Path("out"), visits=visits)
    return {Path(job.path).name: job.visit for job in planned(request, tell)}


def photo(folder: Path, *parts: str) -> None:
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    folder = tmp_path / "people"
    photo(folder, "Ann", "2026-01-05", "a.jpg")
    photo(folder, "Ann", "20260320 after", "b.jpg")
    photo(folder, "Bo", "before", "raw", "c.jpg")
    return folder


def test_folders_name_person_and_visit(people: Path) -> None:
    assert plan([people]) == {
        "a.jpg": Visit("Ann", "2026-01-05", "2026-01-05"),
        "b.jpg": Visit("Ann", "20260320 after", "2026-03-20"),
        "c.jpg": Visit("Bo", "before", None),
    }


def test_a_photo_outside_of_such_folders_is_of_no_visit_and_told(people: Path) -> None:
    photo(people, "Ann", "stray.jpg")
    told: list[str] = []
    assert plan([people], told)["stray.jpg"] is None
    assert told == ["Photos that lie in no folder PERSON/VISIT, and are of no visit: 1."]


def test_folders_are_no_visits_unless_that_is_said(people: Path) -> None:
    told: list[str] = []
    assert set(plan([people / "Ann"], told, visits=False).values()) == {None}
    assert told == []
    (people / "Bo" / "before" / "raw" / "c.jpg").rename(people / "Bo" / "before" / "c.jpg")
    assert set(plan([people], told, visits=False).values()) == {None}
    assert len(told) == 1 and "--visits" in told[0]


def manifest(folder: Path, text: str) -> list[Job]:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return list(planned(Request([str(path)], Subject(), folder / "out")))


def test_columns_of_a_manifest_name_them_too(tmp_path: Path) -> None:
    first, second, third, fourth = manifest(
        tmp_path,
        "path;Person;VISIT;Taken;group\na.jpg;Ann;first;2026-01-05;x\n"
        "b.jpg;Ann;;2026-03-20;y\nc.jpg;Bo;;;\nd.jpg;;before;2026-01-05;\n",
    )
    assert first.visit == Visit("Ann", "first", "2026-01-05")
    assert second.visit == Visit("Ann", "2026-03-20", "2026-03-20")
    assert third.visit == Visit("Bo", "1", None) and fourth.visit is None
    assert dict(first.more) == {
        "Person": "Ann", "VISIT": "first", "Taken": "2026-01-05", "group": "x",
    }  # fmt: skip


def test_a_day_that_is_none_is_the_problem_of_its_line(tmp_path: Path) -> None:
    text = "path,person,taken\na.jpg,Ann,soon\nb.jpg,Ann,2999-01-01\n"
    problems = [job.problem or "" for job in manifest(tmp_path, text)]
    assert "'soon' is no date" in problems[0] and "2999" in problems[1]


def test_names_become_one_line_of_text() -> None:
    assert visit_of_texts("  Ann \n Lee ", "a\tb", "") == Visit("Ann Lee", "a b")
    assert visit_of_texts("née", "\udce9", "") == Visit("née", "\\udce9")
    assert visit_of_texts(" ", "a", "") is None
    with pytest.raises(InvalidInput):
        visit_of_texts("Ann", "a", "yesterday")


@pytest.mark.parametrize(
    ("names", "days", "order"),
    [
        (["b", "a"], ["2026-01-05", "2026-03-20"], (0, 1)),
        (["b", "a"], ["2026-03-20", "2026-01-05"], (1, 0)),
        (["visit 10", "visit 2"], [None, None], (1, 0)),
        (["T1", "t0"], [None, None], (1, 0)),
        # By name alone these would be the wrong way round.
        (["after", "before"], [None, None], (1, 0)),
        (["Post-treatment", "Pre-treatment"], [None, None], (1, 0)),
        (["nachher", "vorher"], ["2026-01-05", "2026-01-05"], (1, 0)),
        (["spring", "autumn"], [None, None], None),
        (["spring", "autumn"], ["2026-01-05", None], None),
        (["before", "after", "late"], [None, None, None], None),
        # What contradicts itself is not believed.
        (["before", "after"], ["2026-03-20", "2026-01-05"], None),
        (["only"], [None], (0,)),
    ],
)
def test_the_order_of_visits(
    names: list[str], days: list[str | None], order: tuple[int, ...] | None
) -> None:
    assert in_order([Visit("Ann", name) for name in names], days) == order


def test_every_title_gets_a_safe_name_of_its_own() -> None:
    wide = "\N{FULLWIDTH LATIN CAPITAL LETTER A}nn"
    titles = ["Ann Lee", "ann lee", "ANN/LEE", f"{wide} Lee", "../..", "", "née", "ne\u0301e"]
    titles += ["李", "a" * 500]
    names = file_names(titles, ".pdf", 60)
    assert names[:4] == ("Ann_Lee.pdf", "ann_lee_2.pdf", "ANN_LEE_3.pdf", f"{wide}_Lee_4.pdf")
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(not set(name) & set('/\\:*?"<>|') for name in names)
    assert all(len(name.encode()) <= 70 and not name.startswith(".") for name in names)
    assert names[8] == "李.pdf"
    assert file_names(titles, ".pdf", 60) == names
