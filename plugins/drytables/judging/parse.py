"""Words to a Rule, left to right, as iptables reads them: iptables(8), and iptables-legacy 1.8.9 as observed.

iptables stops at the first thing it does not like; here a bad value is noted and reading goes on, so that all faults
of a command are told at once, the one that iptables prints first. What makes the rest unreadable (an unknown option,
match or stray word) ends the reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..diagnostics.source import Span
from ..grammar.builtin import BY_LETTER, LONGEST_NAME, VERDICTS, BuiltIn
from ..grammar.catalogue import find_match, find_protocol_match, find_target
from ..grammar.extension import Extension, Option
from ..grammar.registries import PROTOCOL_NAMES, PROTOCOLS
from ..grammar.releases import Release, extension_spans, inner_negation_last
from ..grammar.rule import Hole, Rule, Setting, Unknown, Use
from ..grammar.values import Bad, number
from ..reading.word import Command, Word
from . import unknown
from .faults import bad_value, from_fault, iptables_says
from .vocabulary import Ambiguous, Vocabulary

#: The releases that lost a required value glued to its short or long option (`-ptcp`), by an accident of theirs.
_NOT_GLUED = ("1.8.8", "1.8.9")


@dataclass(slots=True)
class Reading:
    """A command read to its end, or to the word that cannot be read.

    `is_whole` is False when reading stopped; `open` holds the words and extensions of which nothing is known here;
    `left_over` are the words behind a lone `--`; `dangling` is a `!` with nothing behind it.
    """

    rule: Rule
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_whole: bool = True
    is_inquiry: bool = False
    open: list[Word] = field(default_factory=list)
    open_extensions: list[tuple[str, Word]] = field(default_factory=list)
    left_over: tuple[Word, ...] = ()
    dangling: Word | None = None


def parse(command: Command, release: Release) -> Reading:
    """Read a command as a release of iptables does."""
    return _Parser(command, release).run()


class _Stop(Exception):
    pass


class _Parser:
    """Walks over the words once; `at` is the next one, `negation` a `!` that waits for its option."""

    def __init__(self, command: Command, release: Release) -> None:
        self.words, self.at = command.words, 1
        self.family, self.release = command.family, release
        self.rule = Rule(command.family, command.words)
        self.reading = Reading(self.rule)
        self.vocabulary = Vocabulary(command.family, release)
        self.negation: Word | None = None
        self.protocol_was_used = False

    def run(self) -> Reading:
        words = self.words
        try:
            while self.at < len(words):
                word = words[self.at]
                self.at += 1
                text = word.text
                if text == "!":
                    self._negate(word)
                    continue
                if text == "--":
                    self.reading.left_over, self.at = words[self.at :], len(words)
                    break
                if word.holes and word.holes[0][0] == 0:
                    self.reading.open.append(word)
                elif text.startswith("--"):
                    self._long(word)
                elif text.startswith("-") and len(text) > 1:
                    self._short(word)
                else:
                    self._stray(word)
                self.negation = None
        except _Stop:
            self.reading.is_whole = False
        self.reading.dangling = self.negation if self.reading.is_whole else None
        return self.reading

    # What goes wrong

    def refuse(
        self,
        code: str,
        message: str,
        span: Span,
        label: str = "",
        *,
        says: str = "",
        help: str = "",
        causes: tuple[Label, ...] = (),
        edits: tuple[Edit, ...] = (),
    ) -> None:
        """Note a fault; reading goes on."""
        self.reading.diagnostics.append(
            Diagnostic(code, message, Label(span, label), causes, iptables_says(says), help, edits)
        )

    def stop(self, diagnostic: Diagnostic) -> _Stop:
        """Note a fault after which nothing can be read."""
        self.reading.diagnostics.append(diagnostic)
        return _Stop()

    def _negate(self, word: Word) -> None:
        if self.negation:
            self.refuse(
                "double-negation",
                "two `!` in a row",
                word.span,
                "the second one",
                says="multiple consecutive ! not allowed",
                causes=(Label(self.negation.span),),
                edits=(Edit(Span(self.negation.span.start, word.span.start), ""),),
                help="write one `!`",
            )
        self.negation = word

    def _stray(self, word: Word) -> None:
        if self.reading.open or self.reading.open_extensions:
            self.reading.open.append(word)
            return
        raise self.stop(unknown.stray_word(word, self.words, self.at - 1))

    # Options of either kind

    def _long(self, word: Word) -> None:
        name, equals, _ = word.text[2:].partition("=")
        glued = _glued(word, len(name) + 3) if equals else None
        found = self.vocabulary.find(name)
        if not isinstance(found, BuiltIn | tuple) and self._load_protocol_match(word):
            found = self.vocabulary.find(name)
        if isinstance(found, BuiltIn):
            if glued and found.argument == "none":
                raise self.stop(unknown.option(word, self.rule, self.vocabulary))
            self._builtin(found, word, glued)
        elif isinstance(found, tuple):
            extension, option = found
            if glued and option.value is None:
                raise self.stop(unknown.option(word, self.rule, self.vocabulary))
            self._option(extension, option, word, glued)
        elif self.reading.open_extensions and not isinstance(found, Ambiguous):
            self._skip_values(word)
        elif isinstance(found, Ambiguous):
            raise self.stop(unknown.ambiguous(word, found.names))
        else:
            raise self.stop(unknown.option(word, self.rule, self.vocabulary))

    def _short(self, word: Word) -> None:
        """Letters behind one dash: flags may be joined, and the rest of the word is the value of the first that
        takes one.
        """
        text, here = word.text, 1
        while here < len(text):
            entry = BY_LETTER.get(text[here]) if text[here] != "0" else None
            if entry is None:
                raise self.stop(unknown.letter(word, text[here], self.rule, self.vocabulary))
            here += 1
            glued = _glued(word, here) if entry.argument != "none" and here < len(text) else None
            self._builtin(entry, word, glued, letter_at=here - 1)
            if entry.argument != "none":
                return
            self.negation = None if here < len(text) else self.negation

    def _skip_values(self, word: Word) -> None:
        """Step over an option of an extension that no file declares, and over what may be its values."""
        self.reading.open.append(word)
        while self.at < len(self.words) and not self.words[self.at].text.startswith(("-", "!")):
            self.reading.open.append(self.words[self.at])
            self.at += 1

    def _load_protocol_match(self, word: Word) -> bool:
        """Load the match that belongs to the protocol, as iptables does once when it does not know an option."""
        protocol = self.rule.protocol
        if not isinstance(protocol, int) or self.protocol_was_used:
            return False
        match = find_protocol_match(protocol, self.family)
        if match is None:
            return self._open_protocol_match(protocol)
        self.protocol_was_used = True
        assert self.rule.protocol_word is not None
        self._use(match, self.rule.protocol_word, self.rule.given["p"].span, implicit=True)
        return True

    def _open_protocol_match(self, protocol: int) -> bool:
        """Note that the protocol has a match which no file declares; it cannot be looked into."""
        name = PROTOCOL_NAMES.get(protocol, "")
        if self.release.is_in(extension_spans("match", name, self.family)) and self.rule.protocol_word is not None:
            self.protocol_was_used = True
            self.reading.open_extensions.append(("match", self.rule.protocol_word))
        return False

    def _next(self) -> Word | None:
        """The next word, whatever it is."""
        if self.at >= len(self.words):
            return None
        self.at += 1
        return self.words[self.at - 1]

    def _next_value(self) -> Word | None:
        """The next word unless it looks like an option."""
        if self.at < len(self.words) and not self.words[self.at].text.startswith(("-", "!")):
            return self._next()
        return None

    def _required(self, spelled: str, word: Word, glued: Word | None, is_builtin: bool = False) -> Word:
        if glued is not None:
            if is_builtin and self.release.version in _NOT_GLUED:
                self.refuse(
                    "glued-value",
                    f"iptables {self.release} does not take a value glued to `{spelled}`",
                    word.span,
                    help="put a space between them: that works in every release",
                )
            return glued
        value = self._next()
        if value is None:
            raise self.stop(unknown.missing_value(word, spelled))
        return value

    # Options of iptables itself

    def _builtin(self, entry: BuiltIn, word: Word, glued: Word | None, letter_at: int = 0) -> None:
        spelled = word.text.partition("=")[0] if word.text.startswith("--") else f"-{word.text[letter_at]}"
        if entry.is_command:
            self._command(entry, spelled, word, glued)
        elif entry.letter == "m":
            self._match(self._required(spelled, word, glued, True), word)
        elif entry.letter == "t":
            self._table(self._required(spelled, word, glued, True))
        else:
            self._parameter(entry, spelled, word, glued)

    def _command(self, entry: BuiltIn, spelled: str, word: Word, glued: Word | None) -> None:
        rule = self.rule
        if self.negation:
            self._negated_wrongly(f"`{spelled}` cannot be negated", word, "unexpected '!' flag")
        if rule.command and not {rule.command, entry.names[0]} <= {"list", "zero", "list-rules"}:
            assert rule.command_word is not None
            self.refuse(
                "two-commands",
                "a command can do one thing only",
                word.span,
                "and this is a second one",
                says=f"Cannot use -{entry.letter} with -{_letter(rule.command)}",
                causes=(Label(rule.command_word.span, "this says what to do"),),
                help="write two commands, or leave one of them out",
            )
            raise _Stop
        if not rule.command or rule.command == "zero":
            rule.command, rule.command_word = entry.names[0], word
        if entry.argument == "required":
            rule.chain = self._required(spelled, word, glued, True)
        else:
            rule.chain = glued or self._next_value() or rule.chain
        self._what_follows_the_chain(entry, spelled, word)

    def _what_follows_the_chain(self, entry: BuiltIn, spelled: str, word: Word) -> None:
        if not entry.then or (entry.argument == "optional" and self.rule.chain is None):
            return
        value = self._next_value()
        if entry.then in ("number", "number?"):
            self.rule.number_word = value
            if value is not None:
                self.rule.number = self._rule_number(value)
        else:
            self.rule.argument = value
        if value is None and entry.then != "number?":
            wanted = {
                "number": "a rule number",
                "name": "old-chain-name and new-chain-name",
                "policy": "a chain and a policy",
            }
            raise self.stop(
                unknown.missing_value(
                    word,
                    spelled,
                    f"-{entry.letter} requires {wanted[entry.then]}",
                    {
                        "number": "write the number of the rule behind the chain, counted from 1",
                        "name": "write the old name and then the new one",
                        "policy": "write the policy behind the chain: `ACCEPT` or `DROP`",
                    }[entry.then],
                )
            )

    def _rule_number(self, word: Word) -> int | Hole:
        if word.holes:
            return Hole(word.text)
        value = number(word.text)
        if value is None or not 1 <= value <= 0x7FFF_FFFF:
            self.refuse(
                "bad-value",
                f"`{word.text}` is no rule number",
                word.span,
                "rules are counted from 1",
                says=f"Invalid rule number `{word.text}'",
            )
            return Hole(word.text)
        return value

    def _table(self, value: Word) -> None:
        if self.negation:
            self._negated_wrongly("a table cannot be negated", value, "unexpected ! flag before --table")
        self.rule.table, self.rule.table_word = value.text, value

    def _parameter(self, entry: BuiltIn, spelled: str, word: Word, glued: Word | None) -> None:
        letter = "j" if entry.letter == "g" else entry.letter
        words: tuple[Word, ...] = (word,)
        if entry.letter == "c":
            words = self._counters(spelled, word, glued)
        elif entry.argument == "required":
            value = self._inner_negation(spelled, word, "", self._required(spelled, word, glued, True))
            words = (word, value) if value is not word else (word,)
        elif entry.argument == "optional":
            optional = glued or self._next_value()
            words = (word, optional) if optional else (word,)
        if letter in "hV":
            self.reading.is_inquiry = True
        if letter in self.rule.given and letter in "psdjiofc":
            first = self.rule.given[letter].words[0]
            self.refuse(
                "only-once",
                f"`{spelled}` can only be given once",
                word.span,
                "and again",
                says=f"multiple -{letter} flags not allowed",
                causes=(Label(first.span, "first here"),),
            )
        if self.negation and not entry.negatable and letter in "jcvxn0":
            self._negated_wrongly(f"`{spelled}` cannot be negated", word, f"cannot have ! before -{letter}")
        setting = Setting(_ANY, words[-1].text if len(words) > 1 else None, self.negation is not None, words)
        self.rule.given[letter] = setting
        if entry.letter == "p":
            self._protocol(words[-1])
        elif letter == "j":
            self._jump(words[-1], goto=entry.letter == "g")

    def _counters(self, spelled: str, word: Word, glued: Word | None) -> tuple[Word, ...]:
        packets = self._required(spelled, word, glued, True)
        if "," in packets.text[1:]:
            return word, packets
        octets = self._next_value()
        if octets is None:
            raise self.stop(
                unknown.missing_value(
                    word,
                    spelled,
                    "-c requires packet and byte counter",
                    "write the number of packets and then of bytes: `-c 0 0`",
                )
            )
        return word, packets, octets

    def _protocol(self, word: Word) -> None:
        self.rule.protocol_word = word
        if word.holes:
            self.rule.protocol = Hole(word.text)
            return
        name = word.text.lower()
        value = PROTOCOLS.get(name)
        if value is None:
            value = number(name)
        if value is None or value > 255:
            self.refuse(**unknown.protocol(word))
            self.rule.protocol = Hole(word.text)
            return
        if value == 0 and self.negation:
            self.refuse(
                "never-matches",
                "`! -p all` matches no packet",
                self.negation.span.to(word.span),
                says="rule would never match protocol",
                help="leave it out: a rule without `-p` is for all protocols",
            )
        self.rule.protocol = value

    # Matches, targets and their options

    def _match(self, value: Word, option: Word) -> None:
        if self.negation:
            self._negated_wrongly(
                "a match as a whole cannot be negated",
                option,
                "unexpected ! flag before --match",
                "put the `!` before the option of the match that you mean",
            )
        if value.holes:
            self.reading.open_extensions.append(("match", value))
            return
        match = find_match(value.text, self.family)
        if match is not None and self._is_there(match):
            self._use(match, value, option.span.to(value.span))
        elif match is None and self.release.is_in(extension_spans("match", value.text, self.family)):
            self.reading.open_extensions.append(("match", value))
        else:
            raise self.stop(unknown.match(value, self.family, self.release))

    def _jump(self, value: Word, goto: bool) -> None:
        rule = self.rule
        rule.jump, rule.goto = value, goto
        name = value.text
        if value.holes:
            self.reading.open_extensions.append(("target", value))
            return
        if not name or len(name.encode()) > LONGEST_NAME or any(letter.isspace() for letter in name):
            says = f"Invalid target name `{name}'" + (
                f" ({LONGEST_NAME} chars max)" if len(name) > LONGEST_NAME else ""
            )
            self.refuse(
                "bad-chain-name",
                f"`{name}` can be neither a target nor a chain" if name else "no target is named",
                value.span,
                f"names have 1 to {LONGEST_NAME} bytes and no blanks",
                says=says if name else "Invalid target name (too short)",
            )
            return
        if name in VERDICTS or goto:
            return
        target = find_target(name, self.family)
        if target is not None and self._is_there(target):
            self._use(target, value, rule.given["j"].span)
        elif target is None and self.release.is_in(extension_spans("target", name, self.family)):
            self.reading.open_extensions.append(("target", value))

    def _is_there(self, extension: Extension) -> bool:
        """Whether this release has the extension."""
        spans = extension_spans(extension.kind, extension.name, self.family)
        return not spans or self.release.is_in(spans)

    def _use(self, extension: Extension, word: Word, named: Span, implicit: bool = False) -> None:
        use = Use(extension, word, named, self.rule, implicit)
        if extension.kind == "target":
            self.rule.target = use
        else:
            self.rule.matches.append(use)
        self.vocabulary.load(extension)

    def _option(self, extension: Extension, option: Option, word: Word, glued: Word | None) -> None:
        use = self._latest(extension)
        spelled = word.text.partition("=")[0]
        words: tuple[Word, ...] = (word,)
        if option.value is not None:
            value = self._inner_negation(spelled, word, extension.name, self._required(spelled, word, glued))
            words = (word, value)
            if option.value.words == 2:
                words = self._second(option, words)
        is_strict = not extension.strict_since or self.release >= Release(extension.strict_since)
        if self.negation and not option.negatable:
            self._negated_wrongly(
                f"`{spelled}` cannot be negated",
                word,
                f'{extension.name}: option "--{option.said_as}" cannot be inverted.',
            )
        if option.name in use.settings and not option.repeatable and is_strict:
            self.refuse(
                "only-once",
                f"`--{option.name}` can only be given once in a `{extension.name}` {extension.kind}",
                word.span,
                "and again",
                causes=(Label(use.span(option.name), "first here"),),
                says=option.twice or f'{extension.name}: option "--{option.said_as}" can only be used once.',
            )
        setting = Setting(option, self._value(extension, option, spelled, words), self.negation is not None, words)
        use.settings.setdefault(option.name, []).append(setting)
        if option.check and not isinstance(setting.value, Hole):
            try:
                fault = option.check(use, setting)
            except Unknown:
                fault = None
            if fault:
                self.reading.diagnostics.append(from_fault(fault, use, self.rule))

    def _latest(self, extension: Extension) -> Use:
        return next(use for use in reversed([*self.rule.uses()]) if use.extension is extension)

    def _second(self, option: Option, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The second word of an option that takes two."""
        value = self._next_value()
        if value is None:
            raise self.stop(
                unknown.missing_value(
                    words[0],
                    words[0].text,
                    getattr(option.value, "missing", ""),
                    f"it takes two words: `--{option.name} {option.value.synopsis}`" if option.value else "",
                )
            )
        return (*words, value)

    def _value(self, extension: Extension, option: Option, spelled: str, words: tuple[Word, ...]) -> object:
        if option.value is None:
            return None
        texts = [word.text for word in words[1:]]
        if any(word.holes for word in words[1:]):
            return Hole(" ".join(texts))
        try:
            if len(texts) == 2:
                return option.value.read_pair(texts[0], texts[1], self.family)
            return option.value.read(texts[0], self.family)
        except Bad as bad:
            self.reading.diagnostics.append(bad_value(bad, spelled, words, extension.name, option.said_as))
            return Hole(" ".join(texts))

    # Negation

    def _inner_negation(self, spelled: str, word: Word, extension: str, value: Word) -> Word:
        """The old place of a `!`, between an option and its value: taken up to 1.4.11.1, refused since."""
        if value.text != "!" or value.span == word.span:
            return value
        behind = self._next_value()
        if behind is None:
            return value
        last = inner_negation_last(extension) if extension else "1.4.11.1"
        if last is not None and self.release <= Release(last):
            self.negation = value
            return behind
        self.refuse(
            "misplaced-negation",
            f"the `!` must stand before `{spelled}`",
            value.span,
            causes=(Label(word.span),),
            help=f"write `! {spelled} {behind.text}`",
            says="" if extension else f"Bad argument `{behind.text}'",
            edits=(
                Edit(Span(word.span.start, word.span.start), "! "),
                Edit(Span(value.span.start, behind.span.start), ""),
            ),
        )
        self.negation = value
        return behind

    def _negated_wrongly(self, message: str, word: Word, says: str, help: str = "") -> None:
        assert self.negation is not None
        self.refuse("not-negatable", message, self.negation.span, causes=(Label(word.span),), says=says, help=help)
        self.negation = None


_ANY = Option("built-in")


def _glued(word: Word, start: int) -> Word:
    """The part of a word from `start` on, as a value of its own."""
    holes = tuple((max(a, start) - start, b - start) for a, b in word.holes if b > start)
    return Word(word.text[start:], word.part(start, len(word.text)), holes)


def _letter(command: str) -> str:
    return next(entry.letter for entry in BY_LETTER.values() if command in entry.names)
