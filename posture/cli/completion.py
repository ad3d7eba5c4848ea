"""What the shell may offer at the Tab key, from the grammar: commands, options, their choices."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Literal

from posture.cli.grammar import actions_of, build_parser, commands_of, every_command

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
            case "${{COMP_WORDS[1]}} ${{COMP_WORDS[2]}}" in
{options}
            esac
            if [ "${{word#-}}" = "$word" ]; then
                words=""
                [ "$COMP_CWORD" -ne 2 ] || case "${{COMP_WORDS[1]}}" in
{actions}
                esac
            fi
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
    parser = build_parser()
    commands = commands_of(parser)
    # Those with two names first: a command's own pattern fits its actions, too.
    every = sorted(every_command(parser).items(), key=lambda item: " " not in item[0])
    options = [
        f'            {_pattern(name)}) words="{" ".join(command._option_string_actions)}" ;;'
        for name, command in every
    ]
    choices = {
        f'        "{name.partition(" ")[0]} {option}") '
        f'words="{" ".join(map(str, action.choices))}" ;;': None
        for name, command in every
        for option, action in command._option_string_actions.items()
        if action.choices is not None
    }
    actions = [
        f'                {name}) words="{" ".join(actions_of(command))}" ;;'
        for name, command in commands.items()
        if actions_of(command)
    ]
    return _BASH.format(
        commands=" ".join(commands),
        choices="\n".join(choices),
        options="\n".join(options),
        actions="\n".join(actions),
    )


def _pattern(name: str) -> str:
    """What the first two words are where a command, or one with its action, is typed."""
    return f'"{name}"' if " " in name else f'"{name} "*'


def _fish_lines() -> Iterator[str]:
    for name, command in commands_of(build_parser()).items():
        about = _about(command)
        yield f"complete -c posture -n __fish_use_subcommand -a {name} -d {about}\n"
        seen = f"__fish_seen_subcommand_from {name}"
        for action in command._actions:
            yield from _fish_options(seen, action)
        names = " ".join(actions_of(command))
        for part, parser in actions_of(command).items():
            first = f"{seen}; and not __fish_seen_subcommand_from {names}"
            yield f"complete -c posture -n {_quoted(first)} -a {part} -d {_about(parser)}\n"
            for action in parser._actions:
                yield from _fish_options(f"{seen}; and __fish_seen_subcommand_from {part}", action)


def _about(command: argparse.ArgumentParser) -> str:
    return _quoted((command.description or "").partition(".")[0])


def _fish_options(seen: str, action: argparse.Action) -> Iterator[str]:
    long = [option[2:] for option in action.option_strings if option.startswith("--")]
    choices = (
        "" if action.choices is None else f" -xa {_quoted(' '.join(map(str, action.choices)))}"
    )
    for name in long:
        yield f"complete -c posture -n {_quoted(seen)} -l {name}{choices}\n"


def _quoted(text: str) -> str:
    cleaned = " ".join(text.split()).replace("'", "\\'")
    return f"'{cleaned}'"
