"""Connects an environment with this project, so that both can be moved or copied together.

Nothing in it names a folder absolutely, as the scripts that pip writes do, except the scripts that activate it in a
shell. Those are corrected after each move.
"""

import os
import re
import tomllib
from pathlib import Path

from .folder import NAME, Environment
from .setup_error import SetupError

#: The head of a script, which looks for Python beside the script itself. A shell reads the second line as a command and
#: never comes to the third; to Python, the two are a string.
_HEAD = b"""\
#!/bin/sh
'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"
' '''
"""
#: The head that pip writes. The second form is for folders with blanks and for those with very long names.
_HEAD_OF_PIP = re.compile(rb"""#!(?:/bin/sh\n'''exec' .*?\n' '''|[^\n]*/python[^\n/]*)\n""", re.DOTALL)

#: What the scripts for the shells cannot have in a path, or would take for a command.
_UNFIT_FOR_ACTIVATION = re.compile(rb"""[:"'`$!\\\n]""")

_COMMAND = """\
import sys

from {module} import {function}

if __name__ == "__main__":
    sys.exit({function}())
"""


def make_movable(environment: Environment) -> None:
    """Let the scripts of the packages look for Python beside them."""
    for script in (environment.folder / "bin").iterdir():
        if script.is_file() and not script.is_symlink():
            text = script.read_bytes()
            if head := _HEAD_OF_PIP.match(text):
                _write(script, _HEAD + text[head.end() :])


def connect(environment: Environment, project: Path) -> None:
    """Give an environment, which is or will be that of a project, the project's plugins and commands.

    If it was made or used in another place, the scripts that activate it are corrected. Raises SetupError if the
    project does not say what its commands are.
    """
    place = project / NAME
    packages = environment.site_packages
    assert packages is not None, "an environment without a fault has packages"
    settings = (project / "pyproject.toml").read_bytes()
    plugins = project / "plugins"
    in_place = place / packages.relative_to(environment.folder)
    # A path in such a file is relative to the file, as it is reached; through a link, there are two ways to reach it.
    path = str(plugins) if place.is_symlink() else os.path.relpath(plugins, in_place)
    _write(packages / "this_project.pth", f"{path}\n".encode())
    for name, target in _commands_in(settings).items():
        module, _, function = target.partition(":")
        command = environment.folder / "bin" / name
        _write(command, _HEAD + _COMMAND.format(module=module, function=function).encode(), mode=0o777)
    if environment.place.is_file():
        _rename_in_activation(environment, environment.place.read_bytes().removesuffix(b"\n"), os.fsencode(place))
    _write(environment.place, os.fsencode(place) + b"\n")
    _write(environment.settings, settings)


def _commands_in(settings: bytes) -> dict[str, str]:
    """The commands that a pyproject.toml lists, each with its function."""
    try:
        commands: dict[str, str] = tomllib.loads(settings.decode())["project"]["scripts"]
    except KeyError as missing:
        raise SetupError(f"pyproject.toml has no {missing}, which lists the commands of .venv") from None
    except ValueError as error:
        raise SetupError(f"pyproject.toml cannot be read: {error}") from None
    return commands


def is_connected(environment: Environment, project: Path) -> bool:
    """Whether an environment has the project's commands as they are now, and was not moved."""
    try:
        return (
            environment.place.read_bytes() == os.fsencode(project / NAME) + b"\n"
            and environment.settings.read_bytes() == (project / "pyproject.toml").read_bytes()
        )
    except FileNotFoundError:
        return False


def _rename_in_activation(environment: Environment, before: bytes, after: bytes) -> None:
    for script in (environment.folder / "bin").glob("[Aa]ctivate*"):
        if _UNFIT_FOR_ACTIVATION.search(after):
            script.unlink()
        else:
            _write(script, script.read_bytes().replace(before, after))


def _write(file: Path, text: bytes, mode: int = 0o666) -> None:
    """Write a file in one step, since another make may be reading it. One that is there keeps its permissions."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode)
    if file.exists():
        new.chmod(file.stat().st_mode)
    new.write_bytes(text)
    new.replace(file)
