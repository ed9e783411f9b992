"""_headers and _redirects, which Netlify and Cloudflare Pages read in the same notation, though not all of it.

- Both add up the headers of all rules that fit an address, so no two rules here give one header.
- A rule of Netlify leads on from a file that is there only with `!`, which Cloudflare does not know: old addresses that
  have a page have one rule for each, and each of the two reads over the other's.
- Only Netlify tells addresses apart by what is after their question mark; Cloudflare reads over those rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from press.site.media_types import TYPES, ending

from ..facts.media_types import YOUNG, is_text
from ..facts.redirects import Redirect, without_guessed
from ..facts.site import Site, encoded
from ..policy.headers import CORP, KEPT, SHARED, Headers

HEADERS, REDIRECTS = "_headers", "_redirects"
#: What Cloudflare Pages reads of the two files at most; the rest is read over. Lines are in characters.
MOST_HEADER_RULES, LONGEST_HEADER_LINE = 100, 2_000
MOST_REDIRECTS, LONGEST_REDIRECT = 2_000, 1_000


class Rule(NamedTuple):
    """A rule of `_headers`: the addresses it is for, and their headers."""

    addresses: str
    headers: dict[str, str]


def header_rules(site: Site, headers: Headers) -> list[Rule]:
    """The rules for a site, the most important first."""
    rules = [Rule("/*", {**headers.always, CORP: SHARED})]
    rules += [Rule(f"/{folder}/*", {"Cache-Control": KEPT}) for folder in headers.kept]
    for place, media_type in (*headers.types.items(), *_young(site, headers.kept)):
        address = f"/{_literal(place)}" + "*" * place.endswith("/")
        rules.append(Rule(address, {"Content-Type": with_charset(media_type)}))
    return rules


def _young(site: Site, kept: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Files whose type a host may not know. Those in folders with a rule of their own are left to the host, which has
    so few rules.
    """
    for name in site.files:
        if ending(name) in YOUNG and not name.startswith(tuple(f"{each}/" for each in kept)):
            yield name, TYPES[ending(name)]


def with_charset(media_type: str) -> str:
    """A media type as a header has it."""
    return f"{media_type}; charset=utf-8" if is_text(media_type) else media_type


def headers_file(rules: Iterable[Rule]) -> str:
    """The text of `_headers`."""
    lines = ((rule.addresses, *(f"  {name}: {value}" for name, value in rule.headers.items())) for rule in rules)
    return "".join(f"{line}\n" for some in lines for line in some)


def _redirect_lines(site: Site, redirects: Iterable[Redirect]) -> list[str]:
    """The lines of `_redirects`. A host that shows a folder of another one is asked without that folder, and answers
    with it.
    """
    lines = []
    for each in redirects:
        to = site.on_host(each.to)
        paths = _both(each.path)
        if each.query:
            names = " ".join(part.replace(":", "%3A") for part in each.query.split("&") if "=" in part)
            lines.append(f"{paths[0]} {names} {to} 301!")
            continue
        if any(name in site.files for name in _pages_of(each.path)):
            lines.append(f"{paths[0]} {to} 301!")
        lines += [f"{path} {to} 301" for path in paths]
    return lines


def _both(path: str) -> tuple[str, ...]:
    """An old address without and with a slash at its end: Cloudflare tells the two apart."""
    address = f"/{_literal(path)}"
    return (address,) if not path or "." in path.rpartition("/")[2] else (address, f"{address}/")


def _pages_of(path: str) -> tuple[str, ...]:
    return path, f"{path}/index.html"


def _literal(path: str) -> str:
    """A path in which no sign stands for others."""
    return encoded(path).replace("*", "%2A").replace(":", "%3A")


def redirects_file(site: Site, redirects: list[Redirect]) -> str:
    """The text of `_redirects`. Old addresses that nobody has named are left out where there would be too many."""
    lines = _redirect_lines(site, redirects)
    if read_by_cloudflare(lines) > MOST_REDIRECTS:
        lines = _redirect_lines(site, without_guessed(redirects))
    return "".join(f"{line}\n" for line in lines)


def read_by_cloudflare(lines: Iterable[str]) -> int:
    """How many of the lines of `_redirects` Cloudflare counts, those for Netlify that look alike among them."""
    return sum(line.count(" ") == 2 for line in lines)
