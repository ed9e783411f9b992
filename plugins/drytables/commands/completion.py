"""`drytables completion`: what a shell needs to complete its words, made from the parser itself."""

from __future__ import annotations

import argparse

from ..diagnostics.codes import CODES

SHELLS = ("bash", "zsh", "fish")


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script of a shell, to be read when it starts."""
    commands = _commands(parser)
    words = {name: _words(command) for name, command in commands.items()}
    words["codes"] += CODES
    if shell == "fish":
        return _fish(commands)
    script = _bash({**words, "": [*commands, "--help", "--version"]}, _choices(commands))
    return f"autoload -U +X bashcompinit && bashcompinit\n{script}" if shell == "zsh" else script


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands and their parsers."""
    action = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(action.choices)


def _words(command: argparse.ArgumentParser) -> list[str]:
    """The options of a command, and the values of its arguments where these are a few words."""
    found: list[str] = []
    for action in command._actions:
        found += action.option_strings if action.option_strings else [str(each) for each in action.choices or ()]
    return found


def _choices(commands: dict[str, argparse.ArgumentParser]) -> dict[str, list[str]]:
    """The values of the options that take one of a few."""
    return {
        option: [str(each) for each in action.choices]
        for command in commands.values()
        for action in command._actions
        if action.choices is not None
        for option in action.option_strings
    }


def _bash(words: dict[str, list[str]], choices: dict[str, list[str]]) -> str:
    cases = "\n".join(f'        {name or chr(42)}) words="{" ".join(each)}" ;;' for name, each in words.items())
    values = "\n".join(f'        {option}) words="{" ".join(each)}"; only=1 ;;' for option, each in choices.items())
    return f"""_drytables() {{
    local words only=0 current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
    local command="${{COMP_WORDS[1]}}"
    [ "$COMP_CWORD" -eq 1 ] && command=
    case "$command" in
{cases}
    esac
    case "$before" in
{values}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [ "$COMP_CWORD" -gt 1 ] && [ "$only" -eq 0 ] && COMPREPLY+=($(compgen -f -- "$current"))
}}
complete -o filenames -F _drytables drytables
"""


def _fish(commands: dict[str, argparse.ArgumentParser]) -> str:
    rows = [
        f"complete -c drytables -n __fish_use_subcommand -f -a {name} -d {_quoted(command.description or '')}"
        for name, command in commands.items()
    ]
    for name, command in commands.items():
        for action in command._actions:
            long = next((each[2:] for each in action.option_strings if each.startswith("--")), "")
            choices = " ".join(str(each) for each in action.choices or ())
            option = f" -l {long}" if long else ""
            values = f" -x -a {_quoted(choices)}" if choices else ""
            if option or values:
                words = f"complete -c drytables -n '__fish_seen_subcommand_from {name}'{option}{values}"
                rows.append(f"{words} -d {_quoted(action.help or '')}")
    return "\n".join(rows) + "\n"


def _quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
