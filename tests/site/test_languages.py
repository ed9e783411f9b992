"""plugins/languages/: what `Lang:` may say, and what it does to a site."""

import json
import re
from datetime import date

import pytest
from conftest import Site
from languages.cldr import fault_in_tag, meant_by, own_name
from languages.dates import date_in
from languages.direction import direction
from languages.tags import kept_form, wider, written_form
from site_pages import HOME, Page

#: A tag as somebody writes it, as Pelican compares it, as a page names it, and which way its text runs.
TAGS = [
    ("en", "en", "en", "ltr"),
    ("ES", "es", "es", "ltr"),
    ("es_AR", "es-ar", "es-AR", "ltr"),
    ("zh-hant-tw", "zh-hant-tw", "zh-Hant-TW", "ltr"),
    ("es-419", "es-419", "es-419", "ltr"),
    ("ar", "ar", "ar", "rtl"),
    ("ar-Latn", "ar-latn", "ar-Latn", "ltr"),
    ("az-Arab", "az-arab", "az-Arab", "rtl"),
    ("az", "az", "az", "ltr"),
    ("az-IR", "az-ir", "az-IR", "rtl"),
    ("pa-PK", "pa-pk", "pa-PK", "rtl"),
    ("ur", "ur", "ur", "rtl"),
    ("ckb", "ckb", "ckb", "rtl"),
    ("dv", "dv", "dv", "rtl"),
    ("yi-US", "yi-us", "yi-US", "rtl"),
    ("he-IL-x-office", "he-il-x-office", "he-IL-x-office", "rtl"),
    ("en-Hebr", "en-hebr", "en-Hebr", "rtl"),
    ("qaa", "qaa", "qaa", "ltr"),
]


@pytest.mark.parametrize(("tag", "kept", "written", "runs"), TAGS)
def test_a_tag(tag: str, kept: str, written: str, runs: str) -> None:
    assert (kept_form(tag), written_form(tag), direction(tag)) == (kept, written, runs)


def test_a_language_is_found_by_wider_ones() -> None:
    assert [*wider("zh_Hant_TW")] == ["zh-hant-tw", "zh-hant", "zh"]


#: What somebody writes for a language, what is wrong with it, and what is meant.
WRONG = [
    ("Spanish", "is not a language tag", "es"),
    ("español", "is not a language tag", "es"),
    ("日本語", "is not a language tag", "ja"),
    ("gibberish", "is not a language tag", ""),
    ("Castellano", "is not a language tag", "es"),
    ("de_DE.UTF-8", "is not a language tag", "de-DE"),
    ("sr@latin", "is not a language tag", "sr-Latn"),
    ("ca_ES.UTF-8@valencia", "is not a language tag", "ca-ES"),
    ("en, es", "is not a language tag", "en"),
    ("C.UTF-8", "is not a language tag", ""),
    ("jp", "is not a language", "ja"),
    ("cz", "is not a language", "cs"),
    ("eng", "is not a language", "en"),
    ("xx", "is not a language", ""),
    ("en-UK", "names no country that is known: `uk`", "en-GB"),
    ("jp-JP", "names no known language: `jp`", "ja"),
    ("zh-Hanz", "names no script that is known: `hanz`", ""),
]
RIGHT = (
    "es",
    "pt-BR",
    "es-419",
    "zh-Hant-HK",
    "sr-Cyrl",
    "ca-valencia",
    "de-1996",
    "en-x-plain",
    "tlh",
    "gsw",
    "az-Arab",
)


@pytest.mark.parametrize(("tag", "fault", "meant"), WRONG)
def test_a_language_that_does_not_exist(tag: str, fault: str, meant: str) -> None:
    assert (fault_in_tag(tag), meant_by(tag)) == (fault, meant)


@pytest.mark.parametrize("tag", RIGHT)
def test_a_language_that_exists(tag: str) -> None:
    assert fault_in_tag(tag) is None


def test_a_language_has_a_name_of_its_own() -> None:
    tags = ("fr", "es-AR", "zh-Hant", "ar", "qaa")

    assert [own_name(tag) for tag in tags] == ["Français", "Español (Argentina)", "中文 (繁體)", "العربية", "qaa"]


