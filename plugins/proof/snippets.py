"""The snippets of a page as they can be run: programs with their arguments, as the page is read when it is checked.

No shell takes part: the commands that the page shows are run word by word.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drytables.configuration.suggestion import suggestion
from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Source, Span
from drytables.grammar.history.releases import NEWEST, Release
from drytables.page.check import check
from drytables.page.commands import Contents, read_contents
from drytables.page.judge import Judge
from drytables.page.report import Snippet
from drytables.reading.fence import Fence
from drytables.reading.markdown.fences import read_fences
from drytables.reading.markup import Markup
from drytables.reading.saved import SavedTable
from drytables.reading.word import Command, Word

from .codes import NO_SUCH_SNIPPET
from .experiment import Experiment, Form, Use

_ID = re.compile(r"(?:^|[\s{])#([\w-]+)")
_KEEPS = re.compile(r"--noflush|[ \t]-n\b")
#: Commands that change what happens to packets, besides those that are read for what they do to rules.
_NOT_RUN = re.compile(
    r"^[ \t]*(?:\$ |sudo )*"
    r"(?:sysctl|ip|ipset|tc|nft|ifconfig|route|conntrack|ipvsadm|brctl|modprobe|echo [^\n]*> */proc/sys)\b[^\n]*$",
    re.MULTILINE,
)
_PROMPT = re.compile(r"^[ \t]*[#$] ")
#: Longer than any that a snippet of a page has in it.
_FENCE = "~" * 40


@dataclass(frozen=True, slots=True)
class Step:
    """A program that a snippet runs: its words, what it reads from its standard input, and its line in the snippet.

    `may_fail` if its author expects so. `doubt` says why it is not known whether it is run once; `is_refused` whether
    the page says that the newest iptables refuses it.
    """

    words: tuple[Word, ...]
    line: int
    text: str = ""
    may_fail: bool = False
    doubt: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class PageSnippet:
    """A snippet of a page in which there is something to run: its number among these, from 1, and its fence's id.

    `index` is its index among all snippets of the page's report. `text` is the code in each form, `steps` what is run,
    and `others` the lines in it that run other programs: they are not run. The forms are the same
    unless the page corrects it.
    """

    number: int
    index: int
    id: str
    line: int
    text: Mapping[Form, str]
    steps: Mapping[Form, tuple[Step, ...]]
    others: tuple[str, ...]
    is_wrong_on_purpose: bool

    @property
    def is_corrected(self) -> bool:
        """Whether readers are told to type something else than its author wrote."""
        return self.text["corrected"] != self.text["written"]


class Unfilled(Exception):
    """A placeholder in a command for which the experiment has no value; the message is the placeholder as typed."""


def argv(step: Step, values: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a step with values in the place of its placeholders. Raises Unfilled."""
    found: list[str] = []
    for word in step.words:
        text, end = "", 0
        for start, stop in word.holes:
            hole = word.text[start:stop]
            if hole not in values:
                raise Unfilled(hole)
            text, end = text + word.text[end:start] + values[hole], stop
        text += word.text[end:]
        found += [text] if word.arity == "one" else shlex.split(text)
    return tuple(found)


def page_snippets(source: Source, newest: Release | None = None, markup: Markup = "superfences") -> list[PageSnippet]:
    """The snippets of a page that can be run, in order. Takes the release they are judged as, and the markup."""
    judge = Judge(newest or Release(NEWEST))
    snippets = check(source, newest, markup).snippets
    steps: dict[Form, list[tuple[tuple[Step, ...], tuple[str, ...]]]] = {
        "written": [*_read(snippets, [each.fence.code.text for each in snippets], judge)],
        "corrected": [*_read(snippets, [each.repaired or each.fence.code.text for each in snippets], judge)],
    }
    found: list[PageSnippet] = []
    for at, snippet in enumerate(snippets):
        if steps["corrected"][at][0]:
            written = snippet.fence.code.text
            found.append(
                PageSnippet(
                    len(found) + 1,
                    at,
                    _id_of(source.slice(snippet.fence.info)),
                    snippet.fence.line,
                    {"corrected": snippet.repaired or written, "written": written},
                    {"corrected": steps["corrected"][at][0], "written": steps["written"][at][0]},
                    steps["corrected"][at][1],
                    snippet.refused is not None or snippet.unchecked is not None,
                )
            )
    return found


