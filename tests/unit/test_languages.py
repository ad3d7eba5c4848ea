"""Every language says everything, with the placeholders of the English sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest
from PIL import ImageFont

from posture._support.language import (
    ENGLISH,
    first_spoken,
    in_language,
    kept_in_language,
    language,
    language_codes,
    number_text,
    use_language,
)
from posture._support.tables import laid_over
from posture._support.texts import band_words, filled, language_names
from posture.errors import InvalidInput
from posture.findings import finding
from posture.overlay import numbers
from posture.result import Measured
from tests.support.paths import ROOT

DATA = ROOT / "posture" / "data"
# The files whose sentences the page, the picture, the PDF and the exercises show.
TOLD = (
    "advice", "app", "batch", "drawings", "exercises", "findings", "history", "language", "live",
    "phone", "texts", "wall_test",
)  # fmt: skip
# What such a file holds besides sentences: names of things, and where something is published.
NO_SENTENCE = {
    "key", "link", "focus", "room", "severity", "touches", "sources", "findings", "ask_first",
}  # fmt: skip
OTHERS = [code for code in language_codes() if code != ENGLISH]
Place = tuple[str | int, ...]


def sentences(value: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Each sentence with its place; one with plural forms is one."""
    if isinstance(value, str) or (isinstance(value, dict) and "other" in value):
        yield at, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in NO_SENTENCE:
                yield from sentences(item, (*at, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            name = item.get("key", place) if isinstance(item, dict) else place
            yield from sentences(item, (*at, name))


def is_title(at: Place) -> bool:
    """Whether it cites a publication, which keeps its title, or names which focus is meant."""
    return (at[0] == "source" and at[-1] == "text") or at[0] == "focus_of_verdict"


def of(code: str, name: str) -> dict[Place, Any]:
    path = DATA / "languages" / code / f"{name}.toml" if code != ENGLISH else DATA / f"{name}.toml"
    return dict(sentences(tomllib.loads(path.read_text(encoding="utf-8"))))


def placeholders(sentence: Any) -> set[tuple[str, str]]:
    forms = sentence.values() if isinstance(sentence, dict) else [sentence]
    return {
        (field, spec or "")
        for form in forms
        for _, field, spec, _ in Formatter().parse(form)
        if field is not None
    }


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", TOLD)
def test_no_sentence_is_missing_and_none_is_of_nothing(code: str, name: str) -> None:
    english, told = of(ENGLISH, name), of(code, name)
    wanted = {at for at in english if not is_title(at)}
    assert wanted - set(told) == set(), "said in English"
    assert set(told) - set(english) == set(), "said nowhere"


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", TOLD)
def test_a_translation_has_no_other_placeholders(code: str, name: str) -> None:
    english = of(ENGLISH, name)
    # A form for one need not name the number.
    wrong = {
        at: sentence
        for at, sentence in of(code, name).items()
        if at in english
        and (
            not placeholders(sentence) <= placeholders(english[at])
            if isinstance(sentence, dict) or isinstance(english[at], dict)
            else placeholders(sentence) != placeholders(english[at])
        )
    }
    assert wrong == {}


@pytest.mark.parametrize("code", OTHERS)
def test_there_are_no_files_but_those_with_sentences(code: str) -> None:
    names = {path.stem for path in (DATA / "languages" / code).iterdir()}
    assert names == set(TOLD)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_pictures_and_papers_have_every_letter(code: str, weight: str) -> None:
    letters = set("".join(str(told) for name in TOLD for told in of(code, name).values()))
    font = ImageFont.truetype(str(ROOT / "posture" / "fonts" / f"Inter-{weight}.ttf"), 20)
    nothing = font.getmask("\uffff")
    unknown = {
        letter
        for letter in letters
        if letter.isprintable()
        and not letter.isspace()
        and bytes(font.getmask(letter)) == bytes(nothing)
    }
    assert unknown == set()


@pytest.mark.parametrize(
    ("tags", "code"),
    [(["en-GB"], "en"), (["tlh", "en"], "en"), (["tlh"], None), ([], None), (["EN_us"], "en")],
)
def test_a_browser_is_answered_in_a_language_that_is_spoken(
    tags: list[str], code: str | None
) -> None:
    assert first_spoken(tags) == code


def test_every_language_names_itself() -> None:
    names = language_names()
    assert names["en"] == "English"
    assert len(set(names.values())) == len(names)


def test_a_language_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"no language 'tlh'\. There are en"):
        use_language("tlh")


def test_a_task_for_another_thread_speaks_as_who_gave_it() -> None:
    with in_language("xx"):
        task = kept_in_language(language)
    assert language() == ENGLISH
    assert task() == "xx"


def test_sentences_are_laid_over_by_key_and_by_place() -> None:
    base = {
        "title": "a",
        "step": [{"key": "one", "text": "1", "limit": 5}, {"key": "two", "text": "2"}],
        "evidence": [{"text": "p"}, {"text": "q"}],
        "lines": ["x", "y"],
        "count": {"one": "1 photo", "other": "{count} photos"},
    }
    over = {
        "step": [{"key": "two", "text": "zwei"}, {"key": "three", "text": "drei"}],
        "evidence": [{"text": "P"}],
        "lines": ["X", "Y"],
        "count": {"other": "{count} Fotos"},
        "unknown": "z",
    }
    assert laid_over(base, over) == {
        "title": "a",
        "step": [{"key": "one", "text": "1", "limit": 5}, {"key": "two", "text": "zwei"}],
        "evidence": [{"text": "P"}, {"text": "q"}],
        "lines": ["X", "Y"],
        "count": {"other": "{count} Fotos"},
    }


@pytest.mark.parametrize(("count", "told"), [(1, "one photo"), (0, "0 photos"), (2, "2 photos")])
def test_a_sentence_goes_by_its_count(count: int, told: str) -> None:
    assert filled({"one": "one photo", "other": "{count} photos"}, count=count) == told
    by_minutes = {"of": "minutes", "one": "one minute", "other": "{minutes} minutes"}
    assert filled(by_minutes, minutes=count) == told.replace("photo", "minute")


@pytest.mark.skipif("de" not in OTHERS, reason="no German")
def test_german_writes_numbers_with_a_comma() -> None:
    with in_language("de"):
        assert number_text(1234.56, 1) == "1234,6"
        assert str(numbers.percent(Measured(0.114, 0.012))) == "11,4 ± 1,2 %"
        assert str(numbers.hands(Measured(-0.14, 0.3))).startswith("−0,1 ± 0,3 ")
        assert filled("{value:,.1f} · {count}", value=1234.5, count=1234) == "1.234,5 · 1234"


@pytest.mark.parametrize("code", OTHERS)
def test_findings_and_bands_are_told_in_the_language(code: str) -> None:
    english = finding("file-too-large", megabytes=512.0, limit_megabytes=256.0)
    with in_language(code):
        told = finding("file-too-large", megabytes=512.0, limit_megabytes=256.0)
        bands = band_words("typical/borderline")
    assert told.code == english.code
    assert told.severity == english.severity
    assert "512" in told.message != english.message
    assert bands != band_words("typical/borderline")
