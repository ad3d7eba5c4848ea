"""In which language people are spoken to.

One language holds for a process (the command line), another one may hold for who asks just now (a
tab of the page).  What measures in a child process speaks the language of whoever asked it
(:mod:`posture.worker`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from posture.errors import InvalidInput

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
# A folder each, named by its code (BCP 47); data/NAME.toml itself is English.
FOLDER = Path(__file__).resolve().parents[1] / "data" / "languages"

P = ParamSpec("P")
T = TypeVar("T")


class _Process:
    """What holds where nobody in particular asks."""

    language = ENGLISH
    asks: Callable[[], str | None] | None = None


_here: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The code of the language to speak now."""
    here = _here.get()
    if here is None and _Process.asks is not None:
        here = _Process.asks()
    return here or _Process.language


@cache
def language_codes() -> tuple[str, ...]:
    """All languages that there are sentences of, English first."""
    found = sorted(path.parent.name for path in FOLDER.glob("*/language.toml"))
    return (ENGLISH, *(code for code in found if code != ENGLISH))


def use_language(code: str) -> None:
    """Speak this language in the whole process from now on.

    Args:
        code: such as "de"; of a kind of a language, such as "de-AT", the language.

    Raises:
        InvalidInput: when there are no sentences of it.
    """
    _Process.language = known_language(code)


def known_language(code: str) -> str:
    """The code of the language that there are sentences of; raises as :func:`use_language`."""
    spoken = first_spoken([code])
    if spoken is None:
        raise InvalidInput(
            f"There is no language {code!r}.", f"There are {', '.join(language_codes())}."
        )
    return spoken


def ask_for_language(asks: Callable[[], str | None]) -> None:
    """Let `asks` say which language whoever is served just now speaks; None where nobody is."""
    _Process.asks = asks


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak this language in the block, whatever the process speaks."""
    token = _here.set(code)
    try:
        yield
    finally:
        _here.reset(token)


def kept_in_language(task: Callable[P, T]) -> Callable[P, T]:
    """`task` for another thread, in the language of now."""
    return partial(_run_in, language(), task)


def first_spoken(tags: Iterable[str]) -> str | None:
    """The first of these language tags that there are sentences of, as a code; None for none.

    Args:
        tags: as a browser gives them, the best one first: "de-AT", "de", "en".
    """
    codes = {code.lower(): code for code in language_codes()}
    for tag in tags:
        parts = tag.replace("_", "-").lower().split("-")
        for count in range(len(parts), 0, -1):
            code = codes.get("-".join(parts[:count]))
            if code is not None:
                return code
    return None


def plural_form(count: float) -> str:
    """Which of its forms a language uses with so many: "one", "other", … (Unicode CLDR)."""
    return str(_locale(language()).plural_form(count))


def printed(text: str) -> str:
    """A number that Python has formatted, with the decimal and thousands signs of the language."""
    code = language()
    return text if code == ENGLISH else text.translate(_signs(code))


def number_text(value: float, decimals: int = 0) -> str:
    """A number with so many decimals, as the language writes it."""
    return printed(f"{value:.{decimals}f}")


def _run_in(code: str, task: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    with in_language(code):
        return task(*args, **named)


@cache
def _signs(code: str) -> dict[int, str]:
    # Here: English needs no other signs.
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = _locale(code)
    return str.maketrans({".": get_decimal_symbol(locale), ",": get_group_symbol(locale)})


@cache
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(code, sep="-")
