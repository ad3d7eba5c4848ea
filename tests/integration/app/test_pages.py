"""Every page and state, run without a browser."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from posture._support.texts import page_texts
from posture.app import memory, tab_photos
from posture.app.errors import log_briefly
from posture.app.memory import PersonalDetails
from posture.app.parts.intake import FIRST_SAMPLES, samples
from posture.findings import finding
from posture.photo.decode import MAX_FILE_BYTES
from posture.subject import Subject
from tests.support.samples import MEASURABLE, REFUSABLE

pytestmark = pytest.mark.model

MAIN = Path(memory.__file__).with_name("main.py")
CHECK = page_texts()["check"]
GIVEN_TWICE = finding("photo-given-twice").message
DEEP = next(sample for sample in MEASURABLE if sample.band == "deep")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the numbers of whoever runs it."""
    path = tmp_path / "posture" / "person.json"
    monkeypatch.setattr(memory, "memory_path", lambda: path)
    return path


def check_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import check

    # AppTest cannot run a navigation twice; the links between pages need one to exist.
    st.navigation(all_pages(), position="hidden")
    check.page()


@pytest.fixture
def landing() -> AppTest:
    app = AppTest.from_function(check_page, default_timeout=60).run()
    assert not app.exception
    return app


def test_the_frame_shows_the_landing_page_and_says_what_it_is_not() -> None:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == CHECK["title"]
    assert "not a diagnosis" in shown(app)


def test_the_page_starts_from_a_persons_own_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('height = "180cm"\nsex = "m"\nunits = "imperial"\n')
    monkeypatch.setenv("POSTURE_CONFIG", str(own))
    app = AppTest.from_function(check_page, default_timeout=60).run()
    assert not app.exception
    told = {field.key: field.value for field in app.number_input}
    assert told["person.feet"] == 5 and told["person.inches"] == pytest.approx(10.9)


def shown(app: AppTest) -> str:
    """All text of the page."""
    kinds = (app.html, app.markdown, app.title, app.header, app.caption, app.error, app.info)
    values = (str(element.value) for kind in kinds for element in kind)
    return "\n".join(value for value in values if not value.startswith("<style>"))


def upload(app: AppTest, *paths: Path) -> AppTest:
    app.file_uploader[0].set_value([(p.name, p.read_bytes(), "image/jpeg") for p in paths])
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_the_landing_page_asks_for_a_photo(landing: AppTest) -> None:
    assert landing.title[0].value == CHECK["title"]
    assert CHECK["private"] in shown(landing)
    assert "po-verdict" not in shown(landing)


def test_a_side_photo_is_read(landing: AppTest) -> None:
    page = shown(upload(landing, DEEP.path))
    assert "The low-back curve in this photo is" in page
    assert "po-gauge" in page and "±" in page
    assert not landing.error


