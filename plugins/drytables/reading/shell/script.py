"""From the code of a page to the iptables commands in it, each word with its place in the source.

Everything about a text is determined once, and passed on. For each fence, in this order:

1. Of a patch, what it leaves in the file is kept; what is drawn or said around commands is taken away. The parts that
   are iptables-save text are put aside, for `saved.read_saved`.
2. A fence without any sign of a command, or which only quotes commands, is not read any further.
3. `bare_rules` finds the rules without their program.
4. `prompts.typed_part` keeps what was typed, without prompts and output. Of code in another language, only the lines
   that plainly run iptables are read, and reading ends here.
5. `hints` says whether that can contain a command at all. If it cannot, the variables set in it may still matter to a
   later fence that uses one: the text waits until then, and is never parsed if none does.
6. `parsed.parse` finds the placeholders and heredocs in the text and builds the tree of what is around them, whose
   `visits` are the few nodes that matter. All later steps look at these.
7. `chunks.swallows` says whether the tree is what the author meant. If it is not, or if not all of the text is shell,
   `chunks.chunks` takes the text apart, and each part that may contain something is parsed separately.
8. `script_reader` goes through the visits in order. It learns the values of variables, reads the words of each command
   with a hint of iptables in it, and only the program of any other; scripts within words and heredocs are read like
   the whole, from step 6 on.
9. `damaged_lines` looks at the lines that name iptables for what publishing did to them. A line that changes when that
   is undone is another text, and parsed as one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.source import Source, Span
from ..carriers.languages import carried_by
from ..excerpt import Excerpt
from ..family import Family, family_named_last
from ..fence import Fence
from ..patches import patched
from ..saved import SAVED_LANGUAGE, SavedPart, holds_table, saved_part
from ..word import Command
from .bare_rules import bare_rules
from .damaged_lines import DamagedLine, damage_in, lines_of, mended
from .drawings import without_drawing
from .functions import PassedOn
from .hints import may_hold_commands, may_hold_rules, names_used, sets_variables, stretch_of_commands, words_in
from .prompts import CONSOLE_LANGUAGES, is_printed, typed_part
from .script_reader import ScriptFindings
from .syntax_errors import marks_of_conflict

#: Languages whose fences are read as shell throughout; in any other, only lines that plainly run iptables are read.
SHELL_LANGUAGES = CONSOLE_LANGUAGES | {
    "", "sh", "bash", "shell", "zsh", "ksh", "dash", "iptables", "text", "txt", "plain", "plaintext", "none",
}  # fmt: skip
#: Languages in which even a line that runs iptables is merely quoted: a page about pages.
_UNREAD_LANGUAGES = frozenset({"markdown", "md"})
_SIGNS = ("tables", "TABLES", "$", "ipset", "=", "-A ", "-I ", "-P ")


@dataclass(frozen=True, slots=True)
class Script:
    """What a piece of code says: its iptables commands in order, and what is wrong with it as shell text.

    `saved` are the parts with iptables-save text, for `saved.read_saved`: a whole fence, what an `iptables-save`
    printed, or the heredoc of an `iptables-restore`. `others` are the commands between them that run other programs,
    which may change the state that the iptables commands meet; of most, only the program is kept. `damaged` are the
    lines that publishing may have changed.
    """

    commands: tuple[Command, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    saved: tuple[SavedPart, ...] = ()
    others: tuple[Command, ...] = ()
    damaged: tuple[DamagedLine, ...] = ()


def read_scripts(source: Source, fences: Iterable[Fence]) -> list[Script]:
    """What the fences of a page say, the iptables and ip6tables commands of each in order.

    `source` is the page, and the fences are its fences in order: a variable set in one keeps its value in those that
    follow.
    """
    reader = _PageReader(source)
    return [reader.read(fence) for fence in fences]


def read_commands(source: Source, fence: Fence) -> Script:
    """What one fence of a page says, regardless of what those before it set."""
    return _PageReader(source).read(fence)


def read_span(code: Excerpt) -> tuple[Command, ...]:
    """The commands of a piece of code within a sentence."""
    reading = ScriptFindings()
    reading.script(code, {})
    return () if reading.diagnostics else _in_order(reading.commands)


@dataclass(slots=True)
class _PageReader:
    """Reads the fences of a page one after another, and knows the variables that they set, and the functions that pass
    their arguments on to iptables.

    `waiting` are texts that can do no more than set variables; they are read when a variable is used that one of
    them may set: one of `words_in_waiting`.
    """

    source: Source
    values: Mapping[str, str] = field(default_factory=dict)
    waiting: list[Excerpt] = field(default_factory=list)
    words_in_waiting: set[str] = field(default_factory=set)
    functions: dict[str, PassedOn] = field(default_factory=dict)

    def read(self, fence: Fence) -> Script:
        """What one fence says."""
        language = fence.language.lower()
        code, patches = patched(fence.code, language)
        if is_printed(language):
            code, language = typed_part(code, language).code, "console"
        may_hold = language != SAVED_LANGUAGE and language not in _UNREAD_LANGUAGES
        if not may_hold or not any(sign in code.text for sign in (*_SIGNS, *self.functions)):
            return Script(saved=_saved_parts(code, language, fence.family))
        code, drawn = without_drawing(code, language)
        contents = carried_by(code, language) if may_hold_commands(code.text, {}) or "$(IPT" in code.text else None
        reading = ScriptFindings(functions=self.functions)
        if contents is not None:
            reading.carried(contents.carried)
            code = contents.rest
        saved = _saved_parts(code, language, fence.family)
        reading.saved += saved
        rules = [] if holds_table(code) else [*bare_rules(code, language)]
        typed = typed_part(code, language)
        unprompted = _united(patches, drawn, typed.unprompted)
        for rule in rules:
            self.catch_up_on(names_used(rule.text))
            reading.bare_rule(rule, self.values)
        if language not in SHELL_LANGUAGES:
            reading.stretch = _stretch(typed.code, reading)
            reading.plain_lines(typed.code)
            return _finished(reading, unprompted, tuple(self.damaged_lines(reading.texts)))
        text = typed.code.text
        self.catch_up_on(names_used(text))
        may_set = sets_variables(text)
        if not (contents or rules or saved or reading.may_hold(text, self.values)):
            if may_set:
                self.waiting.append(typed.code)
                self.words_in_waiting |= words_in(text)
            return Script()
        reading.stretch = _stretch(typed.code, reading)
        if may_set:
            self.catch_up()
        values = self.values
        reading.script(typed.code, values)
        reading.diagnostics += marks_of_conflict(typed.code)
        if may_set:
            self.values = reading.values
        damaged = (*_damaged_lines(self.source, typed.code, values), *self.damaged_lines(reading.texts))
        return _finished(reading, unprompted, damaged)

    def damaged_lines(self, texts: Iterable[Excerpt]) -> Iterator[DamagedLine]:
        """The damaged lines of what texts in other languages carry."""
        for text in texts:
            yield from _damaged_lines(self.source, text, {})

    def catch_up_on(self, names: set[str]) -> None:
        """Read the texts in waiting, if one of them may set a variable that is used."""
        if not names.isdisjoint(self.words_in_waiting):
            self.catch_up()

    def catch_up(self) -> None:
        """Read the texts in waiting, since a variable is used."""
        for code in self.waiting:
            reading = ScriptFindings(values=dict(self.values))
            reading.script(code, self.values)
            self.values = reading.values
        self.waiting.clear()
        self.words_in_waiting.clear()


def _united(*groups: tuple[Span, ...]) -> tuple[Span, ...]:
    """The stretches that nobody need have typed (patches, drawings, lines of sessions), without overlaps."""
    united: list[Span] = []
    for span in sorted(chain(*groups)):
        if united and span.start < united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return tuple(united)


def _saved_parts(code: Excerpt, language: str, family: Family | None) -> tuple[SavedPart, ...]:
    part = saved_part(code, language)
    if part is None:
        return ()
    announced = family_named_last(code.text[: bisect_left(code.starts, part.starts[0])]) if part.text else None
    return (SavedPart(part, "declared" if language == SAVED_LANGUAGE else "shown", family, announced),)


def _stretch(code: Excerpt, reading: ScriptFindings) -> Span:
    """From the first to the last place in a typed text, and in what was read around it, where commands can be.

    If only ipset commands can be in it, nothing that other programs do can change a rule.
    """
    if not (reading.commands or reading.saved or may_hold_rules(code.text)):
        return Span(0, 0)
    low, high = stretch_of_commands(code.text)
    spans = [code.span(low, high)] if low < high else []
    spans += (command.span for command in reading.commands)
    spans += (part.code.span(0, len(part.code.text)) for part in reading.saved)
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)


def _finished(reading: ScriptFindings, unprompted: tuple[Span, ...], damaged: tuple[DamagedLine, ...] = ()) -> Script:
    """What was read from a fence; the commands in the `unprompted` spans are marked as possible program output."""
    ends = [span.end for span in unprompted]

    def is_unprompted(span: Span) -> bool:
        index = bisect_right(ends, span.start)
        return index < len(ends) and unprompted[index].start <= span.start

    commands = _in_order(reading.commands)
    saved = tuple(reading.saved)
    if unprompted:
        commands = tuple(each._replace(may_be_output=is_unprompted(each.span)) for each in commands)
        saved = tuple(replace(each, may_be_output=is_unprompted(each.code.span(0, 1))) for each in saved)
    diagnostics = tuple(sorted(set(reading.diagnostics), key=lambda each: each.span))
    return Script(commands, diagnostics, saved, _in_order(reading.others), damaged)


def _damaged_lines(source: Source, typed: Excerpt, values: Mapping[str, str]) -> Iterator[DamagedLine]:
    """The lines that publishing may have changed, as they read once that is undone."""
    if "tables" not in typed.text:
        return
    for line in lines_of(typed):
        damages = damage_in(source, line)
        if not damages:
            continue
        whole = mended(line, damages)
        reading = ScriptFindings()
        reading.script(whole, values)
        if reading.commands:
            end = len(line.text.rstrip())
            kept = tuple(damage for *_, damage in damages)
            yield DamagedLine(line.span(0, end), kept, whole.text.strip(), _in_order(reading.commands))


def _in_order(commands: list[Command]) -> tuple[Command, ...]:
    """The commands by their place, each once."""
    by_span = {command.span: command for command in commands}
    return tuple(by_span[span] for span in sorted(by_span))
