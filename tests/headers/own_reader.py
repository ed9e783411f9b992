"""A plugin with a reader of its own for Markdown with YAML, as several public ones have it."""

import re
from pathlib import Path

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import MarkdownReader

HEADER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)


class YAMLReader(MarkdownReader):
    """Reads a header in YAML, and leaves the rest to Markdown."""

    def read(self, source_path):
        """Return the post's HTML and its metadata."""
        header, text = HEADER.match(Path(source_path).read_text(encoding="utf-8")).groups()
        given = yaml.safe_load(header).items()
        found = {
            name: value if isinstance(value, bool) else self.process_metadata(name, str(value)) for name, value in given
        }
        return Markdown(extensions=[]).convert(text), found


def add_reader(readers):
    """Take the place of Pelican's."""
    readers.reader_classes["md"] = YAMLReader


def register():
    """Connect to Pelican."""
    signals.readers_init.connect(add_reader)