def test_height_turns_shares_into_millimetres(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    assert "% of bridge" in shown(landing)
    next(
        n for n in landing.number_input if n.label == page_texts()["person"]["stature_cm"]
    ).set_value(170)
    landing.run()
    assert "% of bridge" not in shown(landing) and " mm</small>" in shown(landing)


def test_feet_and_inches_ask_the_same_thing(landing: AppTest) -> None:
    field = page_texts()["person"]
    next(n for n in landing.number_input if n.label == field["stature_cm"]).set_value(180.0)
    landing.run()
    landing.segmented_control(key="person.units").set_value("ft")
    landing.run()
    feet = next(n for n in landing.number_input if n.label == field["feet"])
    inches = next(n for n in landing.number_input if n.label == field["inches"])
    assert (feet.value, inches.value) == (5, 10.9)


def test_a_photo_that_cannot_be_measured_says_what_to_change(landing: AppTest) -> None:
    page = shown(upload(landing, REFUSABLE[0].path))
    assert CHECK["cannot"] in page and "po-fix" in page
    assert "po-gauge" not in page


def test_a_broken_file_is_a_calm_refusal(landing: AppTest, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff" + b"nothing" * 50)
    page = shown(upload(landing, broken))
    assert "damaged" in page and not landing.exception and str(tmp_path) not in page


def test_the_size_limit_holds_in_python_too(landing: AppTest, tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "at most" in shown(upload(landing, large))


def test_three_photos_are_combined(landing: AppTest) -> None:
    page = shown(upload(landing, *(sample.path for sample in MEASURABLE[:3])))
    assert CHECK["reading_from"].format(count=3) in page
    assert GIVEN_TWICE not in page
    assert not landing.exception


def test_the_page_guides_through_four_stances(landing: AppTest) -> None:
    page = shown(upload(landing, MEASURABLE[0].path))
    assert "Stances so far: 1. With 4" in page
    press(landing, CHECK["another_photo"])
    for number in (2, 3, 4):
        lead = CHECK["another_lead"].format(number=number, whole=4)
        assert lead in shown(landing)
        page = shown(upload(landing, MEASURABLE[number].path))
    assert not landing.file_uploader and "Stances so far" not in page
    assert CHECK["reading_without_first"].format(count=4, counted=3) in page
    assert CHECK["labels_of_one"].format(number=4, count=3) in page
    assert not landing.exception


def test_the_same_photo_counts_once_and_that_is_said(landing: AppTest) -> None:
    page = shown(upload(landing, DEEP.path, DEEP.path, MEASURABLE[0].path))
    assert CHECK["reading_from"].format(count=2) in page
    assert GIVEN_TWICE in page
    press(landing, CHECK["new_reading"])
    page = shown(upload(landing, DEEP.path, DEEP.path))
    assert "this photo is" in page and "These photos" not in page
    assert GIVEN_TWICE in page
    press(landing, CHECK["new_reading"])
    assert GIVEN_TWICE not in shown(upload(landing, DEEP.path))


def test_photos_of_different_people_are_told(landing: AppTest) -> None:
    flat = next(sample for sample in MEASURABLE if sample.band == "flat")
    assert "Two of these photos differ" in shown(upload(landing, DEEP.path, flat.path))
    press(landing, CHECK["new_reading"])
    assert "Two of these photos differ" not in shown(upload(landing, DEEP.path))


def test_a_refused_photo_among_others_is_left_out(landing: AppTest) -> None:
    page = shown(upload(landing, DEEP.path, MEASURABLE[0].path, REFUSABLE[0].path))
    assert CHECK["reading_from"].format(count=2) in page
    assert CHECK["cannot_some"].format(count=1, total=3) in page
    tabs = next(item for item in landing.segmented_control if "check.chosen" in str(item.key))
    assert tabs.options == ["Photo 1", "Photo 2", CHECK["this_photo_refused"].format(number=3)]


def test_a_refused_photo_is_not_looked_at_first(landing: AppTest) -> None:
    page = shown(upload(landing, REFUSABLE[0].path, DEEP.path))
    assert CHECK["cannot"] not in page and "po-gauge" in page


def test_another_photo_of_the_stance_is_added_only_when_asked_for(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    assert not landing.file_uploader
    press(landing, CHECK["another_photo"])
    page = shown(upload(landing, MEASURABLE[0].path))
    assert CHECK["reading_from"].format(count=2) in page
    assert CHECK["labels_of_one"].format(number=2, count=2) in page
    # The third is asked for, until somebody has enough of it.
    assert landing.file_uploader and not landing.exception
    press(landing, CHECK["another_photo"])
    assert not landing.file_uploader and "Stances so far: 2. With 4" in shown(landing)


def test_a_new_reading_forgets_the_photos_before(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    press(landing, CHECK["new_reading"])
    page = shown(upload(landing, MEASURABLE[0].path))
    assert "this photo is" in page and "Reading from" not in page


def test_the_same_photo_added_again_counts_once(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    press(landing, CHECK["another_photo"])
    page = shown(upload(landing, DEEP.path))
    assert GIVEN_TWICE in page and "Reading from" not in page
    assert not landing.exception


def test_a_refused_photo_can_be_added_and_is_left_out(landing: AppTest) -> None:
    before = shown(upload(landing, DEEP.path))
    press(landing, CHECK["another_photo"])
    page = shown(upload(landing, REFUSABLE[0].path))
    assert CHECK["cannot"] in page
    tabs = next(item for item in landing.segmented_control if "check.chosen" in str(item.key))
    tabs.set_value(tabs.options[0]).run()
    assert gauges_of(shown(landing)) == gauges_of(before)


def gauges_of(page: str) -> str:
    return page[page.index('<div class="po-card"') :].split("\n", maxsplit=1)[0]


def test_no_more_photos_are_added_than_make_a_reading(landing: AppTest) -> None:
    upload(landing, *(sample.path for sample in MEASURABLE[: tab_photos.MAX_PHOTOS]))
    another = next(b for b in landing.button if b.label == CHECK["another_photo"])
    assert another.disabled


def test_of_a_sample_there_are_no_more_photos(landing: AppTest) -> None:
    landing.segmented_control(key="intake.way.0").set_value("samples")
    landing.run()
    landing.button(key="sample.12-woman-deep").click()
    landing.run()
    labels = [button.label for button in landing.button]
    assert CHECK["new_reading"] in labels and CHECK["another_photo"] not in labels


def test_five_samples_stand_for_all_until_more_are_asked_for(landing: AppTest) -> None:
    landing.segmented_control(key="intake.way.0").set_value("samples")
    landing.run()
    assert len(sample_buttons(landing)) == len(FIRST_SAMPLES) == 5
    landing.button(key="intake.samples_all").click()
    landing.run()
    assert len(sample_buttons(landing)) == len(samples()) > 5


def sample_buttons(app: AppTest) -> list[str]:
    keys = (str(button.key) for button in app.button)
    return [key for key in keys if key.startswith("sample.")]


def test_units_are_one_choice_for_the_numbers(landing: AppTest) -> None:
    field = page_texts()["person"]
    next(n for n in landing.number_input if n.label == field["stature_cm"]).set_value(170.0)
    landing.run()
    assert " mm</small>" in shown(upload(landing, DEEP.path))
    landing.segmented_control(key="person.units").set_value("ft")
    landing.run()
    page = shown(landing)
    assert " in</small>" in page and " mm</small>" not in page
    assert not re.search(r"<td>[^<]* mm</td>", page)


def test_the_verdict_is_the_first_thing_and_the_rest_comes_after(landing: AppTest) -> None:
    typical = next(sample for sample in MEASURABLE if sample.band == "typical")
    page = shown(upload(landing, typical.path))
    first, _, rest = page.partition('<div class="po-card"')
    for part in ("<h1>", "po-number", "±", CHECK["next"]["title"]):
        assert part in first
    for part in ("SLCA", "% of bridge", "two, an arm", "hyperlordosis", "stature"):
        assert part not in first
    assert "SLCA" in rest
    assert "hyperlordosis" in "".join(str(item.value) for item in landing.markdown)
    assert [item.label for item in landing.expander].count(CHECK["wall_test"]) == 1


def test_what_matters_most_is_told_first_and_notes_are_folded(landing: AppTest) -> None:
    loose = next(item for item in MEASURABLE if "loose" in item.path.stem)
    page = shown(upload(landing, loose.path))
    told = [item.value for item in landing.html if "po-finding" in str(item.value)]
    assert "clothing" in str(told[0]) and "po-info" not in str(told[0])
    folded = [item.label for item in landing.expander]
    assert CHECK["notes"].format(count=str(told[1]).count("po-info")) in folded
    assert finding("clothing-loose").fix in page.partition('<div class="po-card"')[0]


def test_a_sample_is_measured_with_its_own_height(landing: AppTest) -> None:
    landing.segmented_control(key="intake.way.0").set_value("samples")
    landing.run()
    landing.button(key="intake.samples_all").click()
    landing.run()
    landing.button(key=f"sample.{DEEP.path.stem}").click()
    landing.run()
    assert "% of bridge" not in shown(landing)
    assert f"{(DEEP.stature_mm or 0) / 10:.0f} cm" in shown(landing)


def test_the_camera_is_offered(landing: AppTest) -> None:
    landing.segmented_control(key="intake.way.0").set_value("camera")
    landing.run()
    assert not landing.exception
    assert landing.camera_input


def test_a_new_reading_drops_the_photos(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    press(landing, CHECK["new_reading"])
    assert "po-verdict" not in shown(landing)
    assert landing.title[0].value == CHECK["title"]


def test_layers_can_be_switched_off(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    landing.pills(key="check.layers").set_value([])
    landing.run()
    assert not landing.exception


def test_correcting_by_hand_opens_the_editor(landing: AppTest) -> None:
    upload(landing, DEEP.path)
    landing.toggle(key="check.correct").set_value(True)
    landing.run()
    assert CHECK["correct_hint"] in shown(landing)
    assert not landing.exception


def test_numbers_are_kept_only_when_wanted(landing: AppTest, own_folder: Path) -> None:
    label = page_texts()["person"]["stature_cm"]
    next(n for n in landing.number_input if n.label == label).set_value(165.0)
    landing.run()
    assert not own_folder.exists()
    landing.toggle(key="person.remember").set_value(True)
    landing.run()
    recalled = memory.recall()
    assert recalled is not None and recalled.subject.stature_mm == 1650
    again = AppTest.from_function(check_page, default_timeout=60).run()
    assert next(n for n in again.number_input if n.label == label).value == 165.0
    again.toggle(key="person.remember").set_value(False)
    again.run()
    assert not own_folder.exists()


@pytest.mark.parametrize("content", ["", "[]", '{"sex": "x"}', '{"stature_mm": true}', "\x00"])
def test_a_garbled_memory_is_no_memory(own_folder: Path, content: str) -> None:
    own_folder.parent.mkdir(parents=True)
    own_folder.write_text(content)
    assert memory.recall() is None


def test_memory_gives_back_what_it_was_given() -> None:
    person = PersonalDetails(Subject(1650.0, "f", 40.0, 27.0), "ft")
    assert memory.remember(person)
    assert memory.recall() == person


def method_page() -> None:
    from posture.app.views import method

    method.page()


def failing_page() -> None:
    from posture.app.errors import calm_errors

    with calm_errors():
        raise ValueError("/home/someone/photo.jpg")


def run(page: Callable[[], None]) -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def test_the_method_page_tells_the_bands_and_the_limits() -> None:
    app = run(method_page)
    assert not app.exception
    for part in ("Not a diagnosis", "31–50°", "Privacy"):
        assert part in shown(app)


def test_tracebacks_of_other_loggers_become_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = logging.getLogRecordFactory()
    log_briefly()
    try:
        Path("/home/someone/missing.jpg").read_bytes()
    except OSError:
        logging.getLogger("streamlit.somewhere").exception("Failed")
    finally:
        logging.setLogRecordFactory(before)
    assert "Failed: FileNotFoundError in " in caplog.text
    assert "someone" not in caplog.text and "Traceback" not in caplog.text


def test_a_failure_shows_one_sentence_and_logs_no_path(caplog: pytest.LogCaptureFixture) -> None:
    app = run(failing_page)
    assert [error.value for error in app.error] == [page_texts()["error"]["unexpected"]]
    assert not app.exception
    assert "ValueError" in caplog.text and "someone" not in caplog.text
