"""Names in two spellings, in the report of a build: a warning that says which spelling was taken."""

from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.further_checks import Found
from header_place import place_of

from .codes import TWO_SPELLINGS
from .posts import KINDS, Variant


def check_spellings(generators: list[Any]) -> Iterator[Found]:
    """Report each spelling of a name that is not the one in use, in the first post with it."""
    for generator in generators:
        for variant in getattr(generator, "spelling_variants", ()):
            yield _found(variant)


def _found(variant: Variant) -> Found:
    own, other = variant.counts
    # Of several categories in a header, all but the first become tags.
    text, span = place_of(variant.post, variant.field, "category", value=variant.spelling)
    diagnostic = Diagnostic(
        TWO_SPELLINGS,
        f"the {KINDS.get(variant.field, variant.field)} `{variant.spelling}` is also written `{variant.used}`",
        Label(span),
        notes=(f"they are one on the site, `{variant.used}`; posts with each spelling: {own} and {other}",),
        help=f"write `{variant.used}` here too",
        severity="warning",
    )
    return Found(str(variant.post.source_path), text, diagnostic)
