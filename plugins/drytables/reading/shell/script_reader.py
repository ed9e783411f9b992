"""From one shell script, and the scripts within it, to the commands it runs.

`ScriptFindings` collects the findings of all of them; `_ScriptReader` goes through one parsed script.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tree_sitter import Node

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.source import Span
from ..carriers.carried import Carried, is_part_of_commands
from ..carriers.languages import carried_by
from ..excerpt import Excerpt
from ..family import Family, family_of_restore
from ..pattern import pattern
from ..saved import SavedPart, holds_table, saved_part
from ..word import Command, TypedIn, Word
from .arguments import arguments_of, end_of_words, words_of
from .chunks import Chunk, chunks, logical_lines, swallows
from .functions import Function, PassedOn, holds_rest, of_alias
from .heredoc_readers import HeredocReaders
from .heredocs import Heredoc, body_of, find_heredocs, without_heredocs
from .hints import is_hinted_by, may_hold_commands, places_of_hints, sets_variables
from .parsed import Parsed, parse
from .printed import is_for_a_shell, is_for_people, printed_by
from .programs import family_of, family_of_run, is_command, plain_program, running, scripts_in
from .prompts import mentions_run, without_carriers
from .quotes import open_quote
from .replaced import script_run, words_run
from .syntax import Reader, Visit
from .syntax_errors import closed, stray_parentheses, unclosed_quote, unreadable
from .words import ShellWord, WordReader

#: How deeply scripts may be nested: a heredoc with `sh -c '…'` in it is two.
_DEEPEST = 4
#: Commands that set the variables they name.
_SETS = pattern(r"(?:read|unset|mapfile|getopts|readarray)\s")
_PRINTS = pattern(r"(?:sudo\s+)?(?:/\S*/)?(?:echo|printf)\s")
_TEE = pattern(r"\btee\s")
#: An alias with fewer words, the last of which stands for others, says nothing.
_LEAST = 3
_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class ScriptFindings:
    """The findings so far, in all the scripts of one piece of code.

    `values` are those of the variables that are known at its end. Programs other than iptables are looked for only in
    `stretch`: before the first iptables command and after the last one, nothing depends on them.
    """

    commands: list[Command] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    saved: list[SavedPart] = field(default_factory=list)
    others: list[Command] = field(default_factory=list)
    stretch: Span = _NOWHERE
    #: whether it is unknown in which order the commands run, or how often
    is_conditional: bool = False
    #: what the commands are typed in
    typed_in: TypedIn = "shell"
    values: dict[str, str] = field(default_factory=dict)
    #: what texts in other languages carry
    texts: list[Excerpt] = field(default_factory=list)
    #: the functions and aliases that pass their arguments on to iptables
    functions: dict[str, PassedOn] = field(default_factory=dict)

    def may_hold(self, text: str, values: Mapping[str, str]) -> bool:
        """Whether a script may contain anything that is read here."""
        return may_hold_commands(text, values) or any(name in text for name in self.functions)

    def script(self, code: Excerpt, values: Mapping[str, str], depth: int = 0) -> None:
        """Read a whole script; if it is not all shell, the parts of it that are."""
        if depth > _DEEPEST or not code.text.strip():
            return
        if depth and not (self.may_hold(code.text, values) or self.reaches(code)):
            return
        parsed = parse(code.text)
        known = dict(values)
        if not parsed.tree.has_error and not swallows(parsed.tree):
            _ScriptReader(self, code, parsed, known, depth).read()
        else:
            opened = 0
            for chunk in chunks(code):
                self.chunk(chunk, known, depth, may_close=opened > 0)
                opened = max(opened + chunk.code.text.count("(") - chunk.code.text.count(")"), 0)
        if depth == 0:
            self.values = known

    def text(self, code: Excerpt, values: Mapping[str, str], depth: int, family: Family | None = None) -> None:
        """Read a text that is written to a file or given to a program: iptables-save text, text in another language, or
        a script. `family` is that of the iptables-restore that gets it.
        """
        saved = saved_part(code)
        if saved is not None:
            self.saved.append(SavedPart(saved, "heredoc", family))
            return
        contents = carried_by(code, "") if may_hold_commands(code.text, {}) else None
        if contents is not None:
            self.carried(contents.carried, depth)
            code = contents.rest
        self.script(without_carriers(code), values, depth)

    def carried(self, parts: Iterable[Carried], depth: int = 0) -> None:
        """Read what a text in another language carries; the order in which it is run is unknown."""
        before = self.is_conditional, self.typed_in
        self.is_conditional = True
        for part in parts:
            if is_part_of_commands(part):
                continue
            self.typed_in = "list" if part.is_list else "line" if part.arguments else "other"
            if part.script is not None and part.script not in self.texts[-1:]:
                self.texts.append(part.script)
            if part.script is None or part.arguments:
                words = [ShellWord(*argument) for argument in part.arguments]
                self.program(words, depth, may_fail=part.may_fail)
            elif part.use == "run" or part.script.text.startswith("#!"):
                self.script(part.script, {}, depth + 1)
            elif part.use == "file" and (holds_table(part.script) or carried_by(part.script, "")):
                self.text(part.script, {}, depth + 1)
            else:
                self.plain_lines(part.script)
        self.is_conditional, self.typed_in = before

    def program(self, words: Sequence[ShellWord], depth: int, *, may_fail: bool = False) -> None:
        """Keep a command that is run as it is, without a shell, and read the scripts among its words."""
        texts = [word.text.text for word in words]
        run = running(texts)
        family = family_of_run(texts[run.at : run.end])
        typed_in, self.typed_in = self.typed_in, "other"
        for index in scripts_in(texts) if family is None else ():
            self.script(script_run(words[index].text, run), {}, depth + 1)
        self.typed_in = typed_in
        if family is None or not is_command(texts[run.at + 1 : run.end]):
            return
        plain = [word.word for word in words]
        shown, prefix = tuple(words_run(plain, run)), tuple(plain[: run.at])
        span = shown[0].span.to(shown[-1].span)
        command = Command(shown, span, family, prefix, is_conditional=True, may_fail=may_fail, typed_in=self.typed_in)
        self.commands.append(command)

    def printed(self, code: Excerpt, reader: str, depth: int) -> None:
        """Read what `echo` and `printf` print for a file or a program."""
        if not may_hold_commands(code.text, {}):
            return
        family = family_of_restore(reader)
        if is_for_a_shell(reader) or family or code.text.startswith("#!"):
            self.text(code, {}, depth, family)
            return
        saved = saved_part(code)
        contents = carried_by(code, "")
        if saved is not None:
            self.saved.append(SavedPart(saved, "shown"))
        elif contents is not None:
            self.carried(contents.carried, depth)
            self.plain_lines(without_carriers(contents.rest))
        else:
            self.plain_lines(without_carriers(code))

    def plain_lines(self, code: Excerpt) -> None:
        """Read the lines of code in another language that plainly run iptables."""
        before, self.is_conditional = self.is_conditional, True
        for line in logical_lines(code):
            if mentions_run(line.text):
                self.chunk(Chunk(line), {}, 0)
        self.is_conditional = before

    def bare_rule(self, code: Excerpt, values: Mapping[str, str]) -> None:
        """Read a rule that was prefixed with its program."""
        before = len(self.commands)
        self.chunk(Chunk(code), dict(values), 0)
        self.commands[before:] = [each._replace(is_bare=True, is_conditional=True) for each in self.commands[before:]]

    def chunk(self, chunk: Chunk, values: dict[str, str], depth: int, *, may_close: bool = True) -> None:
        """Read a line or construct, closing a quote that it leaves open; adds the variables it sets to `values`.

        `may_close` says that a parenthesis in it may close one before it.
        """
        code = chunk.code
        if not (self.may_hold(code.text, values) or sets_variables(code.text) or self.reaches(code)):
            return
        quote = None if chunk.parsed else open_quote(without_heredocs(code.text, find_heredocs(code.text)))
        whole = code if quote is None else closed(code, quote)
        parsed = chunk.parsed or parse(whole.text)
        if parsed.tree.is_given_up and mentions_run(code.text):
            self.diagnostics.append(unreadable(code))
        before = len(self.commands)
        _ScriptReader(self, whole, parsed, values, depth).read()
        # An apostrophe in program output is not a fault; one after an iptables command is.
        if quote is not None and any(command.span.start < code.starts[quote] for command in self.commands[before:]):
            self.diagnostics.append(unclosed_quote(code, quote))
        elif parsed.tree.has_error:
            self.diagnostics += stray_parentheses(whole, self.commands[before:], may_close=may_close)

    def reaches(self, code: Excerpt) -> bool:
        """Whether a part of the code is in the stretch where other programs are looked for."""
        return bool(code.text) and code.starts[0] < self.stretch.end and self.stretch.start < code.ends[-1]


class _ScriptReader:
    """Goes through one parsed script in the order of its text, keeping the values of its variables."""

    def __init__(
        self, reading: ScriptFindings, code: Excerpt, parsed: Parsed, values: dict[str, str], depth: int
    ) -> None:
        self.reading = reading
        self.code = code
        self.tree = parsed.tree
        self.values = values
        self.depth = depth
        self.words = WordReader(code, parsed.placeholders, values)
        #: those that are not read yet, by the index of their operators
        self.heredocs = {heredoc.operator[0]: heredoc for heredoc in parsed.heredocs}
        self.readers = HeredocReaders(parsed.tree.text, parsed.heredocs)
        self.hints = places_of_hints(code.text)
        #: up to where the values of variables were last searched for a hint, and whether they contained one
        self.expanded_to, self.expands_to_hint = 0, False
        #: the function that is being read, if any
        self.function: Function | None = None
        #: what is printed, by who gets it
        self.printed: dict[Reader, list[Excerpt]] = {}

    def read(self) -> None:
        visits = self.tree.visits
        unstable = {name for visit in visits for name in self.unstable(visit.node, visit.is_conditional)}
        for name in unstable:
            self.values.pop(name, None)
        for visit in visits:
            node, kind = visit.node, visit.node.type
            if self.function is not None and self.tree.start(node) >= self.function.end:
                self.leave_function()
            if kind == "function_definition":
                self.enter_function(node)
            elif kind == "variable_assignment" and visit.parent and visit.parent.type != "command":
                self.assign(node, unstable)
            elif kind == "command":
                self.command(visit)
            elif kind == "file_redirect":
                if (heredoc := self.heredocs.pop(self.tree.start(node), None)) is not None:
                    self.heredoc(heredoc)
            elif kind == "herestring_redirect":
                self.here_string(visit)
        self.leave_function()
        # The parser may have lost one, if not all is shell.
        for heredoc in self.heredocs.values():
            self.heredoc(heredoc)
        before, self.reading.typed_in = self.reading.typed_in, "other"
        for reader, pieces in self.printed.items():
            self.reading.printed(Excerpt.join(pieces), reader.text, self.depth + 1)
        self.reading.typed_in = before

    def unstable(self, node: Node, is_conditional: bool) -> list[str]:
        """The variables that a node sets to values which the text alone does not determine."""
        kind = node.type
        if kind == "variable_assignment":
            is_whole = len(node.children) <= 3 and node.children[1].type == "="
            return [self.tree.slice(node.children[0])] if is_conditional or not is_whole else []
        if kind == "for_statement":
            return [self.tree.slice(child) for child in node.children if child.type == "variable_name"]
        if kind in ("command", "unset_command"):
            start, end = self.tree.start(node), self.tree.end(node)
            return self.tree.text[start:end].split()[1:] if _SETS.match(self.tree.text, start, end) else []
        return []

    def assign(self, node: Node, unstable: set[str]) -> None:
        """Note the value of a variable, if it is a literal one."""
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
            elif len(words) == 1 and (family := family_of(words[0].text.text)):  # `$(which iptables)`
                self.values[name] = "iptables" if family == "ipv4" else "ip6tables"

    def command(self, visit: Visit) -> None:
        """Keep a command that runs iptables, and read the scripts among the words of any other."""
        if visit.reader is not None and self.hints:
            self.note_printed(visit)
        if self.function is not None:
            is_certain = visit.parent is not None and visit.parent.type == "compound_statement"
            self.function.note(self.tree.slice(visit.node).split(), is_certain=is_certain)
        if self.runs_plainly(visit):
            return
        words = arguments_of(visit, self.tree, self.words)
        texts = [word.text for word in words]
        if texts and texts[0] in self.reading.functions:
            self.call(visit, words)
            return
        run = running(texts)
        family = family_of_run(texts[run.at : run.end])
        scripts, is_alias = scripts_in(texts) if family is None else [], texts[:1] == ["alias"]
        in_full = words_of(visit, self.tree, self.words) if scripts or is_alias else []
        for alias in in_full[1:] if is_alias else ():
            self.alias(alias, visit)
        for index in scripts:
            self.reading.script(script_run(in_full[index].text, run), {}, self.depth + 1)
        if run.at == len(texts) or scripts or not (family is None or is_command(texts[run.at + 1 : run.end])):
            return
        shown = words_run(words, run)
        self.keep(shown, shown[0].span.to(shown[-1].span), visit, family or "", words[: run.at])
        if self.function is not None and family is not None and holds_rest(shown):
            self.function.commands.append(PassedOn(tuple(shown), family, self.function.taken, visit.may_fail))

    def enter_function(self, node: Node) -> None:
        """Begin with a function; one within another is read as part of that."""
        name = node.child_by_field_name("name")
        if self.function is None and name is not None:
            self.function = Function(self.tree.slice(name), self.tree.end(node))

    def leave_function(self) -> None:
        """Note what the function that was read passes its arguments on to."""
        function, self.function = self.function, None
        if function is None:
            return
        self.reading.functions.pop(function.name, None)
        if (passed := function.passes_on()) is not None and family_of(function.name) is None:
            self.reading.functions[function.name] = passed

    def call(self, visit: Visit, words: list[Word]) -> None:
        """Keep the command that a call of a function, or an alias, is."""
        passed = self.reading.functions[words[0].text]
        called = passed.called(words[0], words[1:])
        if called is None or not is_command([word.text for word in called[1:]]):
            return
        may_fail = visit._replace(may_fail=visit.may_fail or passed.may_fail)
        self.keep(list(called), words[0].span.to(words[-1].span), may_fail, passed.family)

    def alias(self, definition: ShellWord, visit: Visit) -> None:
        """Read `NAME=COMMAND` of an alias, to which the words of a call are added."""
        name, sign, _ = definition.text.text.partition("=")
        body = definition.text.cut(len(name + sign), len(definition.text.text))
        passed = of_alias(body) if sign else None
        if passed is None:
            self.reading.script(body, {}, self.depth + 1)
            return
        if family_of(name) is None:
            self.reading.functions[name] = passed
        if passed.is_whole:
            self.reading.script(body, {}, self.depth + 1)
        elif len(passed.words) >= _LEAST:
            self.keep(list(passed.words), passed.words[0].span.to(passed.words[-1].span), visit, passed.family)

    def is_hinted(self, start: int, end: int) -> bool:
        """Whether anything may hint at iptables in a part of the script."""
        place = bisect_left(self.hints, start)
        if place < len(self.hints) and self.hints[place] < end:
            return True
        # Parts come in the order of their beginnings, so one that begins within another is a substitution in it. A
        # variable set in there has no known value, and the answer for the whole is good enough for the part.
        if start >= self.expanded_to:
            self.expanded_to, self.expands_to_hint = end, is_hinted_by(self.code.text[start:end], self.values)
        return self.expands_to_hint

    def runs_plainly(self, visit: Visit) -> bool:
        """Whether only the program of a command matters, and can be read without the shell; if so, the command is kept.

        Nothing in such a command, nor in what is redirected from or to it, hints at iptables.
        """
        start, end = statement = self.tree.start(visit.node), self.tree.end(visit.node)
        if visit.parent is not None and visit.parent.type == "redirected_statement":
            statement = self.tree.start(visit.parent), self.tree.end(visit.parent)
        # A word of it may precede it, after a redirection.
        if statement[0] != start or self.is_hinted(*statement):
            return False
        program = plain_program(self.code.text, start)
        if program is None or program[1] > end or self.code.text[slice(*program)] in self.reading.functions:
            return False
        here = self.code.span(*program)
        if self.reading.stretch.start <= here.start < self.reading.stretch.end:
            whole = self.code.span(program[0], end_of_words(self.code.text, statement[1]))
            self.keep([Word(self.code.text[slice(*program)], here)], whole, visit)
        return True

    def keep(self, words: list[Word], span: Span, visit: Visit, family: str = "", prefix: Sequence[Word] = ()) -> None:
        """Keep a command: `family` is empty for programs other than iptables, and `prefix` is what runs it."""
        is_conditional = visit.may_not_run or self.reading.is_conditional or self.depth > 0
        typed_in = self.reading.typed_in
        command = Command(tuple(words), span, family, tuple(prefix), is_conditional, visit.may_fail, typed_in=typed_in)
        (self.reading.commands if family else self.reading.others).append(command)

    def note_printed(self, visit: Visit) -> None:
        """Note what a command prints for a file or a program; all that one of them gets is one text."""
        is_printing = _PRINTS.match(self.code.text, self.tree.start(visit.node))
        if not is_printing or visit.reader is None or is_for_people(visit.reader.text):
            return
        text = printed_by(words_of(visit, self.tree, self.words))
        if text is not None:
            self.printed.setdefault(visit.reader, []).append(text)

    def here_string(self, visit: Visit) -> None:
        """Read the word that a shell, iptables-restore or tee reads as a text."""
        reader = self.tree.slice(visit.parent).partition("<<<")[0] if visit.parent else ""
        (*_, node) = visit.node.children
        start, end = self.tree.start(node), self.tree.end(node)
        before, self.reading.typed_in = self.reading.typed_in, "other"
        for word in self.words.read(start, end, self.tree.expansions([node]), may_split=False):
            if is_for_a_shell(reader) or family_of_restore(reader) or _TEE.search(reader):
                self.reading.printed(word.text, reader, self.depth + 1)
        self.reading.typed_in = before

    def heredoc(self, heredoc: Heredoc) -> None:
        """Read the body of a heredoc: iptables-save text, or a script that is run or written to a file."""
        code = body_of(self.code, heredoc, self.values)
        reader = self.readers.of(heredoc)
        if reader.restores(code.text):
            self.reading.saved.append(SavedPart(code, reader.origin, reader.family))
        elif saved_part(code) is not None or not reader.is_other:
            self.reading.text(code, {}, self.depth + 1, reader.family)
