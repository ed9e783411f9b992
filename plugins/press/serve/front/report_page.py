"""The page that is shown while there is no other: a report, as the terminal shows it."""

from . import painted


def report_page(report: str) -> bytes:
    """Return the HTML."""
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The site cannot be shown yet</title>
<link rel="stylesheet" href="/.press/report.css">
<main class="report">
<h1>The site cannot be shown yet</h1>
<p>It appears here with the save that mends this:</p>
<pre tabindex="0" role="region" aria-label="Report">{painted.html(report)}</pre>
</main>
</html>
""".encode()