def used_snippets(experiment: Experiment, snippets: Sequence[PageSnippet]) -> list[tuple[Use, PageSnippet]]:
    """The snippets that an experiment uses: those it names, or else all that are not wrong on purpose.

    Raises NoSuchSnippet.
    """
    if not experiment.snippets:
        right = [each for each in snippets if not each.is_wrong_on_purpose]
        if not right:
            raise NoSuchSnippet("there is no snippet with commands on the page", experiment.span, "write one")
        return [(Use(each.number, "corrected", experiment.on), each) for each in right]
    return [(use, _named(use, snippets)) for use in experiment.snippets]


class NoSuchSnippet(Exception):
    """A snippet that an experiment names is not on the page: what is wrong, where in the file, and what to do."""

    def __init__(self, message: str, span: Span, help: str) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(NO_SUCH_SNIPPET, message, Label(span), help=help)


def _named(use: Use, snippets: Sequence[PageSnippet]) -> PageSnippet:
    for each in snippets:
        if use.snippet in (each.number, each.id):
            return each
    ids = [each.id for each in snippets if each.id]
    known = f"the page has {len(snippets)} with commands" + (f", and the ids {', '.join(ids)}" if ids else "")
    help = known if isinstance(use.snippet, int) else suggestion(use.snippet, ids, known)
    raise NoSuchSnippet(f"there is no snippet {use.snippet} on the page", use.span, help)


def _read(
    snippets: Sequence[Snippet], texts: Sequence[str], judge: Judge
) -> Iterator[tuple[tuple[Step, ...], tuple[str, ...]]]:
    """The steps of each snippet when its text is one of `texts`, and the other programs in it.

    They are read as one page of code, so that a variable that one of them sets keeps its value in the next.
    """
    blocks = (f"{_FENCE} {snippet.fence.language}\n{text.rstrip()}\n{_FENCE}\n"
              for snippet, text in zip(snippets, texts, strict=True))  # fmt: skip
    page = Source("", "\n".join(blocks))
    fences = read_fences(page, "commonmark").fences
    for fence, contents in zip(fences, read_contents(page, fences, judge), strict=True):
        steps = [(each.span.start, _step(each, page, fence, judge)) for each in contents.commands if not each.is_saved]
        steps += [(table.span.start, _restore(table, page, fence, contents)) for table, _ in contents.tables]
        others = {page.position(each.span.start)[0] for each in contents.others if not _restores(each)}
        others |= {page.position(found.start())[0] for found in _NOT_RUN.finditer(page.text, *fence.content)}
        lines = tuple(_PROMPT.sub("", page.line(number)).strip() for number in sorted(others))
        yield tuple(step for _, step in sorted(steps, key=lambda step: step[0])), lines


def _step(command: Command, page: Source, fence: Fence, judge: Judge) -> Step:
    program = Word("iptables" if command.family == "ipv4" else "ip6tables", command.words[0].span)
    return Step(
        (program, *command.words[1:]),
        page.position(command.span.start)[0] - fence.line,
        may_fail=command.may_fail,
        doubt="it is in a loop, a condition or a function" if command.is_conditional else "",
        is_refused=judge.verdict(command).status == "refused",
    )


def _restore(table: SavedTable, page: Source, fence: Fence, contents: Contents) -> Step:
    """The step that loads a table of iptables-save text."""
    family = next((rule.family for rule in table.rules if rule.family), "ipv4")
    words = [Word("iptables-restore" if family == "ipv4" else "ip6tables-restore", table.span)]
    before = [each for each in contents.others if _restores(each) and each.span.start < table.span.start]
    line, _ = page.position(table.span.start)
    if before and _KEEPS.search(page.line(page.position(before[-1].span.start)[0])):
        words.append(Word("--noflush", table.span))
    text = f"*{page.slice(table.span).lstrip('*').rstrip()}"
    text += "\n" if text.endswith("COMMIT") else "\nCOMMIT\n"
    return Step(tuple(words), line - fence.line, text, doubt="" if table.is_whole else "only a part of it is shown")


def _restores(command: Command) -> bool:
    return "restore" in command.words[0].text


def _id_of(info: str) -> str:
    found = _ID.search(info)
    return found[1] if found else ""
