"""What the page says of a snippet: the verdict, the words of iptables, what to type instead, what it needs."""

import re
from html import unescape

import pytest
from drive import report_of
from drytables.formats.html.figure import figure
from drytables.formats.html.site import Site
from drytables.grammar.history.releases import Release

SITE = Site(Release("1.8.11"), "/about/#how")


def html_of(fence: str) -> str:
    """Return the figure of the one fence in a page."""
    (snippet,) = report_of(f"Title: x\n\n{fence}\n").snippets
    return figure(snippet, SITE) or ""


def caption(fence: str) -> str:
    """Return the words of a figure, without its code."""
    verdict, _, rest = html_of(fence).partition("<div class=")
    found = verdict.replace("Past these commands", "") + rest.partition("<figcaption>")[2]
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</p>|</div>|</summary>", "\n", found)))


@pytest.mark.parametrize(
    ("fence", "words"),
    [
        ("```sh\niptables -A INPUT -j DROP\n```", "Accepted by iptables 1.1.0 to 1.8.11 (Debian 3.1 and later)."),
        ("```sh\nip6tables -L\n```", "Accepted by ip6tables"),
        ("```sh\niptables -A x -m statistic --mode nth --every 3 --packet 0\n```",
         "Accepted by iptables 1.3.6 to 1.8.11 (Debian 4 and later)."),
        ('```{.sh iptables="1.4.10"}\niptables -A INPUT -j DROP\n```', "Written for iptables 1.4.10."),
        ('```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3\n```',
         "Refused since iptables 1.4.11. Written for iptables 1.4.10.\nRelease 1.4.11 of May 2011 and all later ones"
         ' (Debian 7 and later) say:\nstatistic: option "--every" also requires "--packet".\n'),
        ('```{.sh refused="unknown-option"}\niptables -A INPUT --nonsense\n```',
         'Refused by iptables 1.8.11.\nIt says:\nunknown option "--nonsense"\n'),
        ('```{.sh refused="unknown-option"}\niptables -L\niptables -L --nonsense\n```',
         "Refused by iptables 1.8.11 (1 of these 2 commands).\nIt says:"),
        ('```{.sh unchecked="it is a form."}\niptables -A INPUT\n```', "Not checked: it is a form."),
        ("```sh\niptables -A INPUT -s <address> -j DROP\n```", "your own values still to be filled in for <address>."),
        ('```sh\nipt() { iptables -w "$@"; }\nipt -A INPUT -j DROP\n```', "but for $@, which stands for"),
        ('```sh\nipt() { iptables -w "$@"; }\nipt -A INPUT -s $X -j DROP\n```', "still to be filled in for $X."),
        ("```sh\niptables -A web -j mail\n```", "Needs the chain web, the chain mail, which must already exist."),
        ("```sh\niptables -A INPUT -m mac --mac-source 00:11:22:33:44:55 -m limit -j LOG\n```",
         "Needs the matches mac and limit and the target LOG in the kernel."),
        ("```sh\niptables -A INPUT -m state ! --state NEW\n```",
         "Accepted by iptables 1.1.0 to 1.4.10 and 1.4.12 to 1.8.11 (Debian 3.1 and later)."),
        ("```sh\niptables -A INPUT -m state ! --state NEW\niptables -A INPUT -g MINE\n```",
         "Accepted by iptables 1.3.5 to 1.4.10 and 1.4.12 to 1.8.11 (Debian 4 and later)."),
        ("```sh\niptables -A INPUT -ptcp\n```",
         "Accepted by iptables 1.4.6 to 1.8.7 and 1.8.10 to 1.8.11 (Debian 13 and later)."),
        ("```sh\niptables -A INPUT -p tcp ! --syn\n```",
         "Accepted by iptables 1.1.0 to 1.4.10 and 1.4.11.1 to 1.8.11 (Debian 3.1 and later).\n"
         "Release 1.4.11 takes it too, but there the ! before --syn is ignored.\n"),
        ("```sh\niptables -A INPUT -m quota --quota 0x10\n```",
         "Releases 1.2.5 to 1.4.10 take it too, but there 0x10 is read as 0.\n"),
        ("```sh\niptables -L\n```", "Read option by option as iptables 1.8.11 would when this page was made, without"),
    ],
)  # fmt: skip
def test_caption(fence: str, words: str) -> None:
    assert words in caption(fence)


def test_a_release_that_refuses_one_of_the_commands_takes_none_for_something_else() -> None:
    """1.4.11 loses the `!` of the first command, and refuses that of the second."""
    words = caption("```sh\niptables -A INPUT -p tcp ! --syn\niptables -A INPUT -m state ! --state NEW\n```")

    assert "1.1.0 to 1.4.10 and 1.4.12 to 1.8.11" in words
    assert "takes it too" not in words


