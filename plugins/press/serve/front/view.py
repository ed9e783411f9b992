"""What a tab is to show at an address: the page, a redirect, the page for what is missing, or a report."""

from dataclasses import dataclass

from ..digest import digest_of
from ..messages import Found
from .entries import joined
from .missing import missing_page
from .preview import Preview
from .report_page import report_page

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class View:
    """An answer, before anything is added that only the preview's own script needs."""

    status: int
    body: bytes
    content_type: str
    digest: str
    """Equal for views that look alike."""
    report: str = ""
    """Why this is not the newest state of the page; "" if it is."""
    is_partial: bool = False
    """Whether this is no page of a good site, but what could be read of one that never was good yet."""
    location: str = ""
    """For a redirect: the address that is meant."""
    is_report: bool = False
    """Whether there is nothing to show but the report."""

    @property
    def is_html(self) -> bool:
        """Whether this is a page."""
        return self.content_type.startswith("text/html")


async def view(preview: Preview, address: str | None, *, with_nearest: bool = True) -> View:
    """Return what an address shows now; None stands for an address that no site can have. Does not look for changes."""
    if address is None:
        return await _missing(preview, "", with_nearest=False)
    shown = await preview.page(address)
    edition = preview.edition
    report = joined("" if edition.is_good else edition.report, shown.report)
    if shown.page is None:
        body = report_page(report, is_of_page=preview.has_pages)
        return View(503, body, _HTML, digest_of(body), report, is_report=True)
    if isinstance(shown.page, Found):
        page = shown.page
        return View(200, page.body, page.content_type, page.digest, report, is_partial=edition.is_partial)
    if not address.endswith("/") and isinstance((await preview.page(f"{address}/")).page, Found):
        return View(301, b"", "text/plain", "", location=f"{address}/")
    return await _missing(preview, address, report, with_nearest=with_nearest)


async def _missing(preview: Preview, address: str, report: str = "", *, with_nearest: bool) -> View:
    own = (await preview.page("/404.html")).page
    nearest = await preview.nearest(address) if with_nearest else ()
    body = missing_page(own.body if isinstance(own, Found) else None, address, nearest)
    content_type, is_partial = own.content_type if isinstance(own, Found) else _HTML, preview.edition.is_partial
    return View(404, body, content_type, digest_of(body), report, is_partial=is_partial)
