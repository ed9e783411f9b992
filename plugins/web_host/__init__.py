"""What a host needs beside the pages of a site: a Pelican plugin that writes it when the site is published.

Search engines get `sitemap.xml` and `robots.txt`. Each host gets headers, media types, caching and old addresses in its
own notation: `_headers` and `_redirects` for Netlify and Cloudflare Pages, and `.host/` for nginx and Caddy. CNAME and
SECURITY_TXT ask for `CNAME` and `.well-known/security.txt`. A file of the author's own always stays.

From the ground up:

- facts/       what there is: pages, what they load and when they changed, feeds, addresses that moved;
- policy/      the headers of every answer, above all the content security policy;
- files/       the notations, one a file;
- the files beside this one read the settings, tell what is wrong, and speak to Pelican.
"""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican, which calls this."""
    from .signals import connect

    connect()
