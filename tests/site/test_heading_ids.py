"""plugins/heading_ids.py: the id of a heading says what the heading says, and is nowhere else in the post."""

import re

import pytest
from heading_ids import HeadingIdsExtension, heading_id, sections_by_words
from markdown import Markdown
from markdown.extensions.toc import slugify
from toc import section_headings

#: A heading and its id.
IDS = [
    ("Вывод", "вывод"),
    ("Настройка iptables, шаг 2", "настройка-iptables-шаг-2"),
    ("Ввод/вывод", "ввод-вывод"),
    ("井戸を掘る", "井戸を掘る"),
    ("使用iptables做NAT", "使用iptables做nat"),
    ("标题（一）：概述", "标题-一-概述"),
    ("नमस्ते दुनिया", "नमस्ते-दुनिया"),
    ("مرحبا بالعالم", "مرحبا-بالعالم"),
    ("می\u200cخواهم", "میخواهم"),
    ("한국어 제목", "한국어-제목"),
    ("Ελληνικά, ξανά", "ελληνικά-ξανά"),
    ("Čeština в Праге", "cestina-в-праге"),
    ("٢٠٢٦", "٢٠٢٦"),
    ("🎉", ""),
]
#: Headings whose ids are those that Python-Markdown has always made.
AS_BEFORE = [
    "Content", "Contents", "It’s a test — really", "--mode nth", "Žlutý kůň", "İstanbul", "Việt Nam", "5 µs",
    "1ª parte", "Straße", "x² + ½", "foo_bar", "C++", "",
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), IDS)
def test_an_id_has_the_letters_of_its_heading(words: str, name: str) -> None:
    assert heading_id(words) == name


@pytest.mark.parametrize("words", AS_BEFORE)
def test_a_heading_in_latin_letters_has_the_id_that_it_had(words: str) -> None:
    assert heading_id(words) == slugify(words, "-")


def html_of(text: str) -> str:
    """The HTML of a text, with the extensions that this site has."""
    names = ["toc", "attr_list", "footnotes", "md_in_html", "fenced_code"]
    return Markdown(extensions=[*names, HeadingIdsExtension()]).convert(text)


#: A text and the ids in it, in order.
TEXTS = [
    ("## Вывод\n\n## Вывод\n\n### Вывод\n", ["вывод", "вывод_1", "вывод_2"]),
    ("## 🎉\n\n## !!!\n", ["_1", "_2"]),
    ('<p id="intro">x</p>\n\n## Intro\n', ["intro", "intro_1"]),
    ("Words <a id=intro></a> here.\n\n## Intro\n", ["intro", "intro_1"]),
    ("<div markdown=1 id='intro'>\n\nx\n\n</div>\n\n## Intro\n", ["intro", "intro_1"]),
    ("## Intro\n\n## Other {#intro}\n", ["intro_1", "intro"]),
    ("## A {#x}\n\n## B {#x}\n\nc\n{#x}\n", ["x_1", "x_2", "x"]),
    ('## A `<b id="a">`\n\n## A\n\n```\n<a id=a>\n```\n', ["a-b-ida", "a"]),
    ("## A[^1]\n\n## A[^1]\n\n[^1]: x\n", ["a", "fnref:1", "a_1", "fnref2:1", "fn:1"]),
    ("x[^see  there]\n\n[^see  there]: y\n", ["fnref:see-there", "fn:see-there"]),
    ("x[^сноска]\n\n[^сноска]: y\n", ["fnref:сноска", "fn:сноска"]),
]


@pytest.mark.parametrize(("text", "ids"), TEXTS, ids=[text for text, _ in TEXTS])
def test_no_id_is_there_twice(text: str, ids: list[str]) -> None:
    html = html_of(text)
    found = re.findall(r"""\bid=["']?([^"'>]+)""", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL))

    assert found == ids
    assert {*re.findall(r'href="#([^"]+)"', html)} <= {*ids}


def test_the_table_of_contents_leads_to_the_headings() -> None:
    html = html_of("[TOC]\n\n## Вывод\n\n## Вывод\n\n## R&D {#r&d}\n")

    assert [heading.id for heading in section_headings(html)] == ["вывод", "вывод_1", "r&d"]
    assert re.findall(r'href="#([^"]+)"', html) == ["вывод", "вывод_1", "r&amp;d"]


#: What docutils makes of sections, and what is made of that.
SECTIONS = [
    ('<div class="section" id="section-1">\n<h2>Глава <em>первая</em></h2>', '<div class="section" id="глава-первая">'),
    ('<div class="section" id="section-1">\n<h2>!!!</h2>', '<div class="section" id="section-1">'),
    ('<div class="section" id="chapter">\n<h2>Chapter</h2>', '<div class="section" id="chapter">'),
    ('<a href="#section-2">x</a><div class="section" id="section-2">\n<h3>Б</h3>', '<a href="#б">x</a><div'),
    ('<i id="б"></i><div class="section" id="section-2">\n<h3>Б</h3>', 'id="б_1"'),
]


@pytest.mark.parametrize(("html", "named"), SECTIONS)
def test_sections_of_docutils_have_names_too(html: str, named: str) -> None:
    assert named in sections_by_words(html)


def test_equal_headings_are_numbered_at_once() -> None:
    """Each looks for no number that an earlier one has."""
    found = re.findall(r'id="([^"]+)"', html_of("## Вывод\n\n" * 2_000))

    assert found[-1] == "вывод_1999"
