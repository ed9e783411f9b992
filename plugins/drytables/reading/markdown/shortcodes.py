"""Code in the tags of site builders: Jekyll's `{% highlight sh %}` and Hugo's `{{< highlight sh >}}`."""

from __future__ import annotations

import re

from ...diagnostics.source import Span
from .lines import Ends, Line

_OPENING = re.compile(
    r"\s*(?:\{%-?\s*highlight\s+(?P<jekyll>[\w+#-]++)[^%]*%\}"
    r"|\{\{[<%]\s*highlight\s+[\"']?(?P<hugo>[\w+#-]++).*?[>%]\}\})"
)
#: What ends such a block.
CLOSING = re.compile(r"\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[>%]\}\}")


def highlighted(line: Line, ends: Ends) -> tuple[str, Span, Span] | None:
    """The language, the code and the whole of the block that a line begins; None if it begins no block.

    `ends` are those of the page, by `CLOSING`.
    """
    opening = _OPENING.match(line.text) if "{" in line.text else None
    if opening is None:
        return None
    start = line.span.start + opening.end()
    closing = ends.after(start)
    if closing is None:
        return None
    language = opening["jekyll"] or opening["hugo"]
    return language, Span(start, closing.start()), Span(line.span.start, closing.end())
