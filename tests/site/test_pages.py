"""The pages that were built: their words, their addresses, and what machines read in them."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import Site
from site_pages import HOME, LOAD_BALANCE, TWO_COMMITS, Page, entries, page_of

# The posts as they were published in 2012, paragraph by paragraph.
WORDS = {
    LOAD_BALANCE: [
        "Today I received a question about how to distribute the outgoing connections between several IP addresses "
        "attached to an interface. Suppose that you have 3 IPs in the eth0 interface and you want to do round robin "
        "between that IPs for outgoing connections. With regular iproute commands you can’t. Doing some tricks with "
        "fwmarks, ip rule and ip route neither.",
        "The only way that I’ve found to it is using SNAT and statistics to get a real Round Robin balance:",
        "iptables -t nat -A POSTROUTING  -m statistic --mode nth --every 3 -j SNAT --to 192.168.1.201\n"
        "iptables -t nat -A POSTROUTING  -m statistic --mode nth --every 2 -j SNAT --to 192.168.1.202\n"
        "iptables -t nat -A POSTROUTING  -m statistic --mode nth --every 1 -j SNAT --to 192.168.1.203\n",
        "The IPs described in the example should be local IPs.",
    ],
    TWO_COMMITS: [
        "Four years ago I had nothing to do and started to read some pieces of the kernel code. I read about the BLK, "
        "a feature that kernel developers have been trying to remove the last years (I’m not sure if they have "
        "finished). My small contribution to that task was this two patches that I sent at the end of 2007. It’s not "
        "a big thing but it required some understanding of the kernel internals or I would have broken something 🙂",
        "commit 1",
        "commit 2",
        "BLK or the Big Kernel Lock is a basic locking mechanism introduced in the kernel when SMP support was "
        "included. It’s a global lock, lock_kernel() and unlock_kernel() are the functions to use it. This lock is bad "
        "because is global, if the networking code wants to protect something calls it. If the filesystem code wants "
        "to protect other fs related data calls it too. Two unrelated data structures are protected and two code paths "
        "are blocked without any sense. Was an easy implementation in the first years of SMP support, but it had been "
        "spreading without control. In the last years, kernel developers have been trying to remove it. New kernel "
        "code has independent locks and block the data structures, so unrelated code paths are not blocked.",
    ],
}

# What a page may hold of scripts: data, which does not run, and the one that copies.
DATA = {"type": "application/ld+json"}
SCRIPT = {
    "src": "/theme/code.js",
    "defer": None,
    "data-copy": "Copy",
    "data-copy-code": "Copy this code",
    "data-copy-today": "Copy for today",
    "data-copy-code-today": "Copy for today: the commands that iptables takes now",
    "data-copy-as-written": "Copy as written",
    "data-copy-code-as-written": "Copy as written: the commands that iptables refuses now",
    "data-copied": "Copied",
    "data-cannot-copy": "Your browser does not let this page copy",
}

HOSTILE = "</title><script>alert(\"1\")</script> & 100 % #1 'q' 🙂 --mode"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with one post whose title, summary and tags are full of markup."""
    site = Site(tmp_path_factory.mktemp("hostile"))
    site.post("hostile", title=HOSTILE, tags='A & B, "quoted" <i>', summary='Say `</script>` & "no"')
    site.post("plain", "| a | b |\n| --- | ---: |\n| 1 | 2 |\n")
    site.built()
    return site


@pytest.mark.parametrize("address", WORDS)
def test_words_of_2012(whole_site: Site, address: str) -> None:
    """Every paragraph stands on its page to the letter, in order, save the blank that typography makes unbreakable."""
    page = page_of(whole_site, address)
    texts = [text.replace("\u00a0", " ") for tag, text in page.texts if tag in {"p", "li", "pre"}]

    places = [texts.index(words) for words in WORDS[address]]

    assert places == sorted(places)


@pytest.mark.parametrize("address", WORDS)
def test_source_has_no_stray_blanks(whole_site: Site, address: str) -> None:
    """The sources hold no no-break spaces and no leftover link."""
    source = whole_site.folder / "content/posts" / (address.rsplit("/", 1)[1] + ".md")

    assert "\u00a0" not in source.read_text(encoding="utf-8")
    assert "Twitter" not in source.read_text(encoding="utf-8")


@pytest.mark.parametrize("address", WORDS)
def test_only_month_and_year_are_known(whole_site: Site, address: str) -> None:
    """No page says on which day of March 2012 a post appeared."""
    page = page_of(whole_site, address)

    assert page.all("time") == [{"datetime": "2012-03"}]
    assert page.text("time") == ["March 2012"]
    assert not re.search(r"2012-03-\d|March \d{1,2}\b(?!\d)", whole_site.page(address))


def test_newest_first(whole_site: Site) -> None:
    """The post on load balancing is the newer one."""
    for file in ("index.html", "2012/03/index.html", "2012/index.html", "archives/index.html"):
        html = (whole_site.output / file).read_text(encoding="utf-8")

        assert html.index(LOAD_BALANCE) < html.index(TWO_COMMITS), file


def test_every_link_leads_somewhere(whole_site: Site) -> None:
    """Each address within the site is a file that was built, and each fragment is on its page."""
    for file in whole_site.output.rglob("*.html"):
        page = Page(file.read_text(encoding="utf-8"))
        targets = [each.get("href") for tag in ("a", "link") for each in page.all(tag)]
        for target in filter(None, targets):
            address = urlsplit(target)
            if not address.scheme:
                there = whole_site.output / unquote(address.path).lstrip("/") if address.path else file
                there = there / "index.html" if address.path.endswith("/") else there
                assert there.is_file(), (file, target)
                ids = [has.get("id") for _, has in Page(there.read_text(encoding="utf-8")).elements]
                assert not address.fragment or address.fragment in ids, (file, target)


