"""README.md, WRITING.md and SETTINGS.md, done once as they say by somebody who writes a post."""

import re

from conftest import PROJECT, Site
from site_pages import Page

README, WRITING = ((PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "WRITING.md"))
COMMAND = "iptables -A INPUT -s 192.0.2.0/24 -j DROP"
MISSPELT = "iptables -A INPUT -s 192.0.2.0/24 -j DORP"
EVERY = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 3 -j SNAT --to 192.168.1.201"


def block(text: str, before: str) -> str:
    """The first block of code in a text after some words."""
    found = re.search(r"\n(?P<fence>`{3,})\w*\n(?P<code>.*?)\n(?P=fence)\n", text[text.index(before) :], re.DOTALL)
    assert found
    return found["code"]


def test_the_example_is_a_post(site: Site) -> None:
    """Built at the address that its title gives, with its command judged; `Slug:` gives it another one."""
    file = site.folder / "content/posts/network.md"
    assert block(README, "## Write a post") == block(WRITING, "# Write a post")
    file.write_text(block(README, "## Write a post"), encoding="utf-8")
    built = site.build()

    assert built.stdout == "1 post, 0 pages; 1 iptables command checked, 0 refused\n"
    assert "Accepted" in site.page("2026/11/block-a-network")

    file.write_text(f"Slug: other\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    assert (site.built() / "2026/11/other/index.html").is_file()


def test_the_mark_taken_off_stops_the_build_as_shown(site: Site) -> None:
    site.with_content()
    good = site.build()
    before = (site.output / "index.html").stat()
    post = site.folder / "content/posts/load-balance-between-source-ips-in-linux.md"
    post.write_text(post.read_text(encoding="utf-8").replace('{.sh iptables="1.4.10"}', "sh"), encoding="utf-8")
    result = site.build()

    assert f"`{good.stdout.strip()}`" in README
    assert result.returncode == 1
    assert result.stderr.startswith(block(README, "the build stops with this") + "\n")
    assert (site.output / "index.html").stat() == before


ELEMENTS = [
    # what is typed, and what the page then has
    ("| a | b |\n| --- | --- |\n| 1 | 2 |\n\n/// caption\nWords\n///\n", r"<figure>.*<table>.*<figcaption>\s*<p>Words"),
    ("a[^1]\n\n[^1]: the note\n", r'href="#fn:1".*<li id="fn:1">\s*<p>the note'),
    ("term\n: meaning\n", r"<dt>term</dt>\s*<dd>meaning</dd>"),
    ("!!! note\n    Words.\n", r'class="admonition note"'),
    ("> [!NOTE]\n> Words.\n", r'class="admonition note"'),
    ("> [!note]- Title\n> Words.\n", r'<details class="note">\s*<summary>Title'),
    ("~~struck~~ https://example.org/ one\\\ntwo\n", r'<del>struck.*<a href="https://example.org/">.*one<br>\s*two'),
    ('```{.python title="a.py" hl_lines="2 4-6" linenums="1"}\na\nb\n```\n', r'filename">a.py<.*class="hll".*b'),
    ("!!! warning\n    Words.\n", r'class="admonition warning"'),
    ("- [x] done\n", r'aria-label="Done".*☑</span>done'),
    ('![Alt]({static}/images/a.png){width="640" height="400"}\n', r'<img alt="Alt" height="400" src="\S*" width="640"'),
    ("## A\n\n## B\n\n## C\n\n## D\n", r'<nav class="table-of-contents".*href="#d"'),
    (f"> ```sh\n> {COMMAND}\n> ```\n", r"<blockquote>.*<figure.*</blockquote>"),
    (f"- item\n\n    ```sh\n    {COMMAND}\n    ```\n", r"<li>.*<figure.*</li>"),
    ('```{.sh iptables="1.4.10"}\n' + EVERY + "\n```\n", r"Refused since iptables 1\.4\.11.*--packet 0"),
    ('```{.sh refused="also-requires"}\n' + EVERY + "\n```\n", r"<strong>Refused</strong>"),
    ('```{.sh unchecked="a <b>reason</b>"}\n' + MISSPELT + "\n```\n", r"Not checked.*&lt;b&gt;reason&lt;/b&gt;"),
]


def test_what_a_post_may_hold(site: Site) -> None:
    """Each element stands in a post of its own, and all are built together."""
    (site.folder / "content/images").mkdir()
    (site.folder / "content/images/a.png").write_bytes((PROJECT / "theme/screenshot.png").read_bytes())
    for number, (text, _) in enumerate(ELEMENTS):
        site.post(f"element-{number}", text)
    site.built()

    for number, (text, shown) in enumerate(ELEMENTS):
        assert re.search(shown, site.page(f"2026/01/element-{number}"), re.DOTALL), text


READ = [
    # a fence, and the code of what is refused in it
    *[(f"```{name}\n{MISSPELT}\n```\n", "unknown-target") for name in ("sh", "bash", "shell", "iptables", "", "c")],
    (f"```console\n$ sudo {MISSPELT}\n```\n", "unknown-target"),
    ("```iptables-save\n*filter\n-A INPUT -j DORP\nCOMMIT\n```\n", "unknown-target"),
    ('```{.sh refused="unknown-option"}\n' + COMMAND + "\n```\n", "not-refused"),
    ('```{.sh refused="unknown-option"}\n' + MISSPELT + "\n```\n", "unknown-target"),
    ("```sh\niptables -A web -j DROP\niptables -N web\n```\n", "made-later"),
    ("```sh\niptables -N web\niptables -D web -j DROP\n```\n", "no-such-rule"),
    ("```sh\niptables -A INPUT -j DROP\niptables -A INPUT -s 192.0.2.1 -j ACCEPT\n```\n", "never-reached"),
]


def test_what_is_read_of_a_post(site: Site) -> None:
    """Each fault stands in a post of its own, and one build finds them all."""
    for number, (text, _) in enumerate(READ):
        site.post(f"fault-{number}", text)
    said = site.build().stderr

    for number, (text, code) in enumerate(READ):
        assert re.search(rf"\[{code}\][^\n]*\n +--> content/posts/fault-{number}\.md:", said), (text, said)


def test_what_is_there_before_is_said_in_the_header(site: Site) -> None:
    needs = "iptables -A DOCKER-USER -m set --match-set blocked src -j DROP"
    site.post("needs", f"```sh\n{needs}\n```\n", **{"iptables-needs": "chain DOCKER-USER, ipset blocked"})
    site.post("other", f"```sh\n{needs}\n```\n")
    site.built()

    assert "chain <code>DOCKER-USER" not in site.page("2026/01/needs")
    assert "chain <code>DOCKER-USER" in site.page("2026/01/other")
    needed = [site.page(f"2026/01/{name}").partition("<strong>Needs</strong>")[2] for name in ("needs", "other")]
    assert ["set <code>blocked" in each.partition("</p>")[0] for each in needed] == [False, True]


def test_settings(site: Site) -> None:
    """Each of the table in SETTINGS.md does what it says there."""
    site.with_content()
    site.post("every", f"```sh\n{EVERY}\n```\n")
    site.settings('DRYTABLES_EXPLAINED_AT = ""\nDRYTABLES_FAIL = False\nCANONICAL_SITE = "https://example.org"')
    site.settings("TYPOGRIFY = False")
    reported = site.build()
    page = site.page("2026/01/every")

    assert reported.returncode == 0 and "error[also-requires]" in reported.stderr
    assert "How commands are checked" not in page
    assert Page(page).all("link", rel="canonical") == [
        {"rel": "canonical", "href": "https://example.org/2026/01/every/"}
    ]
    site.settings('DRYTABLES_FAIL = True\nDRYTABLES_IPTABLES = "1.4.10"')
    assert "error[stale-evidence]" in site.build().stderr  # the post says of other commands now that they work
    for file in (*site.folder.glob("content/posts/*.toml"), *site.folder.glob("content/posts/*.json")):
        file.unlink()
    assert site.build().returncode == 0
