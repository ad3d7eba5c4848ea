"""What the shell may offer at the Tab key, from the grammar: commands, options, their choices."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Literal

from posture.cli.grammar import build_parser, commands_of

Shell = Literal["bash", "zsh", "fish"]

# Files are offered where no word of the grammar fits.
_BASH = """\
_posture() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{commands}"
    else
        case "${{COMP_WORDS[1]}} $before" in
{choices}
        *)
            case "${{COMP_WORDS[1]}}" in
{options}
            esac
            [ "${{word#-}}" != "$word" ] || words=""
            ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o bashdefault -o default -F _posture posture
"""
_ZSH_FIRST = "autoload -U +X bashcompinit && bashcompinit\n"


def completion(shell: Shell) -> str:
    """The lines that a shell reads to complete ``posture``."""
    if shell == "fish":
        return "".join(_fish_lines())
    return (_ZSH_FIRST if shell == "zsh" else "") + _bash()


def _bash() -> str:
    commands = commands_of(build_parser())
    options = [
        f'            {name}) words="{" ".join(command._option_string_actions)}" ;;'
        for name, command in commands.items()
    ]
    choices = [
        f'        "{name} {option}") words="{" ".join(map(str, action.choices))}" ;;'
        for name, command in commands.items()
        for option, action in command._option_string_actions.items()
        if action.choices is not None
    ]
    return _BASH.format(
        commands=" ".join(commands), choices="\n".join(choices), options="\n".join(options)
    )


def _fish_lines() -> Iterator[str]:
    commands = commands_of(build_parser())
    for name, command in commands.items():
        about = _quoted((command.description or "").partition(".")[0])
        yield f"complete -c posture -n __fish_use_subcommand -a {name} -d {about}\n"
        seen = _quoted(f"__fish_seen_subcommand_from {name}")
        for action in command._actions:
            yield from _fish_options(seen, action)


def _fish_options(seen: str, action: argparse.Action) -> Iterator[str]:
    long = [option[2:] for option in action.option_strings if option.startswith("--")]
    choices = (
        "" if action.choices is None else f" -xa {_quoted(' '.join(map(str, action.choices)))}"
    )
    for name in long:
        yield f"complete -c posture -n {seen} -l {name}{choices}\n"


def _quoted(text: str) -> str:
    cleaned = " ".join(text.split()).replace("'", "\\'")
    return f"'{cleaned}'"
