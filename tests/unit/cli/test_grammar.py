"""What was mistyped is told with what was meant."""

from __future__ import annotations

import pytest

from posture.cli.grammar import build_parser, commands_of, parsed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["analyse", "a.jpg"], "did you mean: posture analyze"),
        (["a.jpg"], "comes after a command: posture analyze a.jpg"),
        (["analyze", "a.jpg", "--heigth", "176cm"], "--heigth 176cm; did you mean --height"),
        (["batch", "x", "--out", "y", "--job=1", "--rezume"], "did you mean --resume"),
        (["doctor", "now"], "not understood: now"),
        (["analyze", "a.jpg", "--purple"], "not understood: --purple"),
        (["study", "new", "s", "--participants", "3", "--rateres", "A"], "did you mean --raters"),
        (["study", "captur", "s"], "invalid choice: 'captur'"),
    ],
)
def test_what_was_meant(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parsed(words)
    assert left.value.code == 1
    assert told in capsys.readouterr().err


def test_help_shows_examples_that_are_understood() -> None:
    text = build_parser().format_help()
    examples = [line.split()[1:] for line in text.splitlines() if line.startswith("  posture ")]
    assert len(examples) >= 5
    for words in examples:
        assert build_parser().parse_args(words).command in commands_of(build_parser())
