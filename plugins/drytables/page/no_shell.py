"""Signs of the shell in commands that no shell reads: in systemd units, in lists of words."""

from __future__ import annotations

from dataclasses import replace

from ..diagnostics.codes.page import NO_SHELL
from ..diagnostics.diagnostic import Diagnostic, Label
from ..reading.pattern import pattern
from ..reading.word import Word
from .report import Checked, Snippet

_SIGN = pattern(r"\|\|?|&&?|(?:\d|&)?(?:>>?|<)(?:&?\S+)?|[^;]+;|;")


def with_missing_shell_told(snippet: Snippet) -> Snippet:
    """The snippet; commands that are refused for what only a shell understands say that there is no shell."""
    if all(each.command.typed_in not in ("line", "list") for each in snippet.commands):
        return snippet
    return replace(snippet, commands=tuple(_told(each) for each in snippet.commands))


def _told(checked: Checked) -> Checked:
    command, refusal = checked.command, checked.refusal
    if command.typed_in not in ("line", "list") or checked.status != "refused" or refusal is None:
        return checked
    sign = next((word for word in command.words[1:] if not word.holes and _SIGN.fullmatch(word.text)), None)
    if sign is None or refusal.span.end < sign.span.start:
        return checked
    others = tuple(each for each in checked.findings if each.severity != "error" or each.span.end < sign.span.start)
    return replace(checked, findings=(*others, _no_shell(sign, refusal)))


def _no_shell(sign: Word, refusal: Diagnostic) -> Diagnostic:
    """The diagnostic for the first sign, in place of iptables' own complaint about it."""
    shown = sign.text if len(sign.text) < 3 or not sign.text.endswith(";") else ";"
    help_ = {
        "||": "give the whole to a shell (`sh -c '…'`); a unit ignores a failure after `ExecStart=-`",
        ";": "put a blank before the `;` in a unit, or give the whole to a shell (`sh -c '…'`)",
    }.get(shown, "give the whole to a shell: `sh -c '…'`")
    return Diagnostic(
        NO_SHELL,
        f"no shell reads this command: `{shown}` is an argument of iptables",
        Label(sign.span, "an argument like any other"),
        quote=refusal.quote,
        help=help_,
    )
