"""The commands of a Dockerfile: a shell runs them, unless they are a list in JSON.

Dockerfile reference: RUN, CMD, ENTRYPOINT; a comment may stand between the lines of an instruction.
"""

from __future__ import annotations

import re

from ..excerpt import Excerpt
from ..pattern import pattern
from .carried import Carried, Contents, without_lines
from .string_syntax import JSON
from .strings import commands_in_strings

_INSTRUCTION = pattern(
    r"[ \t]*(?:ONBUILD[ \t]+)?(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK[ \t](?:[^\n]*[ \t])?CMD)[ \t]+(?:--[\w-]+=\S+[ \t]+)*",
    re.IGNORECASE,
)
_LOOKS = pattern(r"^[ \t]*(?:FROM[ \t]+[\w./:@${}-]+|RUN[ \t]+\S|ENTRYPOINT[ \t]*\[)", re.MULTILINE)
_SKIPPED = pattern(r"[ \t]*(?:#[^\n]*)?\n?$")
_HEREDOC = pattern(r"""<<-?[ \t]*["']?(\w+)["']?""")


def looks_like_dockerfile(text: str) -> bool:
    """Whether a text that does not say what it is must be a Dockerfile."""
    return bool(_LOOKS.match(text.lstrip("\n"))) or ("FROM" in text and "RUN" in text and bool(_LOOKS.search(text)))


def dockerfile_commands(code: Excerpt) -> Contents:
    """The commands of the instructions that run something; the lines of others are left, except for comments."""
    lines = code.lines()
    carried: list[Carried] = []
    taken: set[int] = set()
    at = 0
    while at < len(lines):
        match = _INSTRUCTION.match(lines[at].text)
        if not match:
            taken.update({at} if lines[at].text.lstrip().startswith("#") else ())
            at += 1
            continue
        whole, after = _whole(lines, at)
        command = whole.cut(match.end(), len(whole.text))
        listed = commands_in_strings(command, JSON).carried if command.text.startswith("[") else ()
        carried += listed or [Carried(command, use="run")]
        taken.update(range(at, after))
        at = after
    return Contents(tuple(carried), without_lines(code, taken))


def _whole(lines: list[Excerpt], at: int) -> tuple[Excerpt, int]:
    """The instruction that begins in a line, without the comments in it, and the index of the line after it."""
    pieces = [lines[at]]
    heredoc = _HEREDOC.search(lines[at].text)
    is_continued = True
    at += 1
    while at < len(lines) and (heredoc or is_continued):
        line = lines[at]
        if heredoc:
            pieces.append(line)
            at += 1
            if line.text.strip() == heredoc[1]:
                break
            continue
        is_continued = pieces[-1].text.rstrip().endswith("\\")
        if not is_continued:
            break
        if not _SKIPPED.match(line.text):
            pieces.append(line)
        at += 1
    return Excerpt.join(pieces), at