def test_what_to_type_today_is_shown_and_explained() -> None:
    """The corrected command stands as a block of its own, and what is new in it is explained."""
    html = html_of('```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3\n```')
    corrected = html.split("snippet-corrected", 1)[1].split("</pre>")[0]

    assert re.sub(r"<[^>]+>", "", corrected.split("<code>")[1]) == (
        "iptables -A INPUT -m statistic --mode nth --every 3 --packet 0\n"
    )
    assert '<dt class="snippet-detail"><code>--packet 0</code></dt>' in html.split("New in the corrected commands")[1]


@pytest.mark.parametrize(
    ("fence", "explained"),
    [
        ("```sh\niptables -t nat -F\n```", ["-t nat", "-F"]),
        ("```sh\niptables -A INPUT ! -i eth0 -p tcp --dport 22 -j DROP\n```",
         ["-A INPUT", "! -i eth0", "-p tcp", "--dport 22", "-j DROP"]),
        ('```sh\niptables -A INPUT -m comment \\\n  --comment "a <b>" -j DROP\n```',
         ["-A INPUT", "-m comment", '--comment "a <b>"', "-j DROP"]),
        ("- item\n\n    ```sh\n    iptables -P INPUT DROP\n    ```", ["-P INPUT DROP"]),
        ("> ```console\n> # iptables -F\n> # iptables -X web\n> ```", ["-F", "-X web"]),
        ('```sh\nRULE="-p tcp --syn"\niptables -A INPUT $RULE -j DROP\n```', ["-A INPUT", "$RULE", "-j DROP"]),
        ("```iptables-save\n*nat\n-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT\n```",
         ["nat", "-A POSTROUTING", "-o eth0", "-j MASQUERADE"]),
        ("    iptables -L -n", ["-L", "-n"]),
    ],
)  # fmt: skip
def test_each_piece_is_explained_where_it_stands(fence: str, explained: list[str]) -> None:
    pieces = re.findall(
        r'<span role="button" tabindex="[^"]*" aria-description="[^"]+">(.*?)</span>(?=[\s<;]|$)',
        html_of(fence).partition("<figcaption>")[0],
        re.DOTALL,
    )
    texts = [unescape(re.sub(r"<[^>]+>", "", piece)) for piece in pieces]

    assert texts == explained


def test_prompts_and_output_are_set_off() -> None:
    """What was not typed has a class of its own, by which the page leaves it out of what is copied."""
    html = html_of("```console\nroot@web:~# iptables -F\n$ sudo iptables -S web\n-N web\n```")

    assert '<span class="gp">root@web:~# </span>iptables' in html
    assert '<span class="gp">$ </span>sudo iptables' in html


@pytest.mark.parametrize("lines", [1, 14, 15])
def test_a_tall_block_shows_sentences_at_the_foot_of_the_window(lines: int) -> None:
    html = html_of("```sh\n" + "iptables -F\n" * lines + "```").partition("<figcaption>")[0]

    assert ('class="highlight snippet-tall snippet-explained"' in html) == (lines > 14)


def test_what_is_new_in_a_correction_is_marked() -> None:
    """And nothing else: the rest is what the post has."""
    html = html_of('```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3\n```')

    assert [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<ins>(.*?)</ins>", html)] == ["--packet 0"]


@pytest.mark.parametrize(
    ("fence", "name"),
    [
        ("```sh\niptables -A INPUT -j DROP\n```", "Commands, accepted"),
        ('```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3\n```',
         "Commands, refused since iptables 1.4.11"),
        ('```{.sh unchecked="a form"}\niptables -A INPUT\n```', "Commands, not checked"),
        ("```sh\niptables -A INPUT -s <address> -j DROP\n```", "Commands, checked"),
    ],
)  # fmt: skip
def test_figures_and_code_have_names(fence: str, name: str) -> None:
    html = html_of(fence)

    assert f'<figure class="snippet snippet-{html.split("snippet-")[1].split(chr(34))[0]}" aria-label="{name}">' in html
    assert f'<pre role="group" aria-label="{name}">' in html


def test_a_sentence_has_room_whatever_the_word() -> None:
    """The longest of a block is known to the stylesheet."""
    html = html_of("```sh\niptables -A INPUT -p tcp -j DROP\n```").partition("<figcaption>")[0]
    (longest,) = re.findall('data-longest="([^"]*)"', html)

    assert longest == max(re.findall('aria-description="([^"]*)"', html), key=len)


def test_no_row_is_there_twice() -> None:
    """The second command has only what is its own, and a third that is the same as the first is not listed."""
    html = html_of("```sh\niptables -A INPUT -j DROP\niptables -A INPUT -j ACCEPT\niptables -A INPUT -j DROP\n```")

    assert re.findall("<d[tl]><code>([^<]*)", html.replace("<dl><dt>", "<dt>")) == ["-A INPUT", "-j DROP", "-j ACCEPT"]
    assert html.count("<dl>") == 2


def test_code_without_a_command_has_no_figure() -> None:
    assert html_of("No iptables here.\n\n```c\nint main(void);\n```") == ""
