"""What is kept of a header says whether a save changed what the header says, so that its text can be shown early."""

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import FoundInSource
from headers.markdown_extension import Facts


def test_facts_that_say_the_same_are_equal_wherever_they_are() -> None:
    short = Facts("pelican", "Title: A\nSummary: B\n", {"title": Span(7, 8), "summary": Span(18, 19)})
    long = Facts("pelican", "Title: A\nSummary: B and C\n", {"title": Span(7, 8), "summary": Span(18, 25)})

    assert short == long
    assert short != Facts("YAML", short.text, short.places)
    assert FoundInSource(short.text) == FoundInSource(long.text)
