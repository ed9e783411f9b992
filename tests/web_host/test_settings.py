"""What settings want of a host is written, and a value that cannot be used is named at its line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Site
from web_host.facts.redirects import patterns_of
from web_host.facts.site import Site as Built
from web_host.files.security_txt import security_txt
from web_host.wanted import faults

_NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
_SITE = Built("https://a.example", Path(), ())
_GOOD = {"Contact": "mailto:ann@a.example", "Expires": "2027-06-30"}


def security(**fields: Any) -> dict[str, Any]:
    """The setting with other fields; None leaves one out."""
    return {"SECURITY_TXT": {name: value for name, value in {**_GOOD, **fields}.items() if value is not None}}


#: Settings, and how what is wrong with them begins.
WRONG = [
    (security(), ""),
    (security(Expires=datetime(2027, 1, 1)), ""),
    (security(Contact=["tel:+1-201-555-0123", "https://a.example/contact"]), ""),
    ({}, ""),
    ({"SECURITY_TXT": "mailto:ann@a.example"}, "`SECURITY_TXT` is not a table of fields"),
    (security(Contact=None), "security.txt without `Contact` does not say whom to tell"),
    (security(Expires=None), "security.txt without `Expires` does not say how long it is good"),
    (security(Contact="ann@a.example"), "`ann@a.example` is not an address for `Contact`"),
    (security(Policy="http://a.example/policy"), "`http://a.example/policy` is not an address for `Policy`"),
    (security(Contact="mailto:ann@a.example\nExpires: 2999"), "`Contact` goes over several lines"),
    (security(Expires="soon"), "`soon` is not a date"),
    (security(Expires="2026-11-26"), "security.txt has expired: `2026-11-26` has passed"),
    (security(Expires="2026-11-27T11:59:59Z"), "security.txt has expired"),
    (security(Expires="2026-11-27"), "security.txt expires in 0 days"),
    (security(Expires="2026-12-20T00:00:00+01:00"), "security.txt expires in 22 days"),
    (security(Contakt="x"), "security.txt has no field `Contakt`"),
    ({"CNAME": True}, ""),
    ({"CNAME": "a.example"}, ""),
    ({"CNAME": "https://a.example/"}, "`https://a.example/` is not the name of a host"),
    ({"CNAME": "b.example"}, "the site is built for https://a.example, and `CNAME` names b.example"),
    ({"RESPONSE_HEADERS": {"X-Robots-Tag": "noai", "Referrer-Policy": None}}, ""),
    ({"RESPONSE_HEADERS": ["X-A: b"]}, "`RESPONSE_HEADERS` is not a table"),
    ({"RESPONSE_HEADERS": {"X A": "b"}}, "`X A` is not the name of a header"),
    ({"RESPONSE_HEADERS": {"X-A": "b\nSet-Cookie: c"}}, "the value of `X-A` cannot be in a header"),
    ({"CONTENT_SECURITY_POLICY": {"connect-src": "https://b.example 'self'"}}, ""),
    ({"CONTENT_SECURITY_POLICY": "default-src *"}, "`CONTENT_SECURITY_POLICY` is not a table"),
    ({"CONTENT_SECURITY_POLICY": {"Connect": []}}, "`Connect` is not a directive of a policy"),
    ({"CONTENT_SECURITY_POLICY": {"img-src": ["a; script-src *"]}}, "`a; script-src *` is not a source of a policy"),
    ({"CONTENT_SECURITY_POLICY": {"style-src": "'unsafe-inline'"}}, "`'unsafe-inline'` would allow whatever gets into"),
    (
        {"CONTENT_SECURITY_POLICY": {"img-src": 5, "connect-src": None}},
        "the value of `img-src` is not a list of sources",
    ),
    ({"OLD_ARTICLE_URLS": ["{date:%Y}/{slug}"]}, ""),
    ({"OLD_ARTICLE_URLS": "{date:%Y}/{slug}"}, ""),
    ({"OLD_ARTICLE_URLS": ["{year}/{slug}"]}, "`{year}/{slug}` is not a pattern for addresses"),
]


@pytest.mark.parametrize(("settings", "said"), WRONG)
def test_a_setting_that_cannot_be_used_is_named(settings: dict[str, Any], said: str) -> None:
    messages = [each.message for each in faults(settings, _SITE, _NOW)]

    assert [message[: len(said)] for message in messages] == ([said] if said else [])


@pytest.mark.parametrize(
    ("given", "patterns"),
    [
        (None, ("{date:%Y}/{date:%m}/{slug}/",)),
        ("{slug}", ("{slug}",)),
        (["{slug}", "{lang}"], ("{slug}", "{lang}")),
        ([], ()),
        ("", ()),
    ],
)
def test_old_addresses_are_by_the_patterns_of_the_setting(given: object, patterns: tuple[str, ...]) -> None:
    assert patterns_of({"OLD_ARTICLE_URLS": given}) == patterns


def test_security_txt_is_what_the_rfc_wants() -> None:
    fields = {"preferred-languages": ["en", "es"], "contact": ["mailto:a@a.example", "tel:+1"], "Expires": "2027-06-30"}

    assert security_txt(fields, _SITE).splitlines() == [
        "Contact: mailto:a@a.example",
        "Contact: tel:+1",
        "Expires: 2027-06-30T23:59:59Z",
        "Preferred-Languages: en, es",
        "Canonical: https://a.example/.well-known/security.txt",
    ]


@pytest.mark.starts_programs
def test_the_line_of_a_setting_is_shown_and_nothing_is_published(site: Site) -> None:
    site.settings('SECURITY_TXT = {\n    "Contact": "mailto:ann@a.example",\n    "Expires": "2020-01-01",\n}')
    site.post("one")

    result = site.build("publishconf.py")

    line = len((site.folder / "pelicanconf.py").read_text(encoding="utf-8").splitlines()) - 1
    assert result.returncode == 1
    assert "error[passed-date]: security.txt has expired: `2020-01-01` has passed" in result.stderr
    assert f"--> pelicanconf.py:{line}:17" in result.stderr
    assert not site.output.exists()
