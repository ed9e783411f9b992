"""`drytables completion`: what a shell needs to complete its words, generated from the parser itself.

bash and zsh read the same function. zsh has the builtins that it calls (`complete`, `compgen`) only if bashcompinit is
loaded, which requires compinit, and an unconfigured zsh has not run that.
"""

from __future__ import annotations

import argparse

from ..diagnostics.codes.every import CODES
from ..grammar.history.releases import releases

SHELLS = ("bash", "zsh", "fish")


#: `-i` skips folders that others may write to, where compinit would ask, and `-D` writes no file.
_ZSH = """\
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i -D }
autoload -U +X bashcompinit && bashcompinit
"""


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script of a shell, to be read when it starts."""
    commands = _commands(parser)
    if shell == "fish":
        return _fish(commands)
    words = {name: _words(command) for name, command in commands.items()}
    script = _bash({**words, "": [*commands, "--help", "--version"]}, _values_of_options(commands))
    return _ZSH + script if shell == "zsh" else script


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands and their parsers."""
    action = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(action.choices)


def _words(command: argparse.ArgumentParser) -> list[str]:
    """The options of a command, and the values of its arguments where these are known."""
    words: list[str] = []
    for action in command._actions:
        words += action.option_strings or _values(action)
    return words


def _values(action: argparse.Action) -> list[str]:
    """The values that an option or argument can have; empty if they cannot be listed."""
    if action.metavar == "CODE":
        return list(CODES)
    if action.metavar == "VERSION":
        return [release.version for release in releases()]
    return [str(each) for each in action.choices or ()]


def _values_of_options(commands: dict[str, argparse.ArgumentParser]) -> dict[str, list[str]]:
    """The values of each option whose values can be listed, by command and option."""
    return {
        f"{name} {option}": _values(action)
        for name, command in commands.items()
        for action in command._actions
        if _values(action)
        for option in action.option_strings
    }


def _bash(words: dict[str, list[str]], values: dict[str, list[str]]) -> str:
    of_commands = "\n".join(f'        {name or chr(42)}) words="{" ".join(each)}" ;;' for name, each in words.items())
    of_options = "\n".join(f'        "{name}") words="{" ".join(each)}"; only=1 ;;' for name, each in values.items())
    return f"""_drytables() {{
    local words only=0 prefix= current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
    local command="${{COMP_WORDS[1]}}"
    [ "$COMP_CWORD" -eq 1 ] && command=
    # `--format=short` is three words to bash, and one to zsh.
    [ "$current" = "=" ] && before="=" && current=
    [ "$before" = "=" ] && before="${{COMP_WORDS[COMP_CWORD-2]}}"
    case "$current" in
        --*=*) before="${{current%%=*}}" prefix="${{current%%=*}}=" current="${{current#*=}}" ;;
    esac
    case "$command" in
{of_commands}
    esac
    case "$command $before" in
{of_options}
    esac
    COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "$current"))
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
            spelled = "".join(
                f" -l {option[2:]}" if option.startswith("--") else f" -s {option[1:]}"
                for option in action.option_strings
            )
            values = f" -x -a {_quoted(' '.join(_values(action)))}" if _values(action) else ""
            if spelled or values:
                words = f"complete -c drytables -n '__fish_seen_subcommand_from {name}'{spelled}{values}"
                rows.append(f"{words} -d {_quoted(action.help or '')}")
    return "\n".join(rows) + "\n"


def _quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
