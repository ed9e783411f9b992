"""plugins/languages/words.py and theme/words/: every word of the theme is in a table, and each table is whole."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from conftest import PROJECT
from languages.reading import SAID_BY_MARKDOWN
from languages.words import ENGLISH, MissingWords, Tables, Words
from markupsafe import Markup

TEMPLATES = sorted((PROJECT / "theme" / "templates").glob("*.html"))
TABLES = sorted((PROJECT / "theme" / "words").glob("*.toml"))

_CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
_SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"')
_TAG_OR_DATA = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]{2,}")


def words_typed(template: str) -> list[str]:
    """The words of a template that stand in it as they are, and would be read on every page in whatever language."""
    html = _CODE.sub("", template)
    typed = [*_SPOKEN_ATTRIBUTE.findall(html), _TAG_OR_DATA.sub(" ", html)]
    return [word for each in typed for word in _WORD.findall(each)]


def table(file: Path) -> dict[str, Words]:
    """The words in a table, by their keys."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


ENGLISH_WORDS = table(PROJECT / "theme" / "words" / f"{ENGLISH}.toml")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    assert words_typed(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "typed"),
    [
        ("<p>{{ say('by') }} Ana</p>", ["Ana"]),
        ('<nav aria-label="Pages of it">{% if x %}{{ y }}{% endif %}</nav>', ["Pages", "of", "it"]),
        ('<a class="next" href="{{ x }}">{# Next #}{{ say("x") }} · 404</a>', []),
    ],
)
def test_words_in_a_template_are_found(template: str, typed: list[str]) -> None:
    assert words_typed(template) == typed


def test_the_script_has_no_words_of_its_own() -> None:
    script = (PROJECT / "theme/static/code.js").read_text(encoding="utf-8")

    assert not re.findall(r'(?:textContent = |"aria-label", )"[^"]', script)


def test_english_has_the_words_that_templates_ask_for_and_no_others() -> None:
    texts = "\n".join(file.read_text(encoding="utf-8") for file in TEMPLATES)
    code = "\n".join(_CODE.findall(texts))

    assert set(re.findall(r"\bsay\(\"(\w+)\"", texts)) - {*ENGLISH_WORDS} == set()
    assert {*ENGLISH_WORDS} - set(re.findall(r'"(\w+)"', code)) - {"language", *SAID_BY_MARKDOWN.groupindex} == set()


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_a_table_has_every_word_and_says_as_much_as_the_english_one(file: Path) -> None:
    words = table(file)

    assert words.keys() == ENGLISH_WORDS.keys()
    for key, english in ENGLISH_WORDS.items():
        assert isinstance(words[key], str) == isinstance(english, str), key
        assert _names(words[key]) == _names(english), key


def _names(words: Words) -> set[str]:
    """What is put into some words."""
    forms = [words] if isinstance(words, str) else [*words.values()]
    return {name for form in forms for _, name, *_ in Formatter().parse(form) if name is not None}


#: A language, a key, what is put in, and what is said.
SAID = [
    ("en", "posts", {"count": 1}, "1 post"),
    ("en-GB", "posts", {"count": 2}, "2 posts"),
    ("es", "posts", {"count": 1}, "1 entrada"),
    ("es-AR", "posts", {"count": 0}, "0 entradas"),
    ("ES", "older_posts", {}, "Viejas"),
    ("es-MX", "newer_posts", {}, "Nuevitas"),
    ("ja", "older_posts", {}, "Older posts"),
    ("ar", "older_posts", {}, "\u2066Older posts\u2069"),
    ("he", "archives", {}, "ארכיון"),
    ("pl", "posts", {"count": 1}, "1 wpis"),
    ("pl", "posts", {"count": 3}, "3 wpisy"),
    ("pl", "posts", {"count": 5}, "5 wpisów"),
    ("pl", "archives", {}, "Archives"),
    ("fr", "posts", {"count": 0}, "0 billet"),
    ("en", "by", {"author": "<b>"}, "by &lt;b&gt;"),
    ("en", "by", {"author": Markup("<b>x</b>")}, "by <b>x</b>"),
    ("fr", "by", {"author": "x"}, "de x &amp; cie"),
    ("da", "by", {"author": "x & y"}, "A &amp; B {x &amp; y}"),
    ("da", "posts", {"count": 7}, "007 &lt; 8"),
    ("nb", "by", {"author": "x"}, "by x"),
    ("nn", "by", {"author": "x"}, "by x"),
    ("sv", "by", {"author": "x"}, "by x"),
]
OVERRIDES = {
    "es": {"older_posts": "Viejas"},
    "he": {"archives": "ארכיון"},
    "es-MX": {"newer_posts": "Nuevitas"},
    "pl": {
        "posts": {"one": "{count} wpis", "few": "{count} wpisy", "many": "{count} wpisów", "other": "{count} wpisu"}
    },
    "fr": {"posts": {"one": "{count} billet", "other": "{count} billets"}, "by": "de {author} & cie"},
    "da": {"by": "A & B {{{author}}}", "posts": {"other": "{count:03} < 8"}},
    "nb": {"by": "av {}"},
    "nn": {"by": "av {forfattar}"},
    "sv": {"by": "av {author"},
}


@pytest.mark.parametrize(("language", "key", "values", "said"), SAID)
def test_words_are_said_in_the_nearest_language(language: str, key: str, values: dict[str, object], said: str) -> None:
    assert Tables(PROJECT / "theme/words", OVERRIDES).say(language, key, values) == said


def test_a_site_adds_a_table(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('draft = "Draft"\nby = "by"\n', encoding="utf-8")
    (tmp_path / "pt-BR.toml").write_text('draft = "Rascunho"\n', encoding="utf-8")
    tables = Tables(tmp_path, {})

    assert [tables.say("pt-br", key, {}) for key in ("draft", "by")] == ["Rascunho", "by"]
    with pytest.raises(MissingWords, match=r"`nope` is in none of the tables in .*: add it to en\.toml"):
        tables.say("pt", "nope", {})
