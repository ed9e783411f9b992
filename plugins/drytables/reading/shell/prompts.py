"""What was typed in a snippet, without the prompts before it and the output after it.

The rules, since a snippet does not say what it is:

- A line that begins with `$ `, `% `, `→ `, `user@host:~# `, `[root@host ~]# ` or `host# ` has a prompt. In a snippet
  with such a line, lines without one are output, except those that plainly run iptables; after an unfinished line (a
  backslash, an open quote, a heredoc) the next belongs to it, and a `> ` before it is the shell's.
- `# iptables …` is a root prompt if every line that runs iptables begins so and, outside a console session, no other
  line could be a command; in a snippet with other prompts, unless those show what root's looks like. Otherwise it is a
  comment, and so is `# iptables -F → nft flush ruleset`.
- A command may be preceded by what puts it into another file: a list's bullet, `PostUp =`, `pre-up`, a crontab's times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..names import IPTABLES, SHELL, is_beginning
from ..pattern import pattern
from .heredocs import Delimiter, delimiters_in
from .programs import family_of, is_run, running
from .quotes import Quoting
from .runners import reads_as_sentence

CONSOLE_LANGUAGES = frozenset({"console", "shell-session", "shellsession", "terminal", "session"})

#: The program and an option, even if a word processor changed its dash. For searching: what may precede the program is
#: not scanned again from each of its letters.
NAMES = IPTABLES + r">?\s+(?:!\s*)?[-\u2010-\u2015\u2212]"
#: What plainly runs iptables: the same, by any path. For matching where it begins.
RUNS = r"(?:(?:sudo|doas)\s+(?:-\w+\s+)*)?(?!/(?:etc|usr/share)/)(?:[\w./~-]*/)?<?" + NAMES
_RUNS = pattern(r"\s*" + RUNS)
_RUNS_WITHIN = pattern(r"(?:^|[;&|]|=[\"']?|-c[ \t]+[\"'])[ \t]*" + RUNS, re.MULTILINE)
#: What a shell prints before the typed text, to be compiled with re.VERBOSE.
PROMPT = (
    r"""(?:
        (?:\[[^][\n@]*@[^][\n]*\]|[\w.-]+@[\w.-]+(?:[:\s][^\s\#$%>]*)?)\s?[$\#%>]\s*   # [root@host ~]# , user@host:~$
      | [A-Za-z][\w.-]*(?::[^\s$\#%]*)?>?[$\#]\s+                                     # host# , bash-5.2$
      | [~/][\w./-]*\s[$\#]\s+                                                          # ~ # , as busybox prints it
      | (?!(?:cd|ls|rm|cp|mv|du|cat|find|tree|vi|vim|nano|echo|sudo|pushd|chmod|chown)\s)
        [A-Za-z][\w.-]*\s~\s[$\#]\s+                                                   # web1 ~ # , as Gentoo does
      | (?:"""
    + SHELL
    + r"""|shell|root|host|server|linux|router)>\s+   # shell> , as MySQL's manual has it
      | ~?\][$\#]\s+                                                                  # ]# , what is left of one
      | [└╰]─+\s?[$\#>❯➤]?\s+                                                      # └─# , the second line of Kali's
      | [❯➜]\s+(?:~\S*\s+|git:\(\S+\)\s+|✗\s+)*                                         # ➜  ~ , oh-my-zsh
      | (?:\$\#?|[%→»])\s+
    )"""
)
#: What ends a prompt, or begins one.
_PROMPT_SIGN = pattern("[$#%>→»❯➜└╰]")
_PROMPT = pattern(r"\s*(?:(?:\([^\s)]+\)+)+\s*)?" + PROMPT, re.VERBOSE)
_ROOT = pattern(r"\s*#\s*(?=" + RUNS + ")")
#: A comment, or a prompt of root before another program, which may run iptables.
_ROOT_ELSEWHERE = pattern(r"\s*#\s*(?=[a-z])")
#: What sets a command apart from what is said of it, or from what another program calls the same.
_APART = pattern(r"(?<=\s)(?:(?P<arrow>[→⇒⟶⟹➜➔➡]|[-=]+>)|[—–―])(?=\s)")
#: What shows that such a dash once was two hyphens: `-p tcp — dport 22 -j ACCEPT`.
_OPTIONS = pattern(r"\s(?:-{1,2}[A-Za-z]|(?:[sd]ports?|to|(?:ct)?state|[a-z]+-[a-z]+)\s)")
_SECOND = pattern(r"\s*>\s?")
_CARRIED = r"(?=[\"']?(?:" + RUNS.replace("#", r"\#") + rf"|(?:/\S*/)?{SHELL}\s+-c\s))"
_CARRIER = pattern(
    r"""\s*+(?:
        (?!Exec[A-Z])[A-Za-z][\w-]*\s*=\s*[-@:+!]*+(?![\"'])               # PostUp = , actionban =
      | (?:[-*•]\s+)?(?!(?i:errors?|err|warning|warn|fatal|panic|failed|failure|e):)
        (?:"[\w.-]+"|[A-Za-z][\w.-]*):\s+(?:\[\s*(?=["']))?  # command: , "run": , args: [
      | [-*•]\s+ | \d+[.)]\s+                                         # a list's bullet
      | @?-?(?=\s*\S)(?<=[@-])                                        # @ and - of a Makefile
      | (?:pre-up|post-up|pre-down|post-down|up|down|RUN|CMD|ENTRYPOINT)\s+   # /etc/network/interfaces, Dockerfile
      | (?:(?:[\d*/,-]+\s+){5}|@\w+\s+)(?:[a-z_][\w-]*\s+)?           # crontab
    )"""
    + _CARRIED,
    re.VERBOSE,
)
#: A key whose value may be what other commands begin with.
_KEY = pattern(
    r"[ \t]*[\"']?(?!(?:pre|post)-?(?:up|down)\b|action|exec|command|cmd|run|shell)[A-Za-z][\w.-]*[\"']?[ \t]*[=:]",
    re.IGNORECASE,
)
#: A command as a list of its words, in YAML, JSON or a Dockerfile.
_LISTED = pattern(
    r"""\s*(?:[-*]\s+)?(?:(?:"[\w.-]+"|[A-Za-z][\w.-]*):\s+|(?:RUN|CMD|ENTRYPOINT)\s+)?
    \[(?=\s*["']?[\w./-]+["']?\s*,[^\[\]]*ip6?tables|\s*["']?(?:[\w./-]*/)?ip6?tables["']?\s*,)(?P<words>.*)\][\s,]*$""",
    re.VERBOSE,
)
_LISTED_WORD = pattern(r"""(?<!\s)\s*(?P<word>"[^"]*"|'[^']*'|[^,"'\s](?:[^,]*[^,\s])?)\s*(?:,|$)""")
_NEEDS_NO_QUOTES = pattern(r"""["'][\w./:!+,-]+["']""")
#: What a line that is not a command begins with; `iptables: …`, `-bash: …` and `iptables v1.8.9 …` are what programs
#: say.
_OUTPUT_OR_COMMENT = pattern(
    r"\s*+(?:#|$|[A-Z]|\W*$|.*\btarget\s+prot\b|.*\bpkts\s+bytes\b|\d|-[A-Z] |:"
    r"|-?[a-z][\w./-]*+:\s|ip6?tables[\w-]*+ v\d)"
)


#: Languages of what programs printed. Only what follows a prompt in it was typed.
_PRINTED_LANGUAGES = frozenset({"log", "logs", "syslog", "journal", "dmesg", "stderr"})


class Typed(NamedTuple):
    """The typed part of a snippet, and those of its lines that a program may just as well have printed."""

    code: Excerpt
    unprompted: tuple[Span, ...] = ()


def typed_part(code: Excerpt, language: str) -> Typed:
    """The part of a snippet that was typed into a shell or belongs to a script; output lines are left empty."""
    lines = code.lines()
    if language in _PRINTED_LANGUAGES:
        return Typed(Excerpt.join(_Transcript(lines, is_printed=True).read()))
    if _PROMPT_SIGN.search(code.text) and any(has_prompt(line.text) for line in lines):
        transcript = _Transcript(lines)
        return Typed(Excerpt.join(transcript.read()), tuple(transcript.unprompted))
    take_root = _root_is_prompt([line.text for line in lines], language)
    bare = [line if is_inside else _bare(line, take_root=take_root) for line, is_inside in _with_heredocs(lines)]
    is_all = all(after is before for before, after in zip(lines, bare, strict=True))
    return Typed(code if is_all else Excerpt.join(bare))


def is_empty_prompt(text: str) -> bool:
    """Whether a line is a prompt after which nothing was typed."""
    return bool(text.strip()) and _PROMPT.fullmatch(f"{text.rstrip()} ") is not None


def is_printed(language: str) -> bool:
    """Whether the code of a language is what a program printed."""
    return language in _PRINTED_LANGUAGES


def without_carriers(code: Excerpt) -> Excerpt:
    """A text without the file syntax around the command of each of its lines."""
    return Excerpt.join(_bare(line, take_root=False) for line in code.lines())


def _with_heredocs(lines: list[Excerpt]) -> Iterator[tuple[Excerpt, bool]]:
    """The lines, each with whether it is in a heredoc: what that is for is seen later."""
    waiting: list[Delimiter] = []
    for line in lines:
        yield line, bool(waiting)
        if waiting:
            del waiting[: waiting[0].text == line.text.strip()]
        else:
            waiting = delimiters_in(line.text)


def runs_iptables(text: str) -> bool:
    """Whether a line plainly runs iptables."""
    return bool(_RUNS.match(text))


def mentions_run(text: str) -> bool:
    """Whether a line in some other language runs iptables at its start, or after `;`, `&&` or `ExecStart=`."""
    return bool(_RUNS_WITHIN.search(text))


def has_prompt(text: str) -> bool:
    """Whether a line has a prompt before typed text."""
    match = _PROMPT.match(text)
    return match is not None and bool(text[match.end() :].strip())


def _root_prompt(line: str) -> re.Match[str] | None:
    """A `#` before what plainly runs iptables, or before a program that is known to run it: a prompt, or a comment."""
    prompt = _ROOT.match(line)
    if prompt is None and "tables" in line and (prompt := _ROOT_ELSEWHERE.match(line)):
        words = line[prompt.end() :].split()
        run = running(words, may_guess=False)
        is_known = run.at and run.at < len(words) and family_of(words[run.at]) and is_run(words[run.at + 1 :])
        return prompt if is_known and not reads_as_sentence(words) else None
    return None if prompt and _says_something(line, prompt.end()) else prompt


def _says_something(line: str, start: int) -> bool:
    """Whether a line compares or explains the command at an index, after an arrow or a dash: nobody types that."""
    if line.isascii() and ">" not in line:
        return False
    last = None
    for last in _APART.finditer(line, start):
        if last["arrow"]:
            return True
    return last is not None and not _OPTIONS.search(line, last.end())


def _root_is_prompt(lines: list[str], language: str) -> bool:
    """Whether `# ` before iptables is the prompt of a root shell in a snippet without other prompts."""
    if not any(_root_prompt(line) for line in lines) or any(_RUNS.match(line) for line in lines):
        return False
    if lines[0].startswith("#!"):
        return False
    if language in CONSOLE_LANGUAGES:
        return True
    return all(_root_prompt(line) or _OUTPUT_OR_COMMENT.match(line) for line in lines)


def _bare(line: Excerpt, *, take_root: bool) -> Excerpt:
    """A line of a snippet without prompts, and without the file syntax around the command."""
    if "tables" not in line.text and "sh" not in line.text:
        return line
    root = _root_prompt(line.text) if take_root else None
    if root:
        return line.cut(root.end(), len(line.text))
    listed = _LISTED.match(line.text)
    if listed:
        return _words_of_list(line, *listed.span("words"))
    match = _CARRIER.match(line.text)
    if not match:
        return line
    if _KEY.match(line.text) and is_beginning(line.text[match.end() :].strip("\"',")):
        return line.cut(len(line.text) - line.text.endswith("\n"), len(line.text))
    end = len(line.text.rstrip())
    if match[0].rstrip().endswith("[") and line.text[:end].endswith("]"):
        return _without_quotes(Excerpt.join((line.cut(match.end(), end - 1), line.cut(end, len(line.text)))))
    return _without_quotes(line.cut(match.end(), len(line.text)))


def _words_of_list(line: Excerpt, start: int, end: int) -> Excerpt:
    """The words of a list in the form that a shell expects."""
    pieces: list[Excerpt] = []
    for match in _LISTED_WORD.finditer(line.text, start, end):
        low, high = match.span("word")
        inner = int(bool(_NEEDS_NO_QUOTES.fullmatch(match["word"])))
        pieces += line.cut(low + inner, high - inner), Excerpt.written_for(" ", line.span(high, high))
    return Excerpt.join((*pieces, line.cut(len(line.text) - line.text.endswith("\n"), len(line.text))))


def _without_quotes(line: Excerpt) -> Excerpt:
    """A line without the YAML or JSON quotes around all of it."""
    end = len(line.text.rstrip(" \t\n,"))
    quote = line.text[:1]
    if quote in ("'", '"') and end > 1 and line.text[end - 1] == quote and quote not in line.text[1 : end - 1]:
        return Excerpt.join((line.cut(1, end - 1), line.cut(len(line.text.rstrip("\n")), len(line.text))))
    return line


class _Transcript:
    """A snippet in which prompts show what was typed."""

    def __init__(self, lines: list[Excerpt], *, is_printed: bool = False) -> None:
        self.lines = lines
        #: whether all that has no prompt was printed, even what runs iptables
        self.is_printed = is_printed
        #: the current command, while it is unfinished
        self.pending: _Unfinished | None = None
        #: whether the line before was typed
        self.was_typed = False
        #: the lines that run iptables without a prompt before them
        self.unprompted: list[Span] = []
        shows_root = any(has_prompt(line.text) and "#" in _prompt(line.text) for line in lines)
        self.take_root = not (shows_root or is_printed)

    def read(self) -> list[Excerpt]:
        return [self.typed(line) for line in self.lines]

    def typed(self, line: Excerpt) -> Excerpt:
        """The typed part of a line; for a line of output, only its line feed."""
        prompt = _PROMPT.match(line.text) if has_prompt(line.text) else None
        second = _SECOND.match(line.text)
        if not prompt and (self.pending or (self.was_typed and second)):
            return self.keep(line.cut(second.end() if second else 0, len(line.text)))
        self.pending, self.was_typed = None, False
        start = prompt or (_root_prompt(line.text) if self.take_root else None)
        if start:
            return self.keep(line.cut(start.end(), len(line.text)))
        if _RUNS.match(line.text) and not self.is_printed:
            self.unprompted.append(line.span(0, len(line.text)))
            return self.keep(line)
        return line.cut(len(line.text) - line.text.endswith("\n"), len(line.text))

    def keep(self, typed: Excerpt) -> Excerpt:
        """The typed part of a line, after noting whether the command continues in the next."""
        self.was_typed = True
        self.pending = self.pending or _Unfinished()
        if not self.pending.goes_on(typed.text):
            self.pending = None
        return typed


class _Unfinished:
    """A command in a transcript that may continue in further lines."""

    def __init__(self) -> None:
        self.quoting = Quoting()
        #: what ends the heredocs of the command, which are read one after another
        self.waiting: list[Delimiter] = []

    def goes_on(self, line: str) -> bool:
        """Whether the shell would wait for another line after this one."""
        if self.waiting:
            del self.waiting[: self.waiting[0].text == line.strip()]
            return bool(self.waiting)
        self.waiting = delimiters_in(line)
        if self.waiting:
            return True
        self.quoting.follow(line)
        return line.endswith("\\\n") or self.quoting.opened is not None


def _prompt(text: str) -> str:
    match = _PROMPT.match(text)
    return match[0] if match else ""
