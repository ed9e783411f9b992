"""Headers in every common notation: a Pelican plugin that reads what a post says of itself, whichever generator it was
written for.

Pelican's own header, YAML between `---` lines and TOML between `+++` lines are read into one form (header.py), each in
a file of its own; the two with lines around them share these (fence.py). What a field means here is data (fields.py),
which MOVING.md shows; meanings.py applies it. What is not understood is named with its line in the report of drytables,
and is never shown as text.

Beside that, each in a file: what a post must have to be published (completeness.py), what headers say that are not in
Markdown (other_formats.py), what waits or stays out of the lists (publication.py), pages that lead from old addresses
(redirects.py), what only shows beside other posts (site_checks.py), and `make new` (new_post.py).

A module imports from those above it in this list: header, fence, the three notations, reading; fields, dates, values,
translation, status, kept_fields, meanings; the rest. Nothing but plugin.py connects to Pelican.
"""


def register() -> None:
    """Connect to Pelican, which calls this when it loads the plugin."""
    from .plugin import register

    register()
