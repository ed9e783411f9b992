"""The settings that `make publish` builds with: pelicanconf.py, at the site's public address.

`SITEURL=https://example.org/blog make publish` builds for another one.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403
from pelicanconf import CANONICAL_SITE as USUAL_ADDRESS

SITEURL = CANONICAL_SITE = FEED_DOMAIN = (os.environ.get("SITEURL") or USUAL_ADDRESS).rstrip("/")
if not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", SITEURL, re.IGNORECASE):
    sys.exit(f"error: SITEURL is {SITEURL!r}; it must be a complete address, such as https://example.org/blog")
# Pelican takes an address for a whole one only if it begins in lower case.
SITEURL = CANONICAL_SITE = FEED_DOMAIN = re.sub(r"^\w+", lambda scheme: scheme[0].lower(), SITEURL)
# Where `make deploy` puts the site; README.md has the forms that there are.
# DEPLOY_TO = "ann@example.org:/srv/blog"
RELATIVE_URLS = False
DRAFT_PAGES = False