def test_every_page(whole_site: Site) -> None:
    """One h1, a description, an address, the feed; nothing inline, one small script, nothing from elsewhere."""
    titles = set()
    for file in whole_site.output.rglob("*.html"):
        page = Page(file.read_text(encoding="utf-8"))
        address = f"{HOME}/{file.relative_to(whole_site.output)}".removesuffix("index.html")
        titles.add(*page.text("title"))
        loaded = [each["href"] for each in page.all("link", rel="stylesheet")]
        icons = [str(each["href"]) for each in page.all("link", rel="icon")]

        assert len(page.all("h1")) == 1, file
        assert page.meta("description"), file
        assert page.meta("twitter:card") == "summary_large_image"
        assert page.meta("og:title") and page.meta("og:site_name") and page.meta("og:type")
        assert page.all("link", rel="alternate", type="application/atom+xml")
        if file.name != "404.html":
            assert page.all("link", rel="canonical") == [{"rel": "canonical", "href": address}]
            assert page.meta("og:url") == address
        assert [each for each in page.all("script") if each != DATA] == [SCRIPT]
        assert not [has for _, has in page.elements if "style" in has or any(name.startswith("on") for name in has)]
        assert loaded == ["/theme/style.css"]
        assert len(icons) == 1 and icons[0].startswith("data:image/svg+xml,")
        assert not page.all("img") and not page.all("iframe")
    assert len(titles) == len(list(whole_site.output.rglob("*.html")))


def test_json_ld(whole_site: Site) -> None:
    """A post says what it is to machines."""
    page = page_of(whole_site, LOAD_BALANCE)
    data = json.loads(page.text("script")[0])

    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == "Load balance between source IPs in Linux"
    assert data["datePublished"] == "2012-03"
    assert data["author"] == {"@type": "Person", "name": "Diego Woitasen"}
    assert data["url"] == f"{HOME}/{LOAD_BALANCE}/"
    assert page.meta("og:type") == "article"


def test_share_links(whole_site: Site) -> None:
    """Each post ends with the link it had in 2012, and two more."""
    html = whole_site.page(TWO_COMMITS)
    links = dict(re.findall(r'<a href="([^"]+)">(Post to \w+)</a>', html))
    posted = {label: link.replace("&amp;", "&") for link, label in links.items()}

    assert list(posted) == ["Post to Twitter", "Post to Mastodon", "Post to Bluesky"]
    assert posted["Post to Twitter"] == (
        "https://x.com/intent/tweet?text=My%20two%20commits%20to%20the%20Linux%20Kernel"
        "&url=https%3A%2F%2Fwww.woitasen.com.ar%2F2012%2F03%2Fmy-two-commits-to-the-linux-kernel%2F"
    )


def test_feed(whole_site: Site) -> None:
    """The feed holds both posts, newest first, in full."""
    newer, older = entries(whole_site.output / "feeds/all.atom.xml")

    assert newer["title"] == "Load balance between source IPs in Linux"
    assert newer["published"].startswith("2012-03-0")
    assert "--every 3" in re.sub("<[^>]+>", "", newer["content"])
    assert older["link"].endswith(f"/{TWO_COMMITS}/")


@pytest.mark.starts_programs
def test_hostile_title_is_text_everywhere(hostile: Site) -> None:
    """Markup in a title, a summary or a tag is text: in the heading, the head, the data, the lists and the feed."""
    page = page_of(hostile, "2026/01/hostile")
    data = json.loads(page.text("script")[0])
    shared = next(str(each["href"]) for each in page.all("a") if "x.com" in str(each.get("href")))

    assert page.text("title") == [f"{HOSTILE} · Diego Woitasen"]
    assert page.meta("og:title") == HOSTILE
    assert data["headline"] == HOSTILE
    assert parse_qs(urlsplit(shared).query)["text"] == [HOSTILE]
    assert HOSTILE in [entry["title"] for entry in entries(hostile.output / "feeds/all.atom.xml")]
    assert page.text("h1")[0].replace("\u00a0", " ") == HOSTILE.replace('"1"', "“1”").replace("'q'", "‘q’")
    assert page.meta("description") == "Say </script> & “no”"
    assert page.meta("article:tag") == "A & B"
    for file in hostile.output.rglob("*.html"):
        assert [each for each in Page(file.read_text()).all("script") if each != DATA] == [SCRIPT], file


@pytest.mark.starts_programs
def test_tables_align_by_class(hostile: Site) -> None:
    """A cell's alignment is a class, which a strict content security policy lets through."""
    assert '<td class="align-right">2</td>' in hostile.page("2026/01/plain")


def test_many_posts_have_pages(site: Site) -> None:
    """The front page holds twenty posts and leads to the older ones."""
    for number in range(21):
        site.post(f"post-{number:02}")
    site.built()
    second = page_of(site, "page/2")

    assert len(Page((site.output / "index.html").read_text()).all("article")) == 20
    assert page_of(site, "").all("a", rel="next") == [{"href": "/page/2/", "rel": "next"}]
    assert len(second.all("article")) == 1
    assert len(second.all("a", rel="prev")) == 1
