"""`drytables trace`: which rules of a file a packet meets, and where it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..configuration.settings import Settings
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..formats.terminal import text
from ..formats.trace import trace
from ..formats.trace_record import trace_record
from ..model.packet_text import Unreadable as UnreadablePacket
from ..model.packet_text import read_packet
from ..model.walk import walk
from ..page.rules_of_text import RulesOfText, rules_of_code, rules_of_page
from .dialects import is_page, markup_of
from .files import STDIN, Unreadable, read, shown
from .jobs import Wanted, configurations_of, settings_of
from .output import print_json
from .status import CLEAN, FINDINGS, USAGE
from .terminal import has_color


def trace_packet(
    described: str,
    name: str,
    wanted: Wanted,
    form: str = "text",
    snippets: Sequence[int] = (),
    host: str | None = None,
    is_complete: bool = False,
) -> int:
    """Print the way of a packet through the rules of a file; returns the exit status. Raises Unusable for a
    configuration with faults.

    `snippets` are the numbers of the pieces of code of a page that are run, all of them if there are none; `host` is
    the machine, of several that a page names in its prompts. With `is_complete`, rules that do not match are shown.
    """
    about = Source("packet", described)
    try:
        packet = read_packet(about)
    except UnreadablePacket as unreadable:
        return _refused(unreadable.diagnostics, about)
    try:
        content = read(name)
    except Unreadable as unread:
        return _useless(str(unread))
    source = Source("<stdin>" if name == STDIN else name, content.text)
    rules = _rules(source, settings_of(name, configurations_of(wanted), wanted), snippets)
    trouble = _trouble(rules, name, snippets, host)
    if trouble:
        return _useless(trouble)
    ruleset = rules.rulesets[next(iter(rules.rulesets)) if host is None else host]
    path = walk(packet, ruleset)
    if form == "json":
        print_json(trace_record(path, ruleset, rules.source))
    else:
        print(trace(path, ruleset, rules.source, is_complete=is_complete))
    return CLEAN


def _rules(source: Source, settings: Settings, snippets: Sequence[int]) -> RulesOfText:
    if not snippets and not is_page(source):
        return rules_of_code(source, settings.iptables)
    markup = markup_of(source.path, source.text, settings.markdown)
    return rules_of_page(source, markup, settings.iptables, snippets)


def _trouble(rules: RulesOfText, name: str, snippets: Sequence[int], host: str | None) -> str:
    """Why the rules cannot be followed; empty if they can."""
    beyond = next((number for number in snippets if number > rules.fences), None)
    if beyond is not None:
        return f"{shown(name)}: it has {rules.fences} pieces of code with iptables commands, and no number {beyond}"
    if not rules.rulesets:
        return f"{shown(name)}: no iptables command or saved table is in it"
    names = ", ".join(f"`{each}`" if each else "`` (none)" for each in rules.rulesets)
    if host is not None and host not in rules.rulesets:
        return f"{shown(name)}: it has no rules for the machine `{host}`, but for {names}"
    if host is None and len(rules.rulesets) > 1:
        return f"{shown(name)}: it has rules for several machines; choose one with --host: {names}"
    return ""


def _refused(diagnostics: Sequence[Diagnostic], source: Source) -> int:
    for each in diagnostics:
        print(text(each, source, has_color(sys.stderr)), file=sys.stderr)
    return FINDINGS


def _useless(trouble: str) -> int:
    print(f"drytables: {trouble}", file=sys.stderr)
    return USAGE
