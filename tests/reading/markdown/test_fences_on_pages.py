"""A fence in a list or a quote is published where it stands, with its figure; a site's own Markdown decides."""

import re
from collections.abc import Callable

import pytest
from conftest import Site

LISTED = "- item\n\n    ```sh\n    iptables -L\n    ```\n\n- next\n"
TIGHT = "- item\n    ```sh\n    iptables -L\n    ```\n- next\n"
LAZY = "- item\n  ```sh\n  iptables -L\n  ```\n- next\n"
QUOTED = "> text\n> ```sh\n> iptables -L\n> ```\n> more\n"


def one_line(html: str) -> str:
    """The HTML without what colours the code and without the space between tags."""
    return re.sub(r"\s*(</?\w[^<>]*>)\s*", r"\1", re.sub(r"</?span[^<>]*>", "", html))


#: What is typed, and the HTML that then stands around the figure.
NESTED = [
    (LISTED, r"<li><p>item</p><figure .*<pre.*iptables -L.*</figure></li><li><p>next"),
    (TIGHT, r"<li><p>item</p><figure .*<pre.*iptables -L.*</figure></li><li>(<p>)?next"),
    (LAZY, r"<li>item<figure .*<pre.*iptables -L.*</figure></li><li>next"),
    (QUOTED, r"<blockquote><p>text</p><figure .*<pre.*iptables -L.*</figure><p>more</p></blockquote>"),
]


def test_a_fence_stays_in_its_list_or_quote_with_its_figure(site: Site) -> None:
    for number, (text, _) in enumerate(NESTED):
        site.post(f"nested-{number}", text)
    site.built()

    for number, (_, around) in enumerate(NESTED):
        assert re.search(around, one_line(site.page(f"2026/01/nested-{number}")), re.DOTALL), around


def test_the_marks_of_such_a_fence_hold(site: Site) -> None:
    command = "iptables -A INPUT -m statistic --mode nth --every 3"
    site.post("one", f'- item\n\n    ```{{.sh iptables="1.4.10"}}\n    {command}\n    ```\n')
    site.built()

    page = re.sub(r"</?(?:span|b|ins)\b[^<>]*>", "", site.page("2026/01/one")).replace("&nbsp;", " ")

    assert "Written for iptables 1.4.10" in page
    assert f"{command} --packet 0" in page


def use_fenced_code(site: Site) -> None:
    """Give a site the Markdown that Pelican has by default."""
    site.settings('del MARKDOWN["extension_configs"]["pymdownx.superfences"]')
    site.settings('MARKDOWN["extension_configs"]["markdown.extensions.extra"] = {}')


def test_where_markdown_makes_prose_of_it_the_build_fails(site: Site) -> None:
    site.post("listed", LISTED)
    site.post("quoted", QUOTED)
    use_fenced_code(site)

    result = site.build()

    assert result.returncode == 1
    for name in ("listed", "quoted"):
        assert re.search(rf"error\[unseen-fence\][^\n]*\n +--> content/posts/{name}\.md:", result.stderr), result.stderr


def without_any_info(site: Site) -> None:
    """Give a site the Markdown of ours without the plugin that takes any words behind the backticks."""
    site.settings('PLUGINS = [each for each in PLUGINS if each != "code_blocks"]')


@pytest.mark.parametrize(
    ("configure", "told"),
    [(use_fenced_code, "unseen-fence"), (without_any_info, "unseen-fence"), (lambda site: None, "bad-mark")],
)
def test_marks_that_markdown_does_not_take_fail_the_build_in_each(
    site: Site, configure: Callable[[Site], None], told: str
) -> None:
    site.post("one", "```sh refused\niptables -L\n```\n")
    configure(site)

    assert f"error[{told}]" in site.build().stderr


def test_a_mark_without_its_value_is_told_of_once(site: Site) -> None:
    site.post("one", "```sh iptables\niptables -L\n```\n")
    site.post("two", '```{.sh iptables=""}\niptables -L\n```\n')

    assert (
        re.findall(r"^error.*", site.build().stderr, re.MULTILINE)
        == ["error[bad-mark]: the mark `iptables` has no value"] * 2
    )


def test_any_words_may_stand_behind_the_backticks_of_commands(site: Site) -> None:
    site.post("one", '```sh title="fw.sh" {1}\niptables -L\n```\n')
    site.post("two", "Words.\n\n```bash,linenos\niptables -A INPUT -j DROOP\n```\n")
    site.settings("DRYTABLES_FAIL = False")

    result = site.build()

    assert "unseen-fence" not in result.stderr
    assert '<span class="filename">fw.sh</span>' in site.page("2026/01/one")
    assert "<figure" in site.page("2026/01/one") and "<figure" in site.page("2026/01/two")
