"""Which module reads which language: by the name that a fence gives it, or by what a text looks like."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ..excerpt import Excerpt
from ..pattern import pattern
from .carried import Contents
from .dockerfiles import dockerfile_commands, looks_like_dockerfile
from .makefiles import makefile_commands
from .string_syntax import SYNTAXES
from .strings import commands_in_strings
from .sudoers import holds_sudoers, sudoers_commands
from .systemd_units import holds_unit_commands, systemd_commands
from .yaml_commands import looks_like_yaml, yaml_commands

Reader = Callable[[Excerpt], Contents]

_NAMES: dict[Reader, str] = {
    yaml_commands: "yaml yml cloud-config ansible sls",
    systemd_commands: "systemd service unit desktop ini conf cfg dosini properties",
    sudoers_commands: "sudoers",
    dockerfile_commands: "dockerfile docker containerfile",
    makefile_commands: "make makefile mk gnumake",
}
#: What reads a fence of a language, by the name in small letters.
_BY_NAME: dict[str, Reader] = {
    **{name: partial(commands_in_strings, syntax=syntax) for name, syntax in SYNTAXES.items()},
    **{name: reader for reader, names in _NAMES.items() for name in names.split()},
}
#: Fences that say nothing of their language.
_SILENT = frozenset({"", "text", "txt", "plain", "plaintext", "none", "code", "config"})
#: What is in a heredoc is read once the shell has read around it.
_HEREDOC = pattern(r"""<<-?[ \t]*["'\\]?\w""")


def _has(expression: str, flags: int = 0) -> Callable[[str], object]:
    """Whether a text has something in it."""
    expected = pattern(expression, flags)
    return lambda text: expected.search(text)


#: What reads a text that says nothing of its language: the first of these that the text looks like.
_BY_LOOKS: tuple[tuple[Callable[[str], object], Reader], ...] = (
    (holds_unit_commands, systemd_commands),
    (holds_sudoers, sudoers_commands),
    (looks_like_dockerfile, dockerfile_commands),
    (_has(r"\A\s*+[\[{]\s*+\"[^\"\n]*\"\s*+[:,\]]"), _BY_NAME["json"]),
    (
        _has(r"^[ \t]*(?:resource|provisioner|locals|variable)\b[^\n]*\{[ \t]*$|^[ \t]*inline\s*=\s*\[", re.M),
        _BY_NAME["hcl"],
    ),
    (_has(r"\bVagrant\.configure|\bconfig\.vm\."), _BY_NAME["ruby"]),
    (_has(r"\bsubprocess\.\w+\(|\bos\.(?:system|popen)\("), _BY_NAME["python"]),
    (_has(r"\bexec\.Command(?:Context)?\("), _BY_NAME["go"]),
    (_has(r"<\?php|\bshell_exec\("), _BY_NAME["php"]),
    (_has(r"^[ \t]*#include\b|\bsystem\(\"", re.M), _BY_NAME["c"]),
    (_has(r"\bchild_process\b|\b(?:execFile|spawn|execSync)(?:Sync)?\("), _BY_NAME["javascript"]),
    (looks_like_yaml, yaml_commands),
)


#: What reads a text that is called shell, and is none.
_IN_SHELL: tuple[tuple[Callable[[str], object], Reader], ...] = _BY_LOOKS[:2]


def carried_by(code: Excerpt, language: str) -> Contents | None:
    """What a piece of code in a language carries; None if it is none of these languages, such as shell."""
    reader = _BY_NAME.get(language)
    if reader is None and language in _SILENT:
        reader = next((reader for looks, reader in _BY_LOOKS if looks(code.text)), None)
    elif reader is None and not _HEREDOC.search(code.text):
        # A fence may be named for the shell one is in while one writes such a file.
        reader = next((reader for holds, reader in _IN_SHELL if holds(code.text)), None)
    return None if reader is None else reader(code)
