"""Work grows with a text and not with its square, whatever the text is made of.

Each kind of text is read at two sizes in one run, and only the ratio of the two times is held: it is the same on a
slow machine. A kind that took a bad time once stands here so that it never does again.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from time import thread_time

import pytest
from accessible_html import reachable
from drytables.commands.fix import repair
from drytables.configuration.settings import Settings
from drytables.diagnostics.source import Source
from drytables.formats import terminal
from drytables.formats.records import rule_record
from drytables.formats.trace import trace
from drytables.grammar.history.releases import NEWEST, Release
from drytables.model.packet import Packet
from drytables.model.walk import walk
from drytables.page.check import check
from drytables.page.rules_of_text import rules_of_code
from drytables.reading.markdown.dialect import Dialect
from drytables.reading.markup import Markup
from first_words.excerpt import shortened
from first_words.summaries import cleared
from plain_feeds.plain_form import plain
from share_links import share_on_bluesky, share_on_mastodon, share_on_x
from social_images.cards import TITLE_BOX, TITLE_SIZES
from social_images.lines import set_in_lines
from toc import section_headings
from typography.spared_options import split_at_tags
from typography.unbroken_options import unbroken_options

#: Newer releases refuse it, and it is corrected.
OLD_FENCE = '```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3\n```\n'

#: Twice the text may take twice the time, and somewhat more for the noise of the machine; its square takes four times.
MOST_RATIO = 3
#: How often a text is read at the least and at the most, of which the fastest counts.
FEWEST_RUNS, MOST_RUNS = 2, 12
#: Seconds of processor after which a text is said to take for ever.
PATIENCE = 10

Builder = Callable[[int], str]
Work = Callable[[str], object]


def page(text: str, dialect: Dialect = "superfences") -> None:
    """Check a page with this body."""
    check(Source("post.md", "Title: iptables\n\n" + text), dialect=dialect)


def commonmark(text: str) -> None:
    """Check a page with this body, as other blogs read it."""
    page(text, "commonmark")


def plain_markdown(text: str) -> None:
    """Check a page with this body, as Python-Markdown reads it by itself."""
    page(text, "fenced_code")


def reported(text: str) -> None:
    """Report on a page with this shell code, as a terminal shows it."""
    source = Source("post.md", f"Title: iptables\n\n```sh\n{text}\n```\n")
    for found in check(source).all_diagnostics():
        terminal.text(found, source)


def _rules(count: int, line: str) -> str:
    """So many lines, each with a number and an address of its own."""
    hosts = (f"10.{number >> 8}.{number & 255}.1" for number in range(count))
    return "".join(f"{line}\n".format(i=number, host=host) for number, host in enumerate(hosts))


def traced(text: str) -> None:
    """Follow a packet of which hardly anything is known through saved rules of INPUT and other chains."""
    rules = rules_of_code(Source("rules.v4", f"*mangle\n:INPUT ACCEPT [0:0]\n{text}COMMIT\n"))
    trace(walk(Packet(), rules.rulesets[""]), rules.rulesets[""], rules.source)


def mend(text: str) -> None:
    """Repair a page with this shell code."""
    repair(Source("post.md", f"Title: iptables\n\n```sh\n{text}\n```\n"), Settings())


def shell(text: str) -> None:
    """Check a page with this shell code."""
    page(f"```sh\n{text}\n```\n")


def saved(text: str) -> None:
    """Check a page with these lines of a table as iptables-save prints it."""
    page(f"```iptables-save\n*filter\n{text}\nCOMMIT\n```\n")


def console(text: str) -> None:
    """Check a page with this transcript."""
    page(f"```console\n{text}\n```\n")


def header(lines: str) -> None:
    """Check a page with these lines in its header."""
    check(Source("post.md", f"Title: iptables\n{lines}"))


def prose(text: str) -> None:
    """Check a page with this sentence, which speaks of iptables."""
    page(f"ip6tables {text}")


def rule(words: str, release: str = NEWEST) -> None:
    """Judge one command that ends in these words."""
    rule_record(f"iptables {words}", Release(release))


def older_rule(words: str) -> None:
    """Judge it by a release that says what is wrong in words of its own."""
    rule(words, "1.8.9")


def card(title: str) -> None:
    """Set a title on a card."""
    set_in_lines(title, TITLE_SIZES, *TITLE_BOX, lambda text: 0.6 * len(text))


def share(title: str) -> None:
    """Offer a title to every service."""
    for service in (share_on_x, share_on_mastodon, share_on_bluesky):
        service(title, "https://blog.example/")


def cut_short(text: str) -> None:
    """Take the first sentences of a text, or its first words."""
    shortened(text, len(text) - 1)


def made_too_late(count: int) -> str:
    """Return commands that use chains, and behind them those that make the chains."""
    names = [f"chain{at}" for at in range(count)]
    return "".join(
        (*(f"iptables -A INPUT -j {name}\n" for name in names), *(f"iptables -N {name}\n" for name in names))
    )


def _deeper(count: int, line: str) -> str:
    """Lines that are each indented more than the one before."""
    return "".join(f"{' ' * at}{line}\n\n" for at in range(count))


def _cell(text: str) -> str:
    """A notebook with one cell of code, whose text is this string of JSON."""
    return f'{{"cells": [{{"cell_type": "code", "source": ["{text}"]}}], "x": "iptables"}}'


def in_markup(markup: Markup) -> Work:
    """Check a page in a markup other than Markdown."""
    return lambda text: check(Source("page", f"iptables\n\n{text}"), dialect=markup)


def in_language(language: str) -> Work:
    """Check a page with a fence in a language that carries commands."""
    return lambda code: page(f"~~~~~{language}\n{code}\n~~~~~\n", "commonmark")


#: What a text may be made of: a name, what reads it, n such things, and how many take long enough to be measured.
KINDS: list[tuple[str, Work, Builder, int]] = [
    # other markups than Markdown
    (
        "directives in directives",
        in_markup("restructuredtext"),
        lambda n: _deeper(int(n**0.5), ".. note:: Run::"),
        20_000,
    ),
    ("literal blocks that are none", in_markup("restructuredtext"), lambda n: "Run::\n\n" * n, 8_000),
    ("literal blocks", in_markup("restructuredtext"), lambda n: "Run::\n\n  iptables -L\n\n" * n, 150),
    (
        "substitutions, never closed",
        in_markup("restructuredtext"),
        lambda n: f".. parsed-literal::\n\n  {'|a ' * n}",
        20_000,
    ),
    ("open blocks", in_markup("asciidoc"), lambda n: "--\n" * n, 20_000),
    ("a listing, never closed", in_markup("asciidoc"), lambda n: "----\n" + "a\n" * n, 20_000),
    ("attributes in a row", in_markup("asciidoc"), lambda n: f"[{'a, ' * n}]\n----\na\n----\n", 20_000),
    ("callouts in a row", in_markup("asciidoc"), lambda n: f"----\nls {'<1> ' * n}x\n----\n", 8_000),
    ("a table of rules", in_markup("rules"), lambda n: "*filter\n" + "-A INPUT -s 192.0.2.1 -j DROP\n" * n, 1_000),
    ("no rules, with folders", in_markup("rules"), lambda n: "iptables\n" + "/" * n + "\n#!" + "sh" * n, 100_000),
    ("ignored in a row", in_markup("rules"), lambda n: "*nat\n" + "# drytables-ignore bad-value: x\n" * n, 1_000),
    ("arrays in a notebook", in_markup("notebook"), lambda n: f'{{"cells": [{"[], " * n}0]}}', 30_000),
    ("escapes in a notebook", in_markup("notebook"), lambda n: _cell("\\u0069" * n), 4_000),
    ("lines in a notebook", in_markup("notebook"), lambda n: _cell("!ls\\n" * n), 6_000),
    ("roles, never closed", in_markup("restructuredtext"), lambda n: f".. parsed-literal::\n\n  {':a' * n}", 20_000),
    # other languages than shell
    ("escaped quotes", in_language("python"), lambda n: '"iptables"\n' + '\\"' * n, 4_000),
    ("zeros of a format", in_language("python"), lambda n: f'"iptables %{"0" * n}!"', 30_000),
    ("calls in a row", in_language("python"), lambda n: '"iptables"\na = ' + "() " * n, 3_000),
    (
        "names of shells in a list",
        in_language("python"),
        lambda n: f'[{"sh, " * n}"iptables"]'.replace("sh", '"sh"'),
        1_000,
    ),
    ("blank lines of a text that may be JSON", in_language(""), lambda n: f"[{chr(10) * n}iptables -L", 20_000),
    ("templates, never closed", in_language("yaml"), lambda n: f"iptables: x\na: {'{{' * n}", 30_000),
    ("documents of YAML", in_language("yaml"), lambda n: "run: iptables -L\n---\n" + "a\n---\n" * n, 1_500),
    ("aliases", in_language("yaml"), lambda n: f"run: iptables -L\na: &a [b]\nb: [{'*a, ' * n}]", 2_000),
    # tags in a page
    ("images in a row", page, lambda n: '<img src="a"> ' * n, 20_000),
    ("quotes in a row", page, lambda n: "<blockquote>" * n, 35_000),
    ("tags, each closed", page, lambda n: "<b>x</b> " * n, 35_000),
    ("spans", page, lambda n: "<span>" * n, 50_000),
    ("sections", page, lambda n: "<section>" * n, 40_000),
    ("details", page, lambda n: "<details>" * n, 40_000),
    ("divisions", page, lambda n: "<div class='x'>" * n, 20_000),
    ("tags of several kinds", page, lambda n: '<div><p><a href="x"><b>' * n, 9_500),
    ("tags on lines of their own", page, lambda n: '<div><p><a href="x"><b>\n' * n, 2_000),
    ("<pre>, never closed", page, lambda n: "<pre>\n" * n, 2_500),
    ("comments, never closed", page, lambda n: "<!-- x\n" * n, 2_500),
    # blanks
    ("blanks in a word's code", prose, lambda n: f"`{' ' * n}x`", 250_000),
    ("blanks before a program", shell, lambda n: f"{' ' * n}iptables -L", 10_000),
    ("blanks before an option", shell, lambda n: f"iptables{' ' * n}-L", 10_000),
    ("blanks behind a command that may be drawn", shell, lambda n: f"iptables -L{' ' * n}x", 10_000),
    ("blanks before a remark", shell, lambda n: f"iptables -L\n{' ' * n}x", 10_000),
    ("blanks behind a root's prompt", shell, lambda n: f"# iptables -L\n{' ' * n}x", 10_000),
    ("blanks behind a dash", shell, lambda n: f"iptables —L{' ' * n}x", 5_000),
    ("blanks behind a bare rule", shell, lambda n: f"-A INPUT{' ' * n}!", 15_000),
    ("blanks before what may be a listed option", shell, lambda n: f"-A INPUT{' ' * n}-x", 15_000),
    ("blanks in a list of words", shell, lambda n: f'RUN ["iptables", a{" " * n}b]', 10_000),
    ("blanks before a word of a list", shell, lambda n: f'RUN ["iptables", {" " * n}"a"b]', 150_000),
    # letters and signs
    ("a word that runs nothing", shell, lambda n: f"{'a' * n}tables\n  x", 20_000),
    ("a word of a damaged command", shell, lambda n: f"iptables -L\u00a0-s {'a' * n}", 3_000),
    ("the program's name", shell, lambda n: "iptables" * n, 2_000),
    ("a variable for sudo", shell, lambda n: f"${'sudo' * n}- iptables -L", 5_000),
    ("a name that may stand for an address", shell, lambda n: f"iptables {'IP_' * n}-a", 5_000),
    ("colons of an address", shell, lambda n: f"-A INPUT -s {':' * n}x", 10_000),
    ("dashes of a unit file", shell, lambda n: f"x={'-' * n} iptables", 10_000),
    ("what commands begin with", in_language("ini"), lambda n: f"a=iptables{' -t=x' * n} !\n", 5_000),
    ("lines of sudoers", shell, lambda n: "x ALL=(ALL) NOPASSWD: /sbin/iptables -F, \\\n" * n, 3_000),
    ("commands of sed", shell, lambda n: f"sed '{' a iptables -A' * n}/d' x\n", 2_000),
    ("heredocs of one command", shell, lambda n: f"cat{' a-file-of-rules <<E' * n}\n" + "iptables -L\nE\n" * n, 400),
    ("filters before iptables-restore", shell, lambda n: "sed x <<E | iptables-restore\n*filter\nCOMMIT\nE\n" * n, 150),
    ("second columns", in_language(""), lambda n: "iptables -F      nft list ruleset\n" * n, 150),
    (
        "chains that are emptied in one fence after another",
        page,
        lambda n: "".join(f"```sh\niptables -A INPUT -p tcp --dport {i} -j DROP\niptables -F\n```\n" for i in range(n)),
        100,
    ),
    ("prompts that are never closed", shell, lambda n: f"iptables -L {'[a ' * n}", 450),
    ("a shortcode of Jekyll", commonmark, lambda n: "{% highlight " + "a" * n, 400_000),
    ("a shortcode of Hugo", commonmark, lambda n: "{{< highlight " + "a" * n, 400_000),
    # one command
    ("digits of a probability", rule, lambda n: f"-m statistic --probability {'1' * n}x", 1_500_000),
    ("digits of a time", rule, lambda n: f"-j RATEEST --rateest-interval 0x{'d' * n}!", 1_500_000),
    ("digits of a rule's number", rule, lambda n: f"-D INPUT {'0' * n}x", 1_500_000),
    (
        "letters of a value, told of in older words",
        older_rule,
        lambda n: f"-A INPUT -p tcp --dport {'a' * n}",
        1_500_000,
    ),
    # fences
    ("fences, never closed", page, lambda n: "```sh\nx\n" * n, 400),
    ("fences of tildes, never closed", page, lambda n: "~~~ sh\nx\n" * n, 400),
    ("fences of two kinds, never closed", page, lambda n: "```sh\n~~~~sh\n" * n, 400),
    ("fences of many lengths", page, lambda n: "".join(f"{'`' * (3 + at % 50)}sh\n" for at in range(n)), 500),
    ("fences that say too much", page, lambda n: "```sh x y\nx\n" * n, 200),
    ("fences in a quote, never closed", page, lambda n: "> ```sh\n> x\n\n" * n, 300),
    ("fences on bullets, never closed", page, lambda n: "- ```sh\n  x\n" * n, 1_000),
    ("fences as Python-Markdown reads them", plain_markdown, lambda n: "```sh\n~~~sh\n" * n, 300),
    ("fences as CommonMark reads them", commonmark, lambda n: "```sh\n~~~sh\n" * n, 300),
    ("fences behind prose", commonmark, lambda n: "x\n    ```sh\n    x\n" * n, 800),
    ("shortcodes of Jekyll, never closed", commonmark, lambda n: "{% highlight sh %}\n" * n, 2_000),
    ("shortcodes of Hugo, never closed", commonmark, lambda n: "{{< highlight sh >}}\n" * n, 2_000),
    ("shortcodes in a quote, closed below", commonmark, lambda n: "> {{< file >}}\n>\n" * n + "\n{{< /file >}}", 1_000),
    ("shortcodes of which one is closed", commonmark, lambda n: "{{< file >}}\n" * n + "{{< /file >}}", 1_000),
    ("components, never closed", commonmark, lambda n: '<CodeBlock a="b>\n' * n, 1_000),
    ("tags above a <pre> that is missing", commonmark, lambda n: "x\n<b>\n" * n, 1_000),
    ("fences below HTML", commonmark, lambda n: "<div>\n```sh\nx\n```\n\n" * n, 200),
    ("open fences", commonmark, lambda n: "```sh\nx\n" * n, 1_000),
    ("admonitions", commonmark, lambda n: "!!! note\n    x\n" * n, 1_000),
    # nested and joined commands
    ("substitutions in each other", shell, lambda n: "$(iptables -L " * n + ")" * n, 80),
    ("substitutions with variables", shell, lambda n: "a=b\n" + "$(x $a " * n + ")" * n + "\niptables -L", 150),
    ("lines that publishing damaged", shell, lambda n: "iptables —L\n" * n, 500),
    ("faults on one line", reported, lambda n: "iptables -A INPTU -j DROP; " * n, 200),
    ("lines to be repaired", mend, lambda n: "iptables -A INPTU -j DROP\n" * n, 60),
    ("fences for an old release", page, lambda n: f"{OLD_FENCE}\n" * n, 60),
    ("parentheses in rules", shell, lambda n: "iptables -A INPUT (x) -j DROP\n" * n, 400),
    ("functions without a body on one line", shell, lambda n: "iptables -L " + "()a:" * n, 2_000),
    ("substitutions, never closed", shell, lambda n: "iptables -A " + "$(" * n, 1_000),
    ("conditions in each other", shell, lambda n: "if true; then iptables -L\n" * n + "fi\n" * n, 90),
    ("loops in each other", shell, lambda n: "while true; do iptables -L; " * n + "done; " * n, 60),
    ("subshells in each other", shell, lambda n: "(iptables -L; " * n + ")" * n, 120),
    ("groups in each other", shell, lambda n: "{ iptables -L; " * n + "}; " * n, 80),
    ("functions in each other", shell, lambda n: "f() { iptables -L; " * n + "}; " * n, 70),
    ("commands joined by &&", shell, lambda n: "iptables -L && " * n + "true", 95),
    ("commands joined by ||", shell, lambda n: "iptables -L || " * n + "true", 100),
    ("commands joined by |", shell, lambda n: "iptables -L | " * n + "cat", 95),
    # words and lines of shell code
    ("entities", shell, lambda n: "iptables -A INPUT " + "&amp; " * n, 100),
    ("dashes behind quotes", shell, lambda n: f"iptables -A {'QQ' * n} {'a—b' * n}".replace("Q", "'"), 1_000),
    ("placeholders in one word", shell, lambda n: "iptables -s " + "<a>," * n, 500),
    ("placeholders, never closed", shell, lambda n: "iptables " + "<a " * n, 500),
    ("options of a synopsis", shell, lambda n: "iptables " + "[-a [-b " * n, 150),
    ("variables of a saved rule", saved, lambda n: "-A INPUT " + "$a " * n, 1_500),
    ("foreign letters behind quotes", shell, lambda n: f"iptables -A {'QQ' * n}{'é' * n}".replace("Q", "'"), 1_200),
    ("wrappers", shell, lambda n: "xargs " * n + "-I iptables -L", 800),
    ("lines of an open quote", console, lambda n: "$ iptables -A 'x\n" + f"{' ' * 60}\n" * n, 120),
    ("lines of an open heredoc", console, lambda n: "$ cat <<EOF\n" + "\n" * n, 1_500),
    ("lines behind backslashes", shell, lambda n: "x \\\n" * n, 4_000),
    ("backticks", prose, lambda n: "`" * n, 150_000),
    ("quotes, never closed", shell, lambda n: "iptables -m comment --comment 'a\n" * n, 6),
    ("blanks", page, lambda n: " " * n, 300_000),
    ("ideographs", shell, lambda n: "iptables -A INPUT -s " + "漢字 " * n, 500),
    ("dashes of a word processor", shell, lambda n: "iptables -A INPUT " + "—j " * n, 200),
    ("variables, never asked for", page, lambda n: "```sh\na=b\n```\n" * n + "```sh\niptables $x\n```\n", 400),
    ("words that may set something", shell, lambda n: "iptables -L\n" + "a[" * n + "b" * n, 30_000),
    ("names that quoting may take apart", shell, lambda n: "t" + "'" * n + "t" + "\\" * n, 100_000),
    # lines of a page
    ("marks of quotes", page, lambda n: ">" * n, 150_000),
    ("marks of quotes with blanks", page, lambda n: "> " * n, 150_000),
    ("bullets", page, lambda n: "- " * n, 80_000),
    ("numbers of a list", page, lambda n: "1. " * n, 80_000),
    ("header lines", header, lambda n: "a: b\n" * n, 6_000),
    ("tables that are not tables", page, lambda n: "*filter\n" * n, 2_000),
    # many rules
    ("rules", shell, lambda n: "iptables -A INPUT -s 10.0.0.1 -j DROP\n" * n, 50),
    ("rules of a saved table", saved, lambda n: "-A INPUT -s 10.0.0.1 -j DROP\n" * n, 100),
    ("saved tables", page, lambda n: "```iptables-save\n" + "*nat\n-A OUTPUT\nCOMMIT\n" * n + "```\n", 450),
    ("chains that are made too late", shell, made_too_late, 30),
    ("parentheses in words", shell, lambda n: "iptables -A (a) x\n" * n, 30),
    ("marks of a fence", page, lambda n: "```{.sh " + 'a="b" ' * n + "}\niptables -L\n```\n", 1_500),
    # a site's own pages
    ("headings, never closed", section_headings, lambda n: '<h2 id="a">' * n, 70_000),
    ("headings without their end", section_headings, lambda n: "<h2 " * n, 200_000),
    ("ids of a heading", section_headings, lambda n: "<h2 " + 'id="a" ' * n, 200_000),
    ("notes in a heading", section_headings, lambda n: f'<h2 id="a">{"<sup>" * n}</h2>', 100_000),
    ("links in a heading", section_headings, lambda n: f'<h2 id="a">{"<a " * n}</h2>', 200_000),
    ("tables, never closed", reachable, lambda n: "<table>" * n, 200_000),
    ("comments behind a table, never closed", reachable, lambda n: "<table>" + "<!--" * n, 400_000),
    ("code of hyphens, never closed", unbroken_options, lambda n: "<code>" + "a-" * n, 200_000),
    ("code that begins again and again", unbroken_options, lambda n: "<code>-" * n, 100_000),
    ("figures around code, never closed", unbroken_options, lambda n: "<figure><code>-" * n, 100_000),
    ("code of one long word", unbroken_options, lambda n: f"<code>{'-' * n}</code>", 200_000),
    ("tags in a feed that never end", plain, lambda n: "<a " * n, 50_000),
    ("values in a feed that never end", plain, lambda n: '<a b="c" d="' * n, 20_000),
    ("scripts in a feed that never end", plain, lambda n: '<script b="c" d="' * n, 20_000),
    ("comments in a feed that never end", plain, lambda n: "<!--" * n, 400_000),
    ("ends in a feed of what never began", plain, lambda n: "<b>" * n + "</i>" * n, 5_000),
    ("tags in a summary that never end", cleared, lambda n: '<a b="c" d="' * n, 20_000),
    ("ends of sentences", cut_short, lambda n: "!?" * n, 30_000),
    ("tags that never end", split_at_tags, lambda n: "<b>" * n + "<" * n, 20_000),
    ("values that never end", split_at_tags, lambda n: '<a b="c" d=" > ' * n, 20_000),
    ("comments that never end", split_at_tags, lambda n: "<b>" * n + "<!--" * n, 20_000),
    ("comments that are tags", split_at_tags, lambda n: "<!-- a>" * n, 30_000),
    ("rules that a packet may meet", traced, lambda n: _rules(n, "-A INPUT -s {host} -j DROP"), 400),
    ("marks that it may get", traced, lambda n: _rules(n, "-A INPUT -s {host} -j MARK --set-mark 1"), 400),
    (
        "chains that it may be sent to",
        traced,
        lambda n: _rules(n, ":c{i} - [0:0]") + _rules(n, "-A INPUT -s {host} -j c{i}\n-A c{i} -j MARK --set-mark {i}"),
        150,
    ),
    ("letters of a title on a card", card, lambda n: "a" * n, 2_000),
    ("words of a title on a card", card, lambda n: "word " * n, 65_000),
    ("ideographs of a title on a card", card, lambda n: "漢字 " * n, 60_000),
    ("words of a title that is shared", share, lambda n: "word " * n, 950),
    ("letters of a title that is shared", share, lambda n: "a" * n, 500),
]


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """End what takes for ever, which would hold up all other tests, and do not measure the collection of rubbish."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError(f"this takes more than {PATIENCE} seconds")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    gc.disable()
    yield
    gc.enable()
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def ratio(work: Work, small: str, large: str) -> float:
    """Return how many times as long the work takes on the larger text."""

    def seconds(text: str) -> float:
        # Other tests of this process may have left threads that run on.
        start = thread_time()
        work(text)
        return thread_time() - start

    shortest, longest = [seconds(small)], [seconds(large)]
    while len(longest) < FEWEST_RUNS or (len(longest) < MOST_RUNS and min(longest) >= MOST_RATIO * min(shortest)):
        shortest.append(seconds(small))
        longest.append(seconds(large))
    return min(longest) / min(shortest)


@pytest.mark.measures_time
@pytest.mark.parametrize(("work", "build", "size"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_work_grows_with_the_text(work: Work, build: Builder, size: int) -> None:
    found = ratio(work, build(size), build(2 * size))
    if found >= MOST_RATIO:
        # What outgrows a cache of the processor takes a step there, and does not the next time; a square always does.
        found = ratio(work, build(2 * size), build(4 * size))

    assert found < MOST_RATIO
