"""The page that is shown while there is nothing else to show: a report, as in the terminal."""

from . import painted


def report_page(report: str, *, is_of_page: bool) -> bytes:
    """Return the HTML, for one page that cannot be rendered, or for a site that cannot be read."""
    title = f"{'This page' if is_of_page else 'The site'} cannot be shown yet"
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/.press/report.css">
<main class="report">
<h1>{title}</h1>
<p>It appears here with the save that fixes this:</p>
<pre tabindex="0" role="region" aria-label="Report">{painted.html(report)}</pre>
</main>
</html>
""".encode()
