"""The folder of what hosts include and readers do not get, and what else a site has for hosts other than its own."""

from __future__ import annotations

#: Hidden, so that nginx and Caddy with these includes show nothing of it; anywhere else it does no harm: it says only
#: what everybody can find out by asking.
FOLDER = ".host"
CNAME, NO_JEKYLL = "CNAME", ".nojekyll"
#: What Netlify, Cloudflare and GitHub read.
OF_OTHER_HOSTS = ("_headers", "_redirects", CNAME)
