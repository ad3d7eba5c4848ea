"""What a shell offers at the Tab key."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from posture.cli.completion import Shell, completion
from posture.cli.grammar import actions_of, build_parser, commands_of, every_command

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
        (["posture", "study", "cap"], ["capture"]),
        (["posture", "study", "--he"], ["--help"]),
        (["posture", "study", "capture", "s", "--rat"], ["--rater"]),
        (["posture", "study", "add", "s", "--sex", "f"], ["f"]),
        (["posture", "study", "capture", "s", "1"], []),
    ],
)
def test_bash_offers_what_fits(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


@needs_bash
def test_bash_offers_every_command() -> None:
    assert offered("posture", "") == list(commands_of(build_parser()))


def test_zsh_reads_what_bash_reads() -> None:
    assert completion("zsh").endswith(completion("bash"))


@needs_bash
def test_bash_offers_every_action_of_a_command() -> None:
    assert offered("posture", "study", "") == list(actions_of(commands_of(build_parser())["study"]))


def test_fish_is_told_every_option() -> None:
    said = completion("fish")
    for name, command in every_command(build_parser()).items():
        first, _, action = name.partition(" ")
        seen = f"__fish_seen_subcommand_from {first}"
        seen += f"; and __fish_seen_subcommand_from {action}" if action else ""
        for option in command._option_string_actions:
            if option.startswith("--"):
                assert f"'{seen}' -l {option[2:]}" in said


def test_fish_is_told_every_command() -> None:
    said = completion("fish")
    for name, command in commands_of(build_parser()).items():
        assert f"-a {name} " in said
        for action in actions_of(command):
            assert f"-a {action} " in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_lines(shell: Shell) -> None:
    assert len(completion(shell).splitlines()) > 10
