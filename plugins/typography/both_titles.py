"""Every post and page has its title twice: as words, and as HTML."""

from typing import Any

from markupsafe import Markup
from pelican.contents import Content
from pelican.readers import MarkdownReader

from .titles import as_html, as_words


class RawTitles:
    """What is added to the class of a reader: it passes on the title as typed besides one that is safe as HTML."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return a post's HTML and its metadata, as the reader itself does, with `raw_title` added."""
        content, metadata = super().read(source_path)  # type: ignore[misc]
        if "title" in metadata:
            typed = str(metadata["title"])
            metadata = {**metadata, "raw_title": as_words(typed), "title": as_html(typed)}
        return content, metadata


def keep_raw_titles(generator: Any) -> None:
    """Have a generator's readers of Markdown keep titles, whichever plugin they are from. Readers of other formats pass
    on titles that are already HTML.
    """
    for extension in MarkdownReader.file_extensions:
        reader = generator.readers.readers.get(extension)
        if reader is not None and not isinstance(reader, RawTitles):
            kind = type(reader)
            reader.__class__ = type(kind.__name__, (RawTitles, kind), {})


def give_both_titles(content: Content) -> None:
    """Mark the title of a post or page as HTML, for templates that escape, and make sure that it has a raw one too."""
    if not hasattr(content, "title"):
        return
    content.title = Markup(content.title)
    if not hasattr(content, "raw_title"):
        content.raw_title = content.title.striptags()
