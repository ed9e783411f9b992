"""What the browser needs to follow: one script and one stylesheet, from the files beside this one."""

import json
from pathlib import Path

_BROWSER = Path(__file__).with_name("browser")
_PARTS = ("place.js", "stylesheets.js", "overlay.js", "follow.js")

REPORT_CSS = (_BROWSER / "report.css").read_bytes()


def _script() -> bytes:
    """Return all parts as one script, in a scope of its own: a page may forbid further files."""
    parts = "\n".join((_BROWSER / part).read_text(encoding="utf-8") for part in _PARTS)
    sheet = json.dumps(REPORT_CSS.decode("utf-8"))
    return f'(() => {{\n"use strict";\nconst REPORT_CSS = {sheet};\n{parts}}})();\n'.encode()


SCRIPT = _script()
