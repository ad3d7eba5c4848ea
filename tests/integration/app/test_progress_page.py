"""Keeping a reading, and the page that follows it over time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from posture.analyzer import Analyzer
from posture.app import memory
from posture.history import History, Session
from posture.history.aligned import (
    HEIGHT,
    HIP_FROM_TOP,
    STATURE_PX,
    MeasuredPicture,
    on_common_ground,
    opened,
)
from posture.history.exchange import exported
from posture.history.keeping import picture_of, session_of
from posture.history.records import KeptPicture, Notes, PictureKind
from posture.history.words import history_texts
from posture.photo.decode import Photo, load_photo
from posture.result import Measured, Result
from posture.subject import Subject
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result
from tests.support.samples import MEASURABLE

pytestmark = pytest.mark.model

KEEP, PROGRESS = history_texts()["keep"], history_texts()["progress"]
WORDS = history_texts()["change"]


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's history is kept."""
    place = tmp_path / "history.sqlite3"
    for module in (
        "posture.history.store",
        "posture.app.parts.keep",
        "posture.app.views.progress",
    ):
        monkeypatch.setattr(f"{module}.history_path", lambda: place)
    monkeypatch.setattr(memory, "memory_path", lambda: tmp_path / "person.json")
    return place


def check_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import check

    st.navigation(all_pages(), position="hidden")
    check.page()


def progress_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import progress

    st.navigation(all_pages(), position="hidden")
    progress.page()