DAY = date(2026, 3, 5)
#: A language, a format, and the date in it, on an English site where DATE_FORMATS has one for French.
DATES = [
    ("en", "%B %Y", "March 2026"),
    ("en-GB", "%d %B %Y", "05 March 2026"),
    ("es", "%B %Y", "marzo de 2026"),
    ("es-AR", "%-d %B %Y", "5 de marzo de 2026"),
    ("ru", "%B %d, %Y", "5 марта 2026\u202fг."),
    ("ja", "%B %Y", "2026年3月"),
    ("de", "%A, %d %B %Y", "Donnerstag, 5. März 2026"),
    ("de", "%B", "März"),
    ("pl", "%H:%M %B", "00:00 marzec"),
    ("fr-CA", "le %d %B", "le 05 mars"),
    ("es", "%Y-%m-%d", "2026-03-05"),
    ("qaa", "%B %Y", "March 2026"),
]


@pytest.mark.parametrize(("language", "form", "said"), DATES)
def test_a_date(language: str, form: str, said: str) -> None:
    settings = {"DEFAULT_LANG": "en", "DATE_FORMATS": {"fr": "le %d %B"}}

    assert date_in(language, DAY, form, settings) == said


def test_a_format_with_words_is_for_the_language_of_the_site() -> None:
    settings = {"DEFAULT_LANG": "es-AR", "DATE_FORMATS": {}}

    assert date_in("es-AR", DAY, "hoy, %d de %B", settings) == "hoy, 05 de marzo"
    assert date_in("fr", DAY, "%-d de %B de %Y", settings) == "5 mars 2026"


#: Files below content/posts, and their headers; all have one word of text.
POSTS = {
    "en.md": "Title: Block\nSlug: block\nDate: 2026-10-05\nTags: nets, linux",
    "es.md": "Title: Bloquear\nSlug: block\nDate: 2026-11-05\nLang: ES\nTags: redes, linux\nModified: 2026-11-06",
    "ar.md": "Title: حظر\nSlug: block\nDate: 2026-10-05\nLang: ar_EG\nTags: linux\nSummary: كلمة",
    "he.md": "Title: שלום\nSlug: shalom\nDate: 2026-09-05\nLang: he\nTags: linux",
    "uk.md": "Title: Сир\nSlug: syr\nDate: 2026-08-05\nLang: uk\nTranslation: true",
    "sv.md": "Title: Ost\nSlug: syr\nDate: 2026-08-06\nLang: sv",
    "july.md": "Title: Links of the month\nDate: 2026-07-01",
    "june.md": "Title: Links of the month\nDate: 2026-06-01",
    "june-es.md": "Title: Enlaces del mes\nSlug: links-of-the-month\nDate: 2026-06-01\nLang: es",
    "may-es.md": "Title: Enlaces de mayo\nSlug: links-of-the-month\nDate: 2026-05-01\nLang: es",
    "draft.md": "Title: Unready\nSlug: unready\nStatus: draft",
    "draft-es.md": "Title: Inmaduro\nSlug: unready\nStatus: draft\nLang: es",
    "hidden.md": "Title: Hidden\nSlug: hidden\nDate: 2026-01-01\nStatus: hidden",
    "hidden-es.md": "Title: Oculto\nSlug: hidden\nDate: 2026-01-01\nStatus: hidden\nLang: es",
    "named.md": "Title: Named\nDate: 2026-01-02\nSave_as: a/b.html\nUrl: a/b.html",
}
#: What is in two of them: what drytables and Markdown say something about.
TEXTS = {
    "ar.md": "```sh\niptables -L\n```\n\nx `--mode`\n",
    "es.md": "- [x] a\n- [ ] b[^1] c[^1]\n\n[^1]: d\n\n!!! note\n    e\n\n"
    '!!! note "Ojo"\n    f\n\n```sh\niptables -L\n```\n',
}
PAGES = {"about.md": "Title: About\nSlug: about", "about-es.md": "Title: Acerca\nSlug: about\nLang: es"}


