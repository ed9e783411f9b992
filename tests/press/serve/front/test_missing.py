"""plugins/press/serve/front/missing.py"""

from press.serve.front.missing import missing_page


def test_the_nearest_addresses_are_in_the_main_part_of_the_sites_own_page() -> None:
    page = missing_page(b"<main>Gone.</main></body>", "/<x>", ("/a b/",)).decode()

    assert page.startswith("<main>Gone.<p>The preview has nothing at <code>/&lt;x&gt;</code>.")
    assert page.endswith('<li><a href="/a%20b/">/a b/</a></li>\n</ul>\n</main></body>')


def test_they_are_set_as_the_last_paragraph_is() -> None:
    page = missing_page(b"<p>Menu</p><main><div><p>Gone.</p></div></main><p>Foot</p></body>", "/x", ("/y/",)).decode()

    assert page.startswith("<p>Menu</p><main><div><p>Gone.</p><p>The preview has nothing")
    assert page.endswith("</ul>\n</div></main><p>Foot</p></body>")


def test_without_near_addresses_the_sites_own_page_is_left_as_it_is() -> None:
    assert missing_page(b"<main>Gone.</main>", "/x", ()) == b"<main>Gone.</main>"


def test_a_site_without_such_a_page_gets_a_plain_one() -> None:
    page = missing_page(None, "/x", ("/y/",)).decode()

    assert "<h1>Page not found</h1>" in page
    assert page.index('href="/y/"') < page.index("</main>")
