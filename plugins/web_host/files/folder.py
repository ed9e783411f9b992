"""The folder of what hosts include and no reader gets, and what else is in a site for other hosts than its own."""

from __future__ import annotations

#: Hidden, so that nginx and Caddy with these includes show nothing of it; anywhere else it does no harm: it says only
#: what everybody can find out by asking.
FOLDER = ".host"
CNAME, NO_JEKYLL = "CNAME", ".nojekyll"
#: What Netlify, Cloudflare and GitHub read.
OF_OTHER_HOSTS = ("_headers", "_redirects", CNAME)
