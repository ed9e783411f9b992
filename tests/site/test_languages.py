"""plugins/languages/: what `Lang:` may say, and what it does to a site."""

import pytest
from languages.direction import direction
from languages.tags import kept_form, wider, written_form

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
    assert wider("zh_Hant_TW") == ["zh-hant-tw", "zh-hant", "zh"]