def run(page: Callable[[], None]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    kinds = (app.html, app.markdown, app.title, app.header, app.success, app.warning, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def measured_app(*samples: Path) -> AppTest:
    app = run(check_page)
    app.file_uploader[0].set_value([(p.name, p.read_bytes(), "image/jpeg") for p in samples])
    return app.run()


def keep(app: AppTest, name: str, picture: str = "none") -> AppTest:
    next(field for field in app.text_input if field.label == KEEP["name"]).set_value(name)
    app.segmented_control(key="keep.picture").set_value(picture)
    app.run()
    app.button(key="keep.button").click()
    return app.run()


def day_of(session: Session) -> str:
    return f"{session.when:%Y-%m-%d}"


def kept(path: Path, name: str = "Ann") -> tuple[Session, ...]:
    with History(path) as history:
        return history.sessions(name)


def fill(path: Path, angles: list[float], name: str = "Ann", **changes: Any) -> None:
    with History(path) as history:
        for day, angle in enumerate(angles, start=1):
            result = replace(measured_result(), slca_deg=Measured(angle, 3.0), **changes)
            when = datetime.fromisoformat(f"2026-03-{day:02d}T12:00:00+00:00")
            history.save(name, session_of([result], when, load_norms()), {})


def test_nothing_is_kept_before_the_button_is_pressed(path: Path) -> None:
    app = measured_app(MEASURABLE[0].path)
    assert KEEP["lead"] in shown(app)
    assert not path.exists()
    run(progress_page)
    assert not path.exists()


def test_a_reading_is_kept_without_a_picture(path: Path) -> None:
    app = keep(measured_app(MEASURABLE[0].path), "Ann")
    assert KEEP["done"] in shown(app)
    (session,) = kept(path)
    assert session.pictured is None and len(session.kept) == 1
    app.button(key="keep.button").click()
    assert KEEP["done"] in shown(app.run())
    assert kept(path) == (session,)


def test_several_photos_and_their_pictures_are_one_session(path: Path) -> None:
    keep(measured_app(*[sample.path for sample in MEASURABLE[:2]]), "Ann", "thumbnail")
    (session,) = kept(path)
    assert [item.role for item in session.kept] == ["photo", "photo", "median"]
    assert all(item.has_picture for item in session.photos)


def test_a_name_is_needed(path: Path) -> None:
    assert KEEP["no_name"] in shown(keep(measured_app(MEASURABLE[0].path), "  "))
    assert not path.exists()


def test_an_empty_history_says_what_to_do() -> None:
    assert PROGRESS["empty"] in shown(run(progress_page))


def test_one_session_promises_nothing(path: Path) -> None:
    fill(path, [40.0])
    page = shown(run(progress_page))
    assert WORDS["one_session"] in page and "trend" not in page


def test_two_sessions_show_a_difference_and_no_trend(path: Path) -> None:
    fill(path, [40.0, 42.0])
    app = run(progress_page)
    page = shown(app)
    assert "That is no change" in page
    assert WORDS["no_trend_yet"].format(count=3) in page
    assert len(app.get("vega_lite_chart")) == 2


def test_the_chart_carries_both_error_bars_and_the_band(path: Path) -> None:
    fill(path, [40.0, 42.0, 60.0])
    chart = json.loads(run(progress_page).get("vega_lite_chart")[0].proto.spec)
    marks = [layer["mark"]["type"] for layer in chart["layer"]]
    assert marks == ["rect", "area", "line", "rule", "rule", "point"]
    bars = [layer["encoding"]["y"]["field"] for layer in chart["layer"]]
    assert bars == ["low", "low", "value", "whole_low", "own_low", "value"]
    assert "2026-03-01 40° ± 3°" in chart["description"]


def test_a_trend_that_counts_is_drawn_and_one_odd_session_does_not_turn_it(path: Path) -> None:
    fill(path, [20.0, 29.0, 38.0, 10.0, 56.0, 65.0, 74.0])
    app = run(progress_page)
    chart = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert [layer["mark"]["type"] for layer in chart["layer"]].count("line") == 1
    assert "follows a line that changes by +54°" in shown(app)


def test_notes_are_kept_shown_beside_the_curve_and_changed(path: Path) -> None:
    app = measured_app(MEASURABLE[0].path)
    next(field for field in app.number_input if field.label == KEEP["pain"]).set_value(4)
    next(field for field in app.text_input if field.label == KEEP["training"]).set_value("bridges")
    keep(app, "Ann")
    (session,) = kept(path)
    assert session.notes == Notes(4, "bridges")
    app = run(progress_page)
    assert PROGRESS["notes_note"] in shown(app) and "pain 4 of 10, “bridges”" in shown(app)
    assert len(app.get("vega_lite_chart")) == 3
    next(field for field in app.number_input if field.label == KEEP["pain"]).set_value(None)
    app.run()
    app.button(key=f"progress.note.{session.uid}").click()
    app.run()
    assert kept(path)[0].notes == Notes(None, "bridges")
    assert len(app.get("vega_lite_chart")) == 2 and not app.exception


def test_without_notes_nothing_is_said_of_them(path: Path) -> None:
    fill(path, [40.0, 42.0])
    assert PROGRESS["notes_note"] not in shown(run(progress_page))


def test_one_session_and_a_person_can_be_deleted(path: Path) -> None:
    fill(path, [40.0, 42.0])
    fill(path, [50.0], name="Bob")
    app = run(progress_page)
    assert app.selectbox(key="progress.person").options == ["Ann", "Bob"]
    first = kept(path)[0]
    app.button(key=f"progress.delete.one.{first.uid}").click()
    app.run()
    assert [session.uid for session in kept(path)] == [kept(path)[0].uid] != [first.uid]
    app.button(key="progress.delete.person.Ann").click()
    app.run()
    assert not kept(path) and kept(path, "Bob")
    assert not app.exception


def test_of_two_sessions_that_look_alike_the_chosen_one_is_deleted(path: Path) -> None:
    """One day, one angle: only their own names tell them apart."""
    fill(path, [40.0, 42.0])
    fill(path, [40.2, 42.1])
    first, second = (item.uid for item in kept(path)[:2])
    assert {second} | {first} == {item.uid for item in kept(path) if day_of(item) == "2026-03-01"}
    app = run(progress_page)
    options = app.selectbox(key="progress.session").options
    assert len(set(options)) == len(options) == 4
    app.selectbox(key="progress.session").set_value(second)
    app.run()
    app.button(key=f"progress.delete.one.{second}").click()
    app.run()
    assert not app.exception
    assert second not in {item.uid for item in kept(path)}
    assert first in {item.uid for item in kept(path)} and len(kept(path)) == 3


def test_sessions_that_look_alike_are_compared_with_each_other(path: Path) -> None:
    jpeg = KeptPicture("thumbnail", b"no picture", 1.0)
    with History(path) as history:
        for _ in range(2):
            when = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
            session = session_of([measured_result()], when, load_norms())
            history.save("Ann", session, {session.kept[0].uid: jpeg})
    app = run(progress_page)
    uids = [item.uid for item in kept(path)]
    assert [app.selectbox(key=f"progress.{w}").value for w in ("before", "after")] == uids
    app.selectbox(key="progress.before").set_value(uids[1])
    app.run()
    assert app.selectbox(key="progress.before").value == uids[1]


def test_labels_of_sessions_carry_the_time(path: Path) -> None:
    fill(path, [40.0, 42.0])
    clock = f"{kept(path)[0].when:%H:%M}"
    app = run(progress_page)
    assert app.selectbox(key="progress.session").options[0].startswith(f"2026-03-01 {clock} · 40°")
    assert f"2026-03-02 {clock}" in shown(app)


def axes(app: AppTest) -> list[str]:
    """What is written beside the second chart."""
    chart = json.loads(app.get("vega_lite_chart")[1].proto.spec)
    return [layer["encoding"]["y"]["title"] for layer in chart["layer"]]


def test_one_session_without_a_height_is_left_out_of_the_millimetres(path: Path) -> None:
    fill(path, [40.0, 42.0])
    fill(path, [41.0], hollow_depth_mm=None)
    app = run(progress_page)
    assert set(axes(app)) == {"Hollow depth (mm)"}
    page = shown(app)
    assert WORDS["without_height"].format(count=1, total=3) in page
    assert "% of bridge" in page.partition("<table")[2]
    assert "% of bridge" not in page.partition("<table")[0]


def test_units_are_one_choice_for_the_whole_page(path: Path) -> None:
    fill(path, [40.0, 42.0])
    app = run(progress_page)
    assert " mm" in shown(app)
    app.segmented_control(key="units").set_value("ft")
    app.run()
    assert set(axes(app)) == {"Hollow depth (in)"}
    assert " mm" not in shown(app) and " in." in shown(app)


def hand_in(app: AppTest, export: bytes) -> AppTest:
    app.file_uploader[0].set_value([("history.json", export, "application/json")])
    app.run()
    app.button(key="progress.import_button").click()
    return app.run()


def test_a_history_goes_to_another_computer_and_back(path: Path) -> None:
    fill(path, [40.0, 42.0])
    with History(path) as history:
        export = exported(history, ["Ann"]).encode()
    path.unlink()
    app = run(progress_page)
    assert PROGRESS["empty"] in shown(app)
    assert PROGRESS["imported"].format(added=2, there=0) in shown(hand_in(app, export))
    assert len(kept(path)) == 2 and not app.exception
    assert PROGRESS["imported"].format(added=0, there=2) in shown(hand_in(app, export))
    assert len(kept(path)) == 2


@pytest.mark.parametrize("export", [b"\xff\xfe", b"no json", b"[]", b'{"format": "other"}'])
def test_what_is_no_export_is_told_calmly_and_changes_nothing(path: Path, export: bytes) -> None:
    app = hand_in(run(progress_page), export)
    assert "This is no exported history" in shown(app)
    assert not path.exists() and not app.exception


def test_exports_are_offered_for_one_person_and_for_everybody(path: Path) -> None:
    fill(path, [40.0])
    assert labels(run(progress_page)) == [
        PROGRESS["export"].format(name="Ann"),
        PROGRESS["export_table"].format(name="Ann"),
    ]
    fill(path, [50.0], name="Bob")
    assert PROGRESS["export_all"] in labels(run(progress_page))


def labels(app: AppTest) -> list[str]:
    return [item.proto.label for item in app.get("download_button")]


def test_a_damaged_history_is_told_calmly(path: Path) -> None:
    path.write_bytes(b"no database")
    assert "damaged" in shown(run(progress_page))


# ------------------------------------------------------------------------------------- alignment


@pytest.fixture(scope="module")
def measured(fast_analyzer: Analyzer) -> tuple[Photo, Result]:
    photo = load_photo(MEASURABLE[0].path)
    assert isinstance(photo, Photo)
    return photo, fast_analyzer.analyze(photo, Subject(stature_mm=MEASURABLE[0].stature_mm))


def kept_picture(
    photo: Photo, result: Result, kind: PictureKind = "photo"
) -> MeasuredPicture | None:
    session = session_of([result], datetime.now().astimezone(), load_norms())
    return opened(session.kept[0], picture_of(photo, result, kind, blur_face=False))


def test_stature_in_pixels_agrees_with_the_scale(measured: tuple[Photo, Result]) -> None:
    photo, result = measured
    found = kept_picture(photo, result, "thumbnail")
    assert found is not None and result.mm_per_px is not None
    scale = 480 / max(photo.rgb.shape)
    expected = (MEASURABLE[0].stature_mm or 0) / result.mm_per_px.value * scale
    assert found.stature_px == pytest.approx(expected, rel=0.02)


def test_any_size_and_side_of_one_photo_is_laid_on_itself(
    measured: tuple[Photo, Result], fast_analyzer: Analyzer
) -> None:
    photo, result = measured
    reference = kept_picture(photo, result)
    mirrored = Photo(np.ascontiguousarray(photo.rgb[:, ::-1]), None, None, False, None)
    other = kept_picture(mirrored, fast_analyzer.analyze(mirrored, result.subject), "thumbnail")
    assert reference is not None and other is not None and result.facing is not None
    assert other.result.facing != result.facing
    first, second = (on_common_ground(item, result.facing) for item in (reference, other))
    assert first.shape == second.shape
    # The shorts' edge, the legs and the back lie within a few pixels of each other: grey means
    # of the trunk's rows, which labels and the resolution of the thumbnail leave alone.
    hip_row = round(HIP_FROM_TOP * HEIGHT * STATURE_PX)
    rows = slice(hip_row + 60, hip_row + 300)
    difference = np.abs(first[rows].astype(float) - second[rows]).mean()
    shifted = np.abs(first[rows].astype(float) - np.roll(second[rows], 12, axis=1)).mean()
    assert difference < 0.6 * shifted


def test_a_result_that_is_not_understood_is_not_aligned(measured: tuple[Photo, Result]) -> None:
    photo, result = measured
    session = session_of([result], datetime.now().astimezone(), load_norms())
    picture = picture_of(photo, result, "photo", blur_face=False)
    assert opened(replace(session.kept[0], result='{"status": "old"}'), picture) is None
    assert opened(session.kept[0], replace(picture, jpeg=b"no picture")) is None


def test_kept_pictures_are_opened_in_another_process(
    path: Path, measured: tuple[Photo, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An imported history holds anybody's pictures."""
    photo, result = measured
    picture = picture_of(photo, result, "photo", blur_face=False)
    with History(path) as history:
        for day in ("2026-03-01T12:00:00+00:00", "2026-03-02T12:00:00+00:00"):
            session = session_of([result], datetime.fromisoformat(day), load_norms())
            history.save("Ann", session, {session.kept[0].uid: picture})

    def never(_: object) -> None:
        raise AssertionError("a picture is opened in the server's process")

    monkeypatch.setattr("posture.history.aligned.load_photo", never)
    app = run(progress_page)
    assert not app.exception
    assert PROGRESS["not_aligned"] not in [info.value for info in app.info]
