"""What a shell offers at the Tab key."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from posture.cli.completion import Shell, completion
from posture.cli.grammar import build_parser, commands_of

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash")


def offered(*words: str) -> list[str]:
    """What bash would offer for the last word."""
    typed = " ".join(f"'{word}'" for word in words)
    script = (
        f"{completion('bash')}\n"
        f"COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        '_posture; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    run = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout.split()


@needs_bash
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["posture", "an"], ["analyze"]),
        (["posture", "analyze", "--hei"], ["--height"]),
        (["posture", "batch", "photos", "--resu"], ["--resume"]),
        (["posture", "analyze", "--sex", "f"], ["f"]),
        (["posture", "analyze", "--model", ""], ["lite", "full", "heavy"]),
        (["posture", "analyze", "side"], []),
        (["posture", "doctor", "--resu"], []),
    ],
)
def test_bash_offers_what_fits(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


@needs_bash
def test_bash_offers_every_command() -> None:
    assert offered("posture", "") == list(commands_of(build_parser()))


def test_zsh_reads_what_bash_reads() -> None:
    assert completion("zsh").endswith(completion("bash"))


def test_fish_is_told_every_option() -> None:
    said = completion("fish")
    for name, command in commands_of(build_parser()).items():
        assert f"-a {name} " in said
        for option in command._option_string_actions:
            if option.startswith("--"):
                assert f"'__fish_seen_subcommand_from {name}' -l {option[2:]}" in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_lines(shell: Shell) -> None:
    assert len(completion(shell).splitlines()) > 10