@pytest.fixture(scope="module")
def polyglot(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a published site in several languages."""
    site = Site(tmp_path_factory.mktemp("polyglot"))
    for folder, files in (("posts", POSTS), ("pages", PAGES)):
        for name, header in files.items():
            (site.folder / "content" / folder / name).write_text(
                f"{header}\n\n{TEXTS.get(name, 'Word.')}\n", encoding="utf-8"
            )
    site.settings('TRANSLATION_FEED_ATOM = "feeds/{lang}.xml"\nDATE_FORMATS = {"sv": ("sv_SE.nowhere", "%d %B %Y")}')
    with (site.folder / "publishconf.py").open("a", encoding="utf-8") as settings:
        settings.write("DRAFT_PAGES = True\n")
    site.built("publishconf.py")
    return site


def page(site: Site, address: str) -> Page:
    """Return a page of a site by its address."""
    return Page(site.page(address))


def alternates(shown: Page) -> dict[str, str]:
    """Return what a page says to be the same in other languages, below the site's root."""
    found = [link for link in shown.all("link", rel="alternate") if "hreflang" in link]
    assert len(found) == len({str(link["hreflang"]) for link in found})
    return {str(link["hreflang"]): str(link["href"]).removeprefix(HOME) for link in found}


BLOCK = {
    "ar-EG": "/ar-eg/2026/10/block/",
    "en": "/2026/10/block/",
    "es": "/es/2026/11/block/",
    "x-default": "/2026/10/block/",
}
#: A page, the attributes of its root, and its alternates.
SPOKEN = [
    ("2026/10/block", {"lang": "en"}, BLOCK),
    ("es/2026/11/block", {"lang": "es"}, BLOCK),
    ("ar-eg/2026/10/block", {"lang": "ar-EG", "dir": "rtl"}, BLOCK),
    ("he/2026/09/shalom", {"lang": "he", "dir": "rtl"}, {}),
    (
        "sv/2026/08/syr",
        {"lang": "sv"},
        {"sv": "/sv/2026/08/syr/", "uk": "/uk/2026/08/syr/", "x-default": "/sv/2026/08/syr/"},
    ),
    ("2026/07/links-of-the-month", {"lang": "en"}, {}),
    (
        "es/2026/06/links-of-the-month",
        {"lang": "es"},
        {
            "en": "/2026/06/links-of-the-month/",
            "es": "/es/2026/06/links-of-the-month/",
            "x-default": "/2026/06/links-of-the-month/",
        },
    ),
    ("es/2026/05/links-of-the-month", {"lang": "es"}, {}),
    ("drafts/unready", {"lang": "en"}, {}),
    ("drafts/es/unready", {"lang": "es"}, {}),
    ("es/about", {"lang": "es"}, {"en": "/about/", "es": "/es/about/", "x-default": "/about/"}),
    ("archives", {"lang": "en"}, {}),
]


@pytest.mark.starts_programs
@pytest.mark.parametrize(("address", "root", "others"), SPOKEN, ids=[address for address, _, _ in SPOKEN])
def test_a_page_is_in_its_language_and_names_its_others(
    polyglot: Site, address: str, root: dict[str, str], others: dict[str, str]
) -> None:
    shown = page(polyglot, address)
    links = {str(link["hreflang"]): str(link["href"]) for link in shown.all("a") if "hreflang" in link}

    assert shown.all("html") == [root]
    assert alternates(shown) == others
    assert {HOME + each for tag, each in others.items() if tag not in (root["lang"], "x-default")} == {*links.values()}
    for link in links.values():
        assert (polyglot.output / link.removeprefix(HOME + "/") / "index.html").is_file()


@pytest.mark.starts_programs
def test_a_page_speaks_the_language_of_its_post(polyglot: Site) -> None:
    spanish = page(polyglot, "es/2026/11/block")
    data = json.loads(spanish.text("script")[0])

    assert spanish.text("time") == ["5 de noviembre de 2026", "6 de noviembre de 2026"]
    assert "por Diego Woitasen, actualizado: 6 de noviembre de 2026" in spanish.text("p")
    assert "También en العربية (مصر), English" in spanish.text("p")
    assert data["inLanguage"] == "es"
    assert page(polyglot, "uk/2026/08/syr").text("time") == ["5 серпня 2026\u202fр."]
    assert page(polyglot, "sv/2026/08/syr").text("time") == ["06 augusti 2026"]


@pytest.mark.starts_programs
def test_the_menu_leads_to_pages_in_the_language_of_the_page(polyglot: Site) -> None:
    """Or to the only one that there is, which then says its language."""
    menus = {
        address: re.findall(rf'<li><a href="{HOME}([^"]*about/)"([^>]*)>([^<]+)', polyglot.page(address))
        for address in ("archives", "es/2026/11/block", "es/about", "uk/2026/08/syr")
    }

    assert menus == {
        "archives": [("/about/", "", "About")],
        "es/2026/11/block": [("/es/about/", "", "Acerca")],
        "es/about": [("/es/about/", ' aria-current="page"', "Acerca")],
        "uk/2026/08/syr": [("/about/", ' lang="en"', "About")],
    }


@pytest.mark.starts_programs
def test_a_list_is_in_the_language_of_the_site_and_its_entries_in_theirs(polyglot: Site) -> None:
    front = page(polyglot, "")
    entries = {str(each.get("lang", "en")): each.get("dir") for each in front.all("div", **{"class": "beside"})}

    assert entries == {"en": None, "he": "rtl", "es": None, "sv": None}
    assert "5 March 2026" not in front.text("time")
    assert {"5 September 2026", "1 June 2026"} <= {*front.text("time")}
    assert {"lang": "he", "dir": "rtl", "href": f"{HOME}/he/2026/09/shalom/"} in page(polyglot, "archives").all("a")
    assert [link for link in page(polyglot, "2026/10/block").all("a", rel="prev") if link.get("dir") == "rtl"]


@pytest.mark.starts_programs
def test_a_tag_of_a_translation_has_a_page(polyglot: Site) -> None:
    """It lists the translation only if its original is not there."""
    english, spanish, hebrew = "2026/10/block", "es/2026/11/block", "he/2026/09/shalom"
    for tag, posts in {"redes": [spanish], "nets": [english], "linux": [english, hebrew]}.items():
        listed = page(polyglot, f"tags/{tag}").all("a", rel="bookmark")
        assert [link["href"] for link in listed] == [f"{HOME}/{post}/" for post in posts]


@pytest.mark.starts_programs
def test_every_post_has_the_card_that_it_names(polyglot: Site) -> None:
    """In any language, hidden, and under whatever name; a draft has the card of the site."""
    files = list(polyglot.output.rglob("*.html"))
    cards = {file: Page(file.read_text(encoding="utf-8")).meta("og:image") for file in files}

    assert len(files) > 20
    for file, card in cards.items():
        assert card and (polyglot.output / card.removeprefix(HOME + "/")).is_file(), file
    named = {str(file.relative_to(polyglot.output)): str(card).removeprefix(HOME + "/") for file, card in cards.items()}
    for page, card in (
        ("a/b.html", "a/b.card.png"),
        ("es/2026/01/hidden/index.html", "es/2026/01/hidden/card.png"),
        ("drafts/es/unready/index.html", "card.png"),
    ):
        assert (polyglot.output / named[page]).read_bytes() == (polyglot.output / card).read_bytes()
    described = json.loads(Page((polyglot.output / "a/b.html").read_text()).text("script")[0])
    assert described["image"] == cards[polyglot.output / "a/b.html"]


@pytest.mark.starts_programs
def test_the_feed_has_each_post_once(polyglot: Site) -> None:
    ids = re.findall(r"<id>([^<]*)</id>", (polyglot.output / "feeds/all.atom.xml").read_text(encoding="utf-8"))

    assert len(ids) == len({*ids}) == 1 + sum("Status" not in header for header in POSTS.values())


@pytest.mark.starts_programs
def test_a_feed_names_the_languages_of_its_entries(polyglot: Site) -> None:
    """That of all of them, or that of the site, and in entries another one; what runs from right to left says so."""
    feeds = {name: (polyglot.output / "feeds" / f"{name}.xml").read_text() for name in ("all.atom", "ar-eg", "es")}
    entries = re.findall(r'<entry(?: xml:lang="([^"]+)")?><title>([^<]+)', feeds["all.atom"])

    assert [re.findall(r'<feed xml:lang="([^"]+)', feed) for feed in feeds.values()] == [["en"], ["ar-EG"], ["es"]]
    assert {("", "Block"), ("es", "Bloquear"), ("ar-EG", "حظر"), ("uk", "Сир")} <= {*entries}
    assert "<entry xml" not in feeds["ar-eg"] and "<entry xml" not in feeds["es"]
    assert '&lt;div dir="rtl"&gt;' in feeds["ar-eg"] and "dir=" not in feeds["es"]


@pytest.mark.starts_programs
def test_what_drytables_says_is_english_everywhere(polyglot: Site) -> None:
    figures = {
        address: page(polyglot, address).all("figure") for address in ("ar-eg/2026/10/block", "es/2026/11/block")
    }

    assert [(each[0]["lang"], each[0].get("dir")) for each in figures.values()] == [("en", "ltr"), ("en", None)]


@pytest.mark.starts_programs
def test_what_markdown_says_is_in_the_language_of_the_post(polyglot: Site) -> None:
    """Also in the feed; what the writer has typed stays."""
    html, feed = polyglot.page("es/2026/11/block"), (polyglot.output / "feeds/es.xml").read_text(encoding="utf-8")
    notes = page(polyglot, "es/2026/11/block").all("a", **{"class": "footnote-backref"})

    assert re.findall(r'aria-label="(Hecho|Pendiente)"', html) == ["Hecho", "Pendiente"]
    assert {note["title"] for note in notes} == {"Volver a la nota 1 en el texto"}
    assert re.findall(r'admonition-title">([^<]+)<', html) == ["Nota", "Ojo"]
    assert "Volver a la nota 1" in feed


@pytest.mark.starts_programs
def test_the_manifest_is_in_the_language_of_the_site(polyglot: Site) -> None:
    manifest = json.loads((polyglot.output / "site.webmanifest").read_text(encoding="utf-8"))

    assert (manifest["lang"], manifest["dir"]) == ("en", "ltr")


WATCH = """
import sys
from pelican import signals


def say(pelican):
    print("babel is loaded" if "babel" in sys.modules else "babel is not loaded")


def register():
    signals.finalized.connect(say)
"""


def test_a_site_in_english_does_not_wait_for_other_languages(site: Site) -> None:
    """What knows them takes longer to load than a post to be read."""
    (site.folder / "plugins/watch.py").write_text(WATCH, encoding="utf-8")
    site.settings('PLUGINS.append("watch")')
    site.post("english", "- [x] y\n\n## Heading\n", modified="2026-01-02", lang="en")

    assert "babel is not loaded" in site.build().stdout


WRONG_HEADERS = {
    "a.md": ("Title: A\nDate: 2026-01-01\nLang: Spanish", "3:7", "`Spanish` is not a language tag", "write `es`"),
    "b.md": ("title: B\ndate: 2026-01-01\nlang:   jp", "3:9", "`jp` is not a language", "write `ja`"),
    "c.rst": (
        "C\n#\n\n:date: 2026-01-01\n:lang: en_UK",
        "5:8",
        "`en_UK` names no country that is known: `uk`",
        "write `en-GB`",
    ),
    "d.md": ('---\ntitle: D\ndate: 2026-01-01\nlocale: "jp"\n---', "4:9", "`jp` is not a language", "write `ja`"),
    "e.md": ("Title: E\nStatus: draft\nLanguage: jp", "3:11", "`jp` is not a language", "write `ja`"),
}
#: What is wrong in a table, where, and how the report says it.
WRONG_WORDS = [
    ('older_post = "x"', "5:1", "no template asks for `older_post`", "write `older_posts`"),
    ('by = "{autor}"', "6:1", "`by` asks for `{autor}`, which is never filled in", "`{author}` can be filled in"),
    ("tags = 1", "7:1", "`tags` is not text", "put it between quotes"),
    ('posts = { one = "x" }', "8:1", "`posts` has not the plural forms of a language", "`other` is needed"),
]


def test_what_is_wrong_with_a_language_is_named_with_its_place(site: Site) -> None:
    for name, (header, _, _, _) in WRONG_HEADERS.items():
        (site.folder / "content/posts" / name).write_text(f"{header}\n\nx\n", encoding="utf-8")
    site.post("fine", "- [x] y\n", lang="fr")
    site.post("bom", lang="pt_BR")
    site.post("casa", lang="pt")
    lines = "\n".join(line for line, _, _, _ in WRONG_WORDS)
    (site.folder / "theme/words/fr.toml").write_text(f'# Mots\n\ndone = "Fait"\n\n{lines}\n', encoding="utf-8")
    (site.folder / "theme/words/it.toml").write_text('by = "di\n', encoding="utf-8")
    site.settings('DEFAULT_LANG = "klingon"\nWORDS = {"es": {"contens": "Indice"}}')

    result = site.build()

    assert result.returncode == 1
    wrong = [("unknown-language", f"content/posts/{name}", *each[1:]) for name, each in WRONG_HEADERS.items()]
    wrong += [("wrong-words", "theme/words/fr.toml", *each[1:]) for each in WRONG_WORDS]
    for code, file, place, message, what_to_do in wrong:
        before, _, after = result.stderr.partition(f"{file}:{place}\n")
        assert before.rstrip(" ->\n").endswith(f"error[{code}]: {message}"), result.stderr
        assert what_to_do in after.partition("= help: ")[2].partition("\n")[0]
    assert "error: DEFAULT_LANG is `klingon`, which is not a language tag; write " in result.stderr
    assert "error: theme/words/it.toml cannot be read as TOML: " in result.stderr
    assert 'error: WORDS has under "es": no template asks for `contens`; write `contents`' in result.stderr
    without_table = "so the words around what is in Português are English; copy en.toml beside it to this name"
    assert f"warning: theme/words/pt.toml is not there, {without_table}" in result.stderr
    assert result.stderr.count("is not there") == 1, "of what is not a language, or has a table"
    assert "Traceback" not in result.stderr and "fine.md" not in result.stderr
