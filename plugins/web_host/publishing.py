"""Writes what a host needs beside the pages of a site that is published."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from drytables.pelican_plugin.showing import show
from finishing import rewrite

from . import wanted as settings_of
from .facts.changes import changed
from .facts.listed import listed
from .facts.pages import Page, loads_of_stylesheets, pages_of
from .facts.redirects import Redirect, redirects_of
from .facts.site import Site, site_at
from .facts.written import State, written_by_others
from .files import caddy, netlify_cloudflare, nginx, robots, security_txt, sitemap
from .files.folder import CNAME, FOLDER, NO_JEKYLL
from .limits import beyond_limits, scripts_from_elsewhere
from .policy import content_security
from .policy.headers import Headers, headers_for
from .settings_faults import at_their_places
from .wanted import Wanted

_PAGEFIND = "pagefind/"


def publish(pelican: Any, generators: list[Any], before: Mapping[str, State]) -> None:
    """Write these files into the output of a Pelican that has written all else. What the author has put there under the
    same name stays. `before` are the states of the files that the output had when that run began.

    Raises SystemExit if a setting is wrong.
    """
    settings = pelican.settings
    site = site_at(settings["SITEURL"], pelican.output_path)
    if show(at_their_places(settings_of.faults(settings, site, datetime.now(UTC)), settings)):
        print("the site was not built", file=sys.stderr)
        raise SystemExit(1)
    wanted, others = settings_of.wanted(settings, site), written_by_others(site, generators, before)
    pages = pages_of(site)
    show(scripts_from_elsewhere(pages, wanted.sources))
    fresh = {name: page for name, page in pages.items() if name in others}
    entries = listed(site, fresh, changed(generators), generators)
    ours = _without({**sitemap.sitemaps(entries, site.address), **_of_readers(site, wanted)}, others)
    _write(ours, site)
    site = site_at(site.address, site.output)
    hosts = _of_hosts(site, _headers(site, pages, wanted), redirects_of(site, generators))
    ours = _without(hosts, {name for name in others if not name.startswith(f"{FOLDER}/")})
    show(beyond_limits(ours))
    _write(ours, site)


def _without(files: dict[str, str], others: set[str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name not in others}


def _of_readers(site: Site, wanted: Wanted) -> dict[str, str]:
    """What is for readers other than hosts, by its name."""
    files = {NO_JEKYLL: "", robots.NAME: robots.robots(site.whole(sitemap.NAME))}
    if wanted.domain:
        files[CNAME] = f"{wanted.domain}\n"
    if wanted.security_txt:
        files[security_txt.NAME] = security_txt.security_txt(wanted.security_txt, site)
    return files


def _of_hosts(site: Site, headers: Headers, redirects: list[Redirect]) -> dict[str, str]:
    """The configuration of each host, in its own notation."""
    policy = content_security.NAME
    return {
        netlify_cloudflare.HEADERS: netlify_cloudflare.headers_file(netlify_cloudflare.header_rules(site, headers)),
        netlify_cloudflare.REDIRECTS: netlify_cloudflare.redirects_file(site, redirects),
        nginx.TABLES: nginx.tables(site, headers, policy, redirects),
        nginx.SERVER: nginx.server(site, headers, policy, redirects),
        caddy.NAME: caddy.caddyfile(site, headers, policy, redirects),
    }


def _headers(site: Site, pages: dict[str, Page], wanted: Wanted) -> Headers:
    loads = {load for page in pages.values() for load in page.loads} | loads_of_stylesheets(site)
    if any(name.startswith(_PAGEFIND) or name.endswith(".wasm") for name in site.files):
        loads.add(content_security.PROGRAMS)
    of_pages = content_security.policy(loads, wanted.sources, site.is_secure)
    return headers_for(site, (content_security.NAME, of_pages, content_security.OF_DRAWINGS), wanted.headers)


def _write(files: dict[str, str], site: Site) -> None:
    for name, text in files.items():
        file = site.output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        rewrite(file, text.encode("utf-8"))
