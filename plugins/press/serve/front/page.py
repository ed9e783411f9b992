"""Adds the preview's script to a page, and nothing else; pages that are published never have it."""

import re
from html import escape, unescape

_END = re.compile(rb"</body\s*>", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*content-security-policy[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
#: What the script needs: to be loaded, and to connect for changes. For each, the directives that govern it, nearest
#: first.
_NEEDS = (("script-src-elem", "script-src", "default-src"), ("connect-src", "default-src"))


def with_script(page: bytes, origin: str, digest: str, mark: str, *, is_report: bool) -> bytes:
    """Return the page with the script at its end.

    The script comes from `origin`, such as "http://127.0.0.1:8000", since a page may have another base. It is given the
    digest of the page, a mark for the state of all else, and whether the page itself shows the report.
    """
    attributes = f'data-digest="{digest}" data-mark="{mark}"' + (" data-is-report" if is_report else "")
    script = f'<script src="{escape(origin)}/.press/follow.js" {attributes} defer></script>'.encode()
    if b"content-security-policy" in page.lower():
        page = _META.sub(lambda meta: _admitting(meta[0].decode("utf-8", "replace"), origin).encode(), page)
    ends = [found.start() for found in _END.finditer(page)]
    end = ends[-1] if ends else len(page)
    return page[:end] + script + page[end:]


def _admitting(meta: str, origin: str) -> str:
    """Return the element with a policy that lets the script in, and is otherwise as strict as it was."""

    def amend(content: re.Match[str]) -> str:
        return f'{content[1]}"{escape(_amended(unescape(content[2][1:-1]), f"{origin}/.press/"))}"'

    return _CONTENT.sub(amend, meta, count=1)


def _amended(policy: str, source: str) -> str:
    words = [part.split() for part in policy.split(";") if part.strip()]
    directives = {name.lower(): sources for name, *sources in words}
    for need in _NEEDS:
        ruling = next((name for name in need if name in directives), None)
        if ruling:
            admitted = [each for each in directives[ruling] if each != "'none'"]
            directives[ruling if ruling != "default-src" else need[-2]] = [*admitted, source]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
