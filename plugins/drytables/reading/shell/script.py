"""From a piece of code to the iptables commands in it, each word with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.source import Source, Span
from ..excerpt import Excerpt
from ..family import family_of_restore
from ..fence import Fence
from ..placeholders import find_placeholders, mask
from ..saved import SAVED_LANGUAGE, SavedPart, holds_table, saved_part
from ..word import Command
from .bare_rules import bare_rules
from .chunks import chunks, logical_lines, swallows
from .damaged_lines import DamagedLine, damage_in, lines_of, mended
from .programs import family_of, is_command, scripts_in, skip_wrappers
from .prompts import CONSOLE_LANGUAGES, mentions_run, runs_iptables, typed_part
from .quotes import open_quote
from .syntax import Tree, Visit
from .syntax_errors import closed, stray_parentheses, unclosed_quote
from .words import ShellWord, WordReader, joined

#: Languages whose fences are read as shell throughout; in any other, only lines that plainly run iptables are.
SHELL_LANGUAGES = CONSOLE_LANGUAGES | {
    "", "sh", "bash", "shell", "zsh", "ksh", "dash", "iptables", "text", "txt", "plain", "plaintext", "none",
}  # fmt: skip
#: Languages in which even a line that runs iptables is only quoted: a page about pages.
_UNREAD_LANGUAGES = frozenset({"markdown", "md"})
#: Programs whose heredoc is no shell script; to `:` it is a comment.
_OTHER_INTERPRETERS = frozenset(
    {":", "python", "python3", "perl", "ruby", "node", "php", "mysql", "psql", "sqlite3", "awk"}
)
#: How deep a script may stand in a script: a heredoc with `sh -c '…'` in it is two.
_DEEPEST = 4
#: What sets the variables that it names.
_SETS = re.compile(r"(?:read|unset|mapfile|getopts|readarray)\s")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_CONTINUED = re.compile(r"(?:\\\n)+")
_GAP = re.compile(r"(?:\s|\\.)+", re.DOTALL)
_ESCAPED_AT_END = re.compile(r"(?:[ \t]|\\\n)*\\[ \t]")


@dataclass(frozen=True, slots=True)
class Script:
    """What a piece of code says: its iptables commands in order, and what is wrong with it as shell text.

    `saved` are the parts that hold iptables-save text, for `saved.read_saved`: a whole fence, what an `iptables-save`
    printed, or the heredoc of an `iptables-restore`. `others` are the commands that run other programs, which may
    change what those of iptables find. `damaged` are the lines that publishing may have changed, and `values` the
    variables whose values are known when all of it was read.
    """

    commands: tuple[Command, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    saved: tuple[SavedPart, ...] = ()
    others: tuple[Command, ...] = ()
    damaged: tuple[DamagedLine, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


_NO_VALUES: Mapping[str, str] = {}


def read_commands(source: Source, fence: Fence, values: Mapping[str, str] = _NO_VALUES) -> Script:
    """The iptables and ip6tables commands of a fence, in order.

    `source` is the page the fence was read from, and `values` are those of the variables that the page set before it.
    """
    language = fence.language.lower()
    saved = _saved_parts(fence.code, language)
    if language == SAVED_LANGUAGE:
        return Script((), saved=saved, values=values)
    text = fence.code.text
    may_hold = any(each in text for each in ("tables", "TABLES", "$", "ipset", "=", "-A ", "-I ", "-P "))
    if language in _UNREAD_LANGUAGES or not may_hold:
        return Script((), saved=saved, values=values)
    reading = _Reading(saved=[*saved], values=dict(values))
    if not holds_table(fence.code):
        for rule in bare_rules(fence.code, language):
            reading.bare_rule(rule, values)
    typed = typed_part(fence.code, language)
    if language not in SHELL_LANGUAGES:
        reading.plain_lines(typed.code)
        return _with_output_known(reading.finish(), typed.unprompted)
    reading.script(typed.code, values, 0)
    script = replace(reading.finish(), damaged=tuple(_damaged_lines(source, typed.code, values)))
    return _with_output_known(script, typed.unprompted)


def _saved_parts(code: Excerpt, language: str) -> tuple[SavedPart, ...]:
    part = saved_part(code, language)
    return () if part is None else (SavedPart(part, "declared" if language == SAVED_LANGUAGE else "shown"),)


def _with_output_known(script: Script, unprompted: tuple[Span, ...]) -> Script:
    """A script, the commands in some spans known to be perhaps what a program printed."""
    if not unprompted:
        return script
    ends = [span.end for span in unprompted]

    def is_unprompted(command: Command) -> bool:
        index = bisect_right(ends, command.span.start)
        return index < len(ends) and unprompted[index].start <= command.span.start

    commands = tuple(command._replace(may_be_output=is_unprompted(command)) for command in script.commands)
    return replace(script, commands=commands)


def read_span(code: Excerpt, values: Mapping[str, str] = _NO_VALUES) -> tuple[Command, ...]:
    """The commands of a piece of code that stands by itself in a sentence."""
    reading = _Reading()
    reading.script(code, values, 0)
    return () if reading.diagnostics else _in_order(reading.commands)


def _damaged_lines(source: Source, typed: Excerpt, values: Mapping[str, str]) -> Iterator[DamagedLine]:
    """The lines on which publishing may have changed something, as they read once that is undone."""
    for line in lines_of(typed):
        damages = damage_in(source, line)
        if not damages:
            continue
        whole = mended(line, damages)
        reading = _Reading()
        reading.script(whole, values, 0)
        if reading.commands:
            end = len(line.text.rstrip())
            found = tuple(damage for *_, damage in damages)
            yield DamagedLine(line.span(0, end), found, whole.text.strip(), _in_order(reading.commands))


@dataclass(slots=True)
class _Reading:
    """What was found so far, in all the scripts of one piece of code."""

    commands: list[Command] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    saved: list[SavedPart] = field(default_factory=list)
    others: list[Command] = field(default_factory=list)
    #: whether nothing tells in which order the commands run, or how often
    is_conditional: bool = False
    values: dict[str, str] = field(default_factory=dict)

    def finish(self) -> Script:
        diagnostics = tuple(sorted(set(self.diagnostics), key=lambda each: each.span))
        return Script(
            _in_order(self.commands), diagnostics, tuple(self.saved), _in_order(self.others), values=self.values
        )

    def script(self, code: Excerpt, values: Mapping[str, str], depth: int) -> None:
        """Reads a whole script; where it is not all shell, the parts of it that are."""
        if depth > _DEEPEST or not code.text.strip():
            return
        placeholders = find_placeholders(code.text)
        tree = Tree(mask(code.text, placeholders))
        known = dict(values)
        if not tree.has_error and not swallows(tree):
            _ScriptReader(self, code, tree, placeholders, known, depth).read()
        else:
            for chunk in chunks(code):
                self.chunk(chunk, known, depth)
        if depth == 0:
            self.values = known

    def plain_lines(self, code: Excerpt) -> None:
        """Reads the lines of code in another language that plainly run iptables."""
        self.is_conditional = True
        for line in logical_lines(code):
            if mentions_run(line.text):
                self.chunk(line, {}, 0)

    def bare_rule(self, code: Excerpt, values: Mapping[str, str]) -> None:
        """Reads a rule before which its program was put."""
        before = len(self.commands)
        self.chunk(code, dict(values), 0)
        self.commands[before:] = [each._replace(is_bare=True, is_conditional=True) for each in self.commands[before:]]

    def chunk(self, code: Excerpt, values: dict[str, str], depth: int) -> None:
        """Reads a line or construct, closing a quote that it leaves open; `values` learns what it sets."""
        quote = open_quote(code.text)
        whole = code if quote is None else closed(code, quote)
        placeholders = find_placeholders(whole.text)
        tree = Tree(mask(whole.text, placeholders))
        before = len(self.commands)
        _ScriptReader(self, whole, tree, placeholders, values, depth).read()
        # An apostrophe in what a program printed is no fault; one behind an iptables command is.
        if quote is not None and any(command.span.start < code.starts[quote] for command in self.commands[before:]):
            self.diagnostics.append(unclosed_quote(code, quote))
        elif tree.has_error:
            self.diagnostics += stray_parentheses(whole, self.commands[before:])


class _ScriptReader:
    """Goes through one parsed script in the order of its text, keeping the values of its variables."""

    def __init__(
        self,
        reading: _Reading,
        code: Excerpt,
        tree: Tree,
        placeholders: list[tuple[int, int]],
        values: dict[str, str],
        depth: int,
    ) -> None:
        self.reading = reading
        self.code = code
        self.tree = tree
        self.values = values
        self.depth = depth
        self.words = WordReader(code, placeholders, values)

    def read(self) -> None:
        visits = list(self.tree.walk())
        unstable = {name for visit in visits for name in self.unstable(visit.node, visit.is_conditional)}
        for name in unstable:
            self.values.pop(name, None)
        for visit in visits:
            node = visit.node
            if node.type == "variable_assignment" and visit.parent and visit.parent.type != "command":
                self.assign(node, unstable)
            elif node.type == "command":
                self.command(visit)
            elif node.type == "heredoc_redirect":
                self.heredoc(visit)

    def unstable(self, node: Node, is_conditional: bool) -> list[str]:
        """The variables that a node sets to what the text alone does not tell."""
        if node.type == "variable_assignment":
            is_whole = len(node.children) <= 3 and node.children[1].type == "="
            return [self.tree.slice(node.children[0])] if is_conditional or not is_whole else []
        if node.type == "for_statement":
            return [self.tree.slice(child) for child in node.children if child.type == "variable_name"]
        if node.type in ("command", "unset_command"):
            start, end = self.tree.start(node), self.tree.end(node)
            return self.tree.text[start:end].split()[1:] if _SETS.match(self.tree.text, start, end) else []
        return []

    def assign(self, node: Node, unstable: set[str]) -> None:
        """Notes the value of a variable, if it is a literal one."""
        name = self.tree.slice(node.children[0])
        self.values.pop(name, None)
        if name in unstable:
            return
        value = node.children[2:]
        if not value:
            self.values[name] = ""
        elif value[0].type != "array":
            start, end = self.tree.start(value[0]), self.tree.end(value[0])
            words = self.words.read(start, end, self.tree.expansions(value), may_split=False)
            if len(words) == 1 and not words[0].holes:
                self.values[name] = words[0].text.text

    def command(self, visit: Visit) -> None:
        """Keeps a command that runs iptables, and reads the scripts that any other takes as words."""
        words = _with_prose_joined(self.arguments(visit))
        texts = [word.text.text for word in words]
        at = skip_wrappers(texts)
        family = family_of(texts[at]) if at < len(texts) else None
        scripts = (scripts_in(texts) or self.written(texts, visit.parent)) if family is None else []
        for index in scripts:
            self.reading.script(words[index].text, {}, self.depth + 1)
        if at == len(texts) or scripts or not (family is None or is_command(texts[at + 1 :])):
            return
        every = [word.word for word in words]
        span = words[at].span.to(words[-1].span)
        is_conditional = visit.may_not_run or self.reading.is_conditional or self.depth > 0
        found = Command(tuple(every[at:]), span, family or "", tuple(every[:at]), is_conditional, visit.may_fail)
        (self.reading.commands if family else self.reading.others).append(found)

    def written(self, texts: list[str], parent: Node | None) -> list[int]:
        """The indexes of the words that `echo` writes into a file or hands to a program: a script, or a part of one."""
        is_kept = parent is not None and parent.type in ("redirected_statement", "pipeline")
        return [i for i, text in enumerate(texts) if runs_iptables(text)] if is_kept and texts[:1] == ["echo"] else []

    def arguments(self, visit: Visit) -> list[ShellWord]:
        """The words of a command, those included that stand behind a redirection."""
        children, parent = visit.node.children, visit.parent
        nodes = [child for child in children if child.type != "variable_assignment" and not _redirects(child)]
        around = parent.children if parent and parent.type == "redirected_statement" else []
        for redirect in (*children, *around):
            if redirect.type == "file_redirect":
                # tree-sitter-bash counts every word after `> file` to the redirection.
                nodes += redirect.children_by_field_name("destination")[1:]
        words: list[ShellWord] = []
        expansions = self.tree.expansions(nodes)
        for start, end in self.word_ranges(nodes):
            words += self.words.read(start, end, expansions)
        return words

    def word_ranges(self, nodes: list[Node]) -> list[tuple[int, int]]:
        """The ranges of the words that the nodes make up.

        Nodes that touch are one word. tree-sitter-bash leaves out an escaped blank beside or between them, which
        belongs to the word it touches, or is a word.
        """
        ranges: list[tuple[int, int]] = []
        for start, end in sorted((self.tree.start(node), self.tree.end(node)) for node in nodes):
            if start == end:
                continue
            before = ranges[-1][1] if ranges else start
            if _CONTINUED.fullmatch(self.code.text, before, start):
                start = before
            elif _GAP.fullmatch(self.code.text, before, start):
                _add_escaped(ranges, self.code.text, before, start)
            _add_range(ranges, start, end)
        if ranges:
            after = _ESCAPED_AT_END.match(self.code.text, ranges[-1][1])
            if after:
                _add_escaped(ranges, self.code.text, ranges[-1][1], after.end())
        return ranges

    def heredoc(self, visit: Visit) -> None:
        """Reads the body of a heredoc: iptables-save text, or a script that is run or written to a file."""
        children = visit.node.children
        body = next((child for child in children if child.type == "heredoc_body"), None)
        if body is None:
            return
        code = self.code.cut(self.tree.start(body), self.tree.end(body))
        statement = self.tree.slice(visit.parent) if visit.parent else ""
        saved = saved_part(code)
        if saved is not None:
            self.reading.saved.append(SavedPart(saved, "heredoc", family_of_restore(statement.partition("<<")[0])))
            return
        if not _OTHER_INTERPRETERS.intersection(statement.partition("<<")[0].split()):
            opening = next((self.tree.slice(child) for child in children if child.type == "heredoc_start"), "")
            is_quoted = not opening.isidentifier()
            self.reading.script(code, {} if is_quoted else self.values, self.depth + 1)


def _in_order(commands: list[Command]) -> tuple[Command, ...]:
    """The commands by where they stand, each once."""
    found = {command.span: command for command in commands}
    return tuple(found[span] for span in sorted(found))


def _add_range(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    """Adds a range, to the last one where it touches that."""
    if ranges and ranges[-1][1] == start:
        ranges[-1] = ranges[-1][0], end
    else:
        ranges.append((start, end))


def _add_escaped(ranges: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds the escaped characters in a part of the text."""
    for found in _ESCAPED.finditer(text, start, end):
        if found[0] != "\\\n":
            _add_range(ranges, *found.span())


def _redirects(node: Node) -> bool:
    return node.type.endswith("_redirect")


def _with_prose_joined(words: list[ShellWord]) -> list[ShellWord]:
    """The words, what stands in another script than Latin taken as one thing up to the next option.

    `-d Сегмент IPv4-сети шлюза 1 -j RETURN` means one address, which the reader shall know.
    """
    found: list[ShellWord] = []
    group: list[ShellWord] = []
    for word in words:
        text = word.text.text
        is_hole = word.holes == ((0, len(text)),)
        is_prose = is_hole and not text.isascii() and any(char > "\u024f" and char.isalpha() for char in text)
        if not text.startswith("<") and (is_prose or (group and text[:1] not in "-!")):
            group.append(word)
            continue
        found += joined(group)
        group = []
        found.append(word)
    return found + joined(group)
