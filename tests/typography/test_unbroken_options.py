"""No line ends within an option; what it is in stays as it was."""

import pytest
from conftest import Site
from typography.unbroken_options import unbroken_options

CASES = [
    ("<p><code>--every</code>", '<p><code><span class="unbroken">--every</span></code>'),
    (
        "<code>nft  list-all -j --to</code>",
        '<code>nft  <span class="unbroken">list-all</span> -j <span class="unbroken">--to</span></code>',
    ),
    ("<code>&quot;-j&quot;</code>", '<code><span class="unbroken">&quot;-j&quot;</span></code>'),
    ("<code>plain</code> --every - <code>-</code>", "<code>plain</code> --every - <code>-</code>"),
    # One that is wider than a telephone has to break.
    (f"<code>--{'x' * 19}</code>", f"<code>--{'x' * 19}</code>"),
    # Blocks, where lines end as they are typed, and what is marked up already.
    ("<pre><code>--every\n</code></pre>", "<pre><code>--every\n</code></pre>"),
    ("<pre><span></span><code>--every\n</code></pre>", "<pre><span></span><code>--every\n</code></pre>"),
    ("<code><b>--every</b></code>", "<code><b>--every</b></code>"),
    (
        "<figure><p><code>--a</code></p></figure><code>--b</code>",
        '<figure><p><code>--a</code></p></figure><code><span class="unbroken">--b</span></code>',
    ),
]


@pytest.mark.parametrize(("html", "unbroken"), CASES)
def test_what_is_kept_together(html: str, unbroken: str) -> None:
    assert unbroken_options(html) == unbroken


def test_on_the_page_and_not_in_the_feed(site: Site) -> None:
    site.post("one", "Type `--every`.\n")
    site.built()

    assert '<code><span class="unbroken">--every</span></code>' in site.page("2026/01/one")
    assert "unbroken" not in (site.output / "feeds/all.atom.xml").read_text(encoding="utf-8")
