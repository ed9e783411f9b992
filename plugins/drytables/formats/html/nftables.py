"""The same commands in nftables, below a figure: folded, to be copied, and explained word by word as the others are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...diagnostics.source import Span
from ...grammar.rule import Rule, Use
from ...meaning.explain import Part
from ...nft.commands import translate
from ...nft.joined import JoinedClause
from ...nft.joined_commands import Together, join_commands
from ...nft.translation import Clause, Translation
from ...page.report import Checked, Snippet
from ...reading.excerpt import Excerpt
from .code import Note, annotated
from .explained import Explained
from .ticks import sentence

_NOWHERE = Span(0, 0)
_NAME, _EACH = "The same in nftables", "One rule for each command"
#: What nft needs and iptables has not, in words.
_COUNTER = "count the packets and bytes that come here, as each rule of iptables does"
#: What is created before the rules, by kind.
_MADE = {
    "table": "make the table, if it is not there yet",
    "chain": "make the chain, if it is not there yet",
}
#: What stands between the braces of a chain.
_HOOKED = "at the hook, and with the priority, that iptables gives it"
_MADE_BESIDES = "make the {kind} that the rule below needs, if it is not there yet"


def in_nftables(snippet: Snippet, explained: Explained) -> str:
    """The HTML of a snippet in nftables; empty if not all of its commands are known and accepted today.

    Where fewer rules do the same, these come first, and one for each command is folded again. `explained` is what is
    known of the commands' words already.
    """
    commands = snippet.correction.commands if snippet.correction is not None else snippet.commands
    if snippet.unchecked is not None or not all(map(_is_sayable, commands)):
        return ""
    each = _Writer(explained)
    translated = [each.command(checked) for checked in commands]
    if not each.says_something:
        return ""
    heads = [each.head for _, translation in translated for each in translation.statements]
    # Only rules at the same end of the same chain become one, and only where all of them are sure to be there.
    may_be_joined = len({*heads}) < len(heads) and not any(each.command.is_conditional for each in commands)
    joined = join_commands(translated) if may_be_joined else []
    if not any(len(one.rules) > 1 for together in joined for one in together):
        return f'<details class="snippet-nft"><summary>{_NAME}</summary>{each.html(_NAME)}</details>'
    fewer = _Writer(explained)
    for (rule, translation), together in zip(translated, joined, strict=True):
        fewer.joined(rule, translation, together)
    return (
        f'<details class="snippet-nft"><summary>{_NAME}</summary>{fewer.html(_NAME)}'
        f"<details><summary>{_EACH}</summary>{each.html(_EACH)}</details></details>"
    )


def _is_sayable(checked: Checked) -> bool:
    verdict = checked.today or checked.verdict
    return checked.status == "accepted" and verdict.status == "accepted"


class _Writer:
    """Writes the lines of some commands, each thing that several of them need once, with a note for each clause."""

    def __init__(self, said: Explained) -> None:
        self._said = said
        self.text = ""
        self.notes: list[Note] = []
        self.assumed: list[str] = []
        self.says_something = False
        self._made: set[str] = set()
        self._told: set[tuple[str, str]] = set()

    def command(self, checked: Checked) -> tuple[Rule, Translation]:
        """Add what a command does, or why nft cannot say it; returns what it is in nft."""
        rule = checked.verdict.rule
        translation = translate(rule, len(self._made))
        if self._prepare(rule, translation):
            parts = self._said.of(rule)
            for statement in translation.statements:
                clauses = ((each.words, _sentence(rule, each, parts)) for each in statement.clauses if each.words)
                self._line(statement.head, _head(rule, parts), clauses, statement.comment)
        return rule, translation

    def joined(self, rule: Rule, translation: Translation, together: Sequence[Together]) -> None:
        """Add what a command does, with the rules that stand in its place."""
        if not self._prepare(rule, translation):
            return
        for one in together:
            self.assumed += [one.joined.note] if one.joined.note else []
            clauses = (
                (each.words, _joined_sentence(each, one.rules, self._said)) for each in one.joined.clauses if each.words
            )
            self._line(one.joined.head, _head(rule, self._said.of(rule)), clauses, one.joined.comment)

    def html(self, name: str) -> str:
        """The lines as code with a name, and what is to be said of them."""
        code = annotated(Excerpt.written_for(self.text, _NOWHERE), "nft", self.notes, name=name)
        assumed = "".join(f"<li>{sentence(each)}</li>" for each in dict.fromkeys(self.assumed))
        return f"{code}{f'<ul>{assumed}</ul>' if assumed else ''}"

    def _prepare(self, rule: Rule, translation: Translation) -> bool:
        """Create what a command needs; False if nft cannot say it, which is reported."""
        if translation.why_not is not None:
            typed = " ".join(word.text for word in rule.words)
            self.text += f"# not in nft: {' '.join(typed.split())}\n"
            nearest = f"; the nearest is {translation.why_not.nearest}" if translation.why_not.nearest else ""
            self.assumed.append(f"not in nft: {translation.why_not.reason}{nearest}")
            return False
        self.says_something = True
        self.assumed += translation.notes
        for line in (*translation.foundations, *translation.objects):
            if line not in self._made:
                self._made.add(line)
                kind = line.split()[1]
                self._begin()
                self._head(line, _MADE.get(kind, _MADE_BESIDES.format(kind=kind)))
                self._end()
        return True

    def _line(self, head: str, sentence: str, clauses: Iterable[tuple[str, str]], comment: str) -> None:
        """Add a command; each of its clauses are words, and the sentence that says what they do."""
        self._begin()
        self._head(head, sentence)
        for words, does in clauses:
            self.text += " "
            self._piece(words, does)
        if comment:
            self._piece(f" comment {comment}")
        self._end()

    def _head(self, words: str, sentence: str) -> None:
        """Add what a command begins with; of a chain, what is in its braces is a piece of its own."""
        name, brace, rest = words.partition(" {")
        if not brace or name.split()[1] != "chain":
            self._piece(words, sentence)
            return
        self._piece(name, sentence)
        self.text += " "
        self._piece(f"{{{rest}", _HOOKED)

    def _begin(self) -> None:
        """Begin a command, which a shell hands on to nft as it is: nft has its own uses for `{`, `;` and quotes."""
        self.text += "nft '"

    def _end(self) -> None:
        self.text += "'\n"

    def _piece(self, words: str, sentence: str = "") -> None:
        """Add words, with what they do; Tab stops where that is said for the first time."""
        words = words.replace("'", "'\\''")
        if sentence:
            key = (words, sentence)
            place = len(self.text), len(self.text) + len(words)
            self.notes.append(Note(*place, sentence, key not in self._told, is_option=False))
            self._told.add(key)
        self.text += words


def _head(rule: Rule, parts: Sequence[Part]) -> str:
    """What the command of iptables that a statement stands for does."""
    words = {word.span for word in (rule.command_word, rule.chain, rule.table_word) if word is not None}
    said = [part.sentence for part in parts if any(_overlap(span, part.span) for span in words)]
    return "; ".join(dict.fromkeys(said))


def _joined_sentence(clause: JoinedClause, rules: Sequence[Rule], said: Explained) -> str:
    """What a clause does: for one rule, or, where rules are joined, for each number or value."""
    cases: dict[tuple[int, str], list[str]] = {}
    for source in clause.sources:
        rule = rules[source.member]
        words = cases.setdefault((source.member, source.at), [source.at] if source.at else [])
        words.append(_sentence(rule, source.clause, said.of(rule)))
    told = [": ".join(words) for words in cases.values()]
    is_choice = all(len(words) == 1 for words in cases.values())
    text = (" or " if is_choice else "; ").join(dict.fromkeys(told))
    return f"{clause.number}; {text}" if clause.number else text


def _sentence(rule: Rule, clause: Clause, parts: Sequence[Part]) -> str:
    if clause.words == "counter":
        return _COUNTER
    spans = [*_spans(rule, clause)]
    said = [part for part in parts if any(_overlap(part.span, span) for span in spans)]
    if clause.use is not None and clause.use is not rule.target:
        # The purpose of a match comes before what its options ask, and says no more than they do.
        said = [part for part in said if part.is_detail] or said
    return "; ".join(dict.fromkeys(part.sentence for part in said))


def _spans(rule: Rule, clause: Clause) -> Iterator[Span]:
    """Where the command of iptables says what a clause does."""
    if clause.use is not None:
        yield from _spans_of_use(clause.use)
    elif clause.letter in ("j", "g") and rule.jump is not None:
        yield rule.jump.span
    elif clause.letter in rule.given:
        yield rule.given[clause.letter].span


def _spans_of_use(use: Use) -> Iterator[Span]:
    yield use.named
    for settings in use.settings.values():
        yield from (setting.span for setting in settings)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
