"""Which Markdown reads a file is seen from the settings of the site whose page it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from drytables.commands.dialects import dialect_of
from drytables.reading.markdown.dialect import Dialect

SUPERFENCES = "markdown_extensions:\n  - pymdownx.superfences\n"

PAGES: list[tuple[dict[str, str], str, Dialect]] = [
    ({}, "a.md", "commonmark"),
    ({}, "a.mdx", "mdx"),
    # Pelican
    ({"pelicanconf.py": "AUTHOR = 'x'\n"}, "content/a.md", "fenced_code"),
    ({"pelicanconf.py": 'PATH = "content"\n"pymdownx.superfences"'}, "content/sub/a.md", "superfences"),
    ({"pelicanconf.py": 'PATH = "content"\n"pymdownx.superfences"\nPLUGINS = ["code_blocks"]'}, "content/a.md",
     "superfences+any_info"),
    ({"pelicanconf.py": 'PATH = "content"\n"pymdownx.superfences"'}, "README.md", "commonmark"),
    ({"pelicanconf.py": 'PATH = "../content"\n'}, "a.md", "commonmark"),
    ({"pelicanconf.py": '"pymdownx.superfences"; "pymdownx.quotes"\n'}, "a.md", "quotes"),
    # MkDocs
    ({"mkdocs.yml": "site_name: x\n"}, "docs/a.md", "fenced_code"),
    ({"mkdocs.yml": SUPERFENCES}, "docs/a.md", "superfences"),
    ({"mkdocs.yml": "markdown_extensions: [pymdownx.extra]\n"}, "docs/a.md", "superfences"),
    ({"mkdocs.yml": "markdown_extensions:\n  # - pymdownx.superfences\n  - toc\n"}, "docs/a.md", "fenced_code"),
    ({"mkdocs.yml": SUPERFENCES}, "README.md", "commonmark"),
    ({"mkdocs.yml": SUPERFENCES}, "charts/README.md", "commonmark"),
    ({"mkdocs.yml": f"docs_dir: 'site/text' # here\n{SUPERFENCES}"}, "site/text/a.md", "superfences"),
    ({"mkdocs.yaml": f"docs_dir: .\n{SUPERFENCES}"}, "a.md", "superfences"),
    ({"en/mkdocs.yml": "INHERIT: ../base.yml\n", "base.yml": SUPERFENCES}, "en/docs/a.md", "superfences"),
    ({"zensical.toml": '[project]\ndocs_dir = "text"\n'}, "text/a.md", "superfences"),
    # Docusaurus
    ({"web/docusaurus.config.ts": "export default {}"}, "web/docs/a.md", "mdx"),
    ({"docusaurus.config.js": "markdown: { format: 'detect' }"}, "docs/a.md", "commonmark"),
    ({"docusaurus.config.js": "markdown: { format: 'detect' }"}, "docs/a.mdx", "mdx"),
    ({"docusaurus.config.js": ""}, "README.md", "commonmark"),
    # the nearest settings
    ({"mkdocs.yml": SUPERFENCES, "docs/book.toml": ""}, "docs/src/a.md", "commonmark"),
    ({"_config.yml": "", "docs/x/pelicanconf.py": ""}, "docs/x/a.md", "fenced_code"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "page", "dialect"), PAGES)
def test_dialect(tmp_path: Path, files: dict[str, str], page: str, dialect: Dialect) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert dialect_of(str(tmp_path / page), "# A page\n") == dialect


@pytest.mark.parametrize(("first", "dialect"), [("Title: x", "superfences"), ("# x", "commonmark"), ("", "commonmark")])
def test_a_header_of_pelican_tells_where_no_settings_do(first: str, dialect: Dialect) -> None:
    assert dialect_of("-", f"{first}\n\ntext\n") == dialect
