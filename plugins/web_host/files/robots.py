"""robots.txt: nothing is forbidden, and the sitemap is named. Crawlers read it only at the root of a host."""

NAME = "robots.txt"


def robots(sitemap: str) -> str:
    """The file, with the complete address of the sitemap; without one if that is empty."""
    return "User-agent: *\nDisallow:\n" + (f"\nSitemap: {sitemap}\n" if sitemap else "")
