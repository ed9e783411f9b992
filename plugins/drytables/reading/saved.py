"""iptables-save text, which iptables-restore reads, as commands made of words.

Observed with iptables-legacy-restore and iptables-nft-restore 1.8.9:

- A line that begins with `#`, or is empty, is skipped. `*table`, `:chain policy [packets:bytes]` and `COMMIT` count
  only at the very start of a line, and `COMMIT` only alone; everything else, indented or not, is a rule, whose words
  are the arguments of iptables. A rule may begin with `[packets:bytes]`.
- Words end at spaces and tabs. A double quote opens a quoted part anywhere in a word; its closing quote ends the word.
  Within it, a backslash is dropped and the next character is literal. Outside of it, backslashes and single quotes
  quote nothing: they are ordinary characters. An unclosed quoted part extends to the end of the line.
- `#` later in a line is a word. A table that is not committed is an error, and so is anything outside of a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from ..diagnostics.codes.command import UNCLOSED_QUOTE
from ..diagnostics.codes.saved import BAD_LINE, MISSING_COMMIT, NO_TABLE
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote
from ..diagnostics.source import Span
from .excerpt import Excerpt
from .family import Family, family_of_program, family_of_rules, is_of_ipv6
from .holes import arity_of, widest
from .other_tables import is_of_other_tables
from .placeholders import find_placeholders, mask, outermost
from .shell.prompts import has_prompt
from .shell.quotes import end_of
from .word import Command, Word

_TABLE = re.compile(r"\*[ \t]*(?P<name>[^ \t]*)")
_CHAIN = re.compile(
    r":[ \t]*(?P<chain>[^ \t]*)(?:[ \t]+(?P<policy>[^ \t]+))?(?:[ \t]+(?P<counters>\[\d+:\d+\]))?[ \t]*(?P<rest>.*)"
)
_COUNTERS = re.compile(r"[ \t]*(?P<counters>\[\d+:\d+\])[ \t]*")
#: A line that begins a table; a misspelt one is recognized by the chain or rule after it.
_TABLE_LINE = re.compile(
    r"^[ \t]*\*(?:filter|nat|mangle|raw|security|broute|"
    r"[a-z]+(?=[ \t]*\n(?::[\w-]+[ \t]+(?:-|[A-Z]+)|-[AIN][ \t])))[ \t]*$",
    re.MULTILINE,
)
_COMMIT_LINE = re.compile(r"^[ \t]*COMMIT[ \t]*$", re.MULTILINE)
_UNQUOTED = re.compile(r'[^ \t"]+')
_QUOTED = re.compile(r'[^"\\]+')
_WORD = re.compile(r"[^ \t]+")
_RULE = re.compile(r"[ \t]*(?:-|!)")
_VARIABLE = re.compile(r"\$(?:\w+|\{[^{}\s]+\}|\([^()\n]*\))")
_ELLIPSIS = re.compile(r"[ \t]*(?:\.[ \t]*){2,}$|[ \t]*…[ \t]*$|[ \t]*<[^<>]*>[ \t]*$")


#: The program that was observed, and is quoted.
RESTORE = "iptables-restore 1.8.9"
#: The language of a fence that contains such text.
SAVED_LANGUAGE = "iptables-save"


@dataclass(frozen=True, slots=True)
class SavedChain:
    """A line `:chain policy [packets:bytes]`; the policy is `-` for a user-defined chain."""

    chain: Word
    policy: Word
    counters: Word | None
    span: Span


@dataclass(frozen=True, slots=True)
class SavedTable:
    """One table: its name, its chain lines, its rules in order, and the span from `*` to the end of its last line.

    A rule is a Command without the program's name: its first word is the first argument. `is_whole` is false if the
    author shows only a part (`. . .`) or leaves out the COMMIT. `may_be_output` says that a program may have printed
    it.
    """

    name: Word
    chains: tuple[SavedChain, ...]
    rules: tuple[Command, ...]
    span: Span
    is_whole: bool = True
    may_be_output: bool = False


@dataclass(frozen=True, slots=True)
class SavedPart:
    """A part of a piece of code that contains tables.

    `origin` is `heredoc` for text that a script passes on, `declared` if the fence's language says what it is, and
    `shown` otherwise; `family` is that of the program which reads it, if one is named.
    """

    code: Excerpt
    origin: Literal["heredoc", "declared", "shown"]
    family: Family | None = None


@dataclass(frozen=True, slots=True)
class SavedText:
    """The tables of an iptables-save text, and what is wrong with its form."""

    tables: tuple[SavedTable, ...]
    diagnostics: tuple[Diagnostic, ...]


def saved_part(code: Excerpt, language: str = "") -> Excerpt | None:
    """The part of a piece of code that is iptables-save text, or None.

    If the fence's language says so, that is all of it; otherwise it runs from the first line `*table` to the last
    COMMIT, since the command that printed it may be around it. Heredocs are left to the shell reader.
    """
    if language.lower() == SAVED_LANGUAGE:
        return code
    first = _TABLE_LINE.search(code.text)
    if first and is_of_other_tables(code.text):
        return None
    if not first or "<<" in code.text[: first.start()]:
        return None
    end = len(code.text)
    last = [match.end() for match in _COMMIT_LINE.finditer(code.text, first.end())]
    if last and not _TABLE_LINE.search(code.text, last[-1]):
        end = last[-1]
    return code.cut(first.start(), end)


def holds_table(code: Excerpt) -> bool:
    """Whether a line of the code begins a table."""
    return bool(_TABLE_LINE.search(code.text))


def read_saved(part: SavedPart) -> SavedText:
    """The tables and rules of an iptables-save text.

    Its lines do not say whether they are for iptables or ip6tables. Unless a program that reads it settles that, the
    comment or prompt before each table does; failing that, anything in the table that only one family has; failing
    that, anything like it in the whole text.
    """
    lines = part.code.lines()
    reading = _TableReader(part, lines)
    for at, line in enumerate(lines):
        reading.line(line, at)
    reading.end()
    return SavedText(tuple(reading.tables), tuple(reading.diagnostics))


class _TableReader:
    """Reads the text line by line."""

    def __init__(self, part: SavedPart, lines: list[Excerpt]) -> None:
        self.lines = lines
        self.given = part.family
        self.of_all: Family = "ipv6" if is_of_ipv6(part.code.text) else "ipv4"
        #: the family of the current table, and what the comment or prompt before the next one says about it
        self.family: Family = self.of_all
        self.announced: Family | None = None
        self.is_shown = part.origin == "shown"
        #: whether nothing shows that it was typed
        self.may_be_output = part.origin != "heredoc"
        #: false if the text is indented or quoted, since a new line would have to be so too
        self.may_add_lines = part.code.is_unbroken and not self.may_be_output
        self.tables: list[SavedTable] = []
        self.diagnostics: list[Diagnostic] = []
        self.name: Word | None = None
        self.chains: list[SavedChain] = []
        self.rules: list[Command] = []
        self.last = Span(0, 0)
        self.is_part = False
        self.is_lost = False

    def family_of_table(self, at: int) -> Family:
        """The family of the table that begins at a line."""
        if self.given or self.announced:
            return self.given or self.announced or self.of_all
        texts = []
        for line in self.lines[at + 1 :]:
            if line.text.startswith("*"):
                break
            texts.append(line.text)
            if line.text.rstrip() == "COMMIT":
                break
        return family_of_rules("".join(texts)) or self.of_all

    def line(self, line: Excerpt, at: int) -> None:
        """Read one line with its line end; `at` is its index."""
        line = line.cut(0, len(line.text.rstrip("\r\n")))
        text = line.text
        if not text.strip() or text.startswith("#"):
            if self.name is None:
                self.announced = family_of_program(text) or self.announced
            return
        if _ELLIPSIS.match(text):
            self.is_part = True
            return
        span = line.span(0, len(text.rstrip()))
        if self.name is None:
            self.outside(line, span, at)
            return
        self.last = span
        if text == "COMMIT":
            self.close()
        elif text.startswith(":"):
            self.chain(line, span)
        elif _COUNTERS.match(text) or _RULE.match(text):
            self.rule(line)
        else:
            self.diagnostics.append(_bad_line(line, span, may_add_lines=self.may_add_lines))
            if text.strip() == "COMMIT":
                self.close()

    def outside(self, line: Excerpt, span: Span, at: int) -> None:
        """Read a line before the first table, or after a COMMIT."""
        if self.is_shown and has_prompt(line.text):
            self.announced = family_of_program(line.text) or self.announced
            return
        if not line.text.startswith("*"):
            # Only the first such line is reported, not each that follows it.
            if not self.is_lost:
                self.diagnostics.append(_no_table(line, span))
            self.is_lost = True
            return
        self.is_lost = False
        self.family = self.family_of_table(at)
        match = _TABLE.match(line.text)
        name = match["name"] if match else ""
        self.name = Word(name, line.span(match.start("name"), match.end("name")) if match else span)
        self.last = span
        if not name:
            self.diagnostics.append(
                Diagnostic(
                    BAD_LINE,
                    "this line names no table",
                    Label(span, "expected the name of a table"),
                    help="write the table's name after the star, as in `*filter`",
                )
            )

    def chain(self, line: Excerpt, span: Span) -> None:
        """Read a line that begins with a colon."""
        match = _CHAIN.match(line.text)
        if match is None or not match["chain"] or not match["policy"]:
            self.diagnostics.append(
                Diagnostic(
                    BAD_LINE,
                    "this chain line has no policy",
                    Label(span, "the policy is missing"),
                    quote=Quote("policy invalid", RESTORE),
                    help="write the policy after the chain (`-` for a user-defined chain), as in `:INPUT ACCEPT [0:0]`",
                )
            )
            return
        words = [
            Word(match[name], line.span(*match.span(name))) if match[name] else None
            for name in ("chain", "policy", "counters")
        ]
        if words[0] and words[1]:
            self.chains.append(SavedChain(words[0], words[1], words[2], span))

    def rule(self, line: Excerpt) -> None:
        """Read a line that is a rule, with or without counters."""
        counters = _COUNTERS.match(line.text)
        start = counters.end() if counters else 0
        words, quote = _split_around_holes(line, start)
        if quote is not None:
            end = line.span(len(line.text), len(line.text))
            self.diagnostics.append(
                Diagnostic(
                    UNCLOSED_QUOTE,
                    "this double quote is never closed",
                    Label(line.span(quote, quote + 1), "opened here"),
                    notes=("iptables-restore reads the rest of the line, including its end, as one word",),
                    help='close it with another "',
                    edits=(Edit(end, '"'),),
                    severity="warning",
                )
            )
        if words:
            span = words[0].span.to(words[-1].span)
            self.rules.append(Command(tuple(words), span, self.family, may_be_output=self.may_be_output))

    def close(self, *, is_whole: bool = True) -> None:
        """Keep the current table."""
        if self.name is not None:
            span = self.name.span.to(self.last)
            whole = is_whole and not self.is_part
            self.tables.append(
                SavedTable(self.name, tuple(self.chains), tuple(self.rules), span, whole, self.may_be_output)
            )
        self.name, self.chains, self.rules, self.is_part = None, [], [], False
        self.announced = None

    def end(self) -> None:
        """Finish the text, by whose end every table must have been committed."""
        if self.name is None:
            return
        at_end = Span(self.last.end, self.last.end)
        # A lone `*table` line is quoted to say where something goes.
        if not self.is_part and (self.chains or self.rules):
            self.diagnostics.append(
                Diagnostic(
                    MISSING_COMMIT,
                    f"table `{self.name.text}` is never committed",
                    Label(at_end, "COMMIT is missing after this line"),
                    causes=(Label(self.name.span, "the table begins here"),),
                    quote=Quote("COMMIT expected, and changes nothing", RESTORE),
                    help="write `COMMIT` on a line of its own after the last rule",
                    edits=(Edit(at_end, "\nCOMMIT"),) if self.may_add_lines else (),
                    # Text that is merely shown is most often the beginning of what a program printed.
                    severity="note" if self.is_shown else "error",
                )
            )
        self.close(is_whole=False)


def _split_around_holes(line: Excerpt, at: int) -> tuple[list[Word], int | None]:
    """Like `_split`, but each placeholder and each variable of a heredoc is one hole, even with spaces in it."""
    ranges = outermost([*find_placeholders(line.text), *(match.span() for match in _VARIABLE.finditer(line.text))])
    if not ranges:
        return _split(line, at)
    words, quote = _split(Excerpt(mask(line.text, ranges), line.starts, line.ends), at)
    return [_with_holes(word, line, ranges) for word in words], quote


def _with_holes(word: Word, line: Excerpt, ranges: list[tuple[int, int]]) -> Word:
    """A word of a masked line with its original text; a quoted word can only be a hole as a whole."""
    low = bisect_left(line.starts, word.span.start)
    high = bisect_right(line.ends, word.span.end)
    typed = line.text[low:high]
    first = bisect_right(ranges, low, key=end_of)
    ranges = ranges[first : bisect_left(ranges, (high,), first)]
    if '"' in typed:
        (whole, *_), _ = _split(line.cut(low, high), 0)
        is_hole = any((start, end) == (low + 1, high - 1) for start, end in ranges)
        return whole.as_hole() if is_hole else whole
    holes = tuple((max(start, low) - low, min(end, high) - low) for start, end in ranges)
    return Word(typed, word.span, holes, widest(arity_of(typed[start:end]) for start, end in holes))


def _split(line: Excerpt, at: int) -> tuple[list[Word], int | None]:
    """The words of a rule from an index on, and the index of a quote that is never closed."""
    text = line.text
    if '"' not in text:
        matches = _WORD.finditer(text, at)
        return [Word(match[0], line.span(match.start(), match.end())) for match in matches], None
    words: list[Word] = []
    while at < len(text):
        if text[at] in " \t":
            at += 1
            continue
        start = at
        run = _UNQUOTED.match(text, at)
        parts = [run[0]] if run else []
        at = run.end() if run else at
        if at < len(text) and text[at] == '"':
            quote = at
            quoted, at, is_closed = _quoted(text, at + 1)
            if not is_closed:
                return [*words, Word("".join(parts) + quoted, line.span(start, at))], quote
            parts.append(quoted)
        words.append(Word("".join(parts), line.span(start, at)))
    return words, None


def _quoted(text: str, at: int) -> tuple[str, int, bool]:
    """The text of a quoted part, the index after it, and whether it is closed."""
    parts: list[str] = []
    while at < len(text):
        if text[at] == '"':
            return "".join(parts), at + 1, True
        run = _QUOTED.match(text, at)
        # A backslash is dropped, and the character after it is literal.
        parts.append(run[0] if run else text[at + 1 : at + 2])
        at = run.end() if run else at + 2
    return "".join(parts), min(at, len(text)), False


def _no_table(line: Excerpt, span: Span) -> Diagnostic:
    text = line.text.strip()
    if text.startswith("*"):
        blanks = line.span(0, len(line.text) - len(line.text.lstrip()))
        return Diagnostic(
            NO_TABLE,
            "a `*table` line must not be indented",
            Label(span, "iptables-restore does not recognise this"),
            help="remove the whitespace before it",
            edits=(Edit(blanks, ""),),
        )
    return Diagnostic(
        NO_TABLE,
        "this line belongs to no table",
        Label(span, "there is no `*table` line before it" if text != "COMMIT" else "nothing to commit"),
        notes=(f"{RESTORE} refuses the whole text: line failed",),
        help="start with a line that names the table, such as `*filter`" if text != "COMMIT" else "remove it",
    )


def _bad_line(line: Excerpt, span: Span, *, may_add_lines: bool) -> Diagnostic:
    """The diagnostic for a line inside a table that does not belong to the format."""
    text = line.text.strip()
    label, help_ = "neither a chain, a rule nor COMMIT", "start a rule with its command, as in `-A INPUT -j ACCEPT`"
    edits: tuple[Edit, ...] = ()
    blanks = len(line.text) - len(line.text.lstrip())
    if text == "COMMIT" or (blanks and text[0] in ":#"):
        label, help_ = "this is allowed only at the very start of a line", "remove the whitespace around it"
        trailing = line.span(len(line.text.rstrip()), len(line.text))
        edits = tuple(Edit(each, "") for each in (line.span(0, blanks), trailing) if each.start < each.end)
    elif text.startswith("*"):
        label, help_ = "the previous table is not committed yet", "write `COMMIT` on a line of its own before it"
        edits = (Edit(Span(span.start, span.start), "COMMIT\n"),) if may_add_lines else ()
    elif re.match(r"(?:\S*/)?ip6?tables\s", text):
        label, help_ = "a rule does not start with the name of the program", "remove `iptables`"
    return Diagnostic(
        BAD_LINE,
        "this is not a line of the iptables-save format",
        Label(span, label),
        quote=Quote(f"Bad argument `{text.split()[0]}'", RESTORE),
        help=help_,
        edits=edits,
    )
