"""plugins/common_lists.py: lists are what they are in CommonMark, and stay what they are in Python-Markdown."""

import re

import markdown
import pytest
from common_lists import CommonListsExtension

EXTENSIONS = ["pymdownx.superfences", "tables", "def_list", "admonition", "footnotes"]


def html_of(text: str, *more: markdown.Extension) -> str:
    """The HTML of a text without white space between tags."""
    html = markdown.markdown(text, extensions=[*EXTENSIONS, *more], output_format="html")
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", html).replace("\n", " ")


#: What is typed as other generators have it => as Python-Markdown has it, which comes to the same.
ALIKE = [
    ("- a\n  - b\n  - c\n- d", "- a\n    - b\n    - c\n- d"),
    ("1. a\n   - b\n\n   p\n2. c", "1. a\n    - b\n\n    p\n2. c"),
    ("- a\n  - b\n    - c\n      - d\n  - e\n- f", "- a\n    - b\n        - c\n            - d\n    - e\n- f"),
    ("- a\n\n  p\n  q\n\n- b", "- a\n\n    p\n    q\n\n- b"),
    ("10. a\n\n    p\n11. b", "10. a\n\n    p\n11. b"),
    ("1. a\n\n   ```\n   x\n   ```\n\n2. b", "1. a\n\n    ```\n    x\n    ```\n\n2. b"),
    ("- a\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |", "- a\n\n    | x | y |\n    |---|---|\n    | 1 | 2 |"),
    ("- a\n\n  p\n\n      code\n\n- b", "- a\n\n    p\n\n        code\n\n- b"),
    ("- a\n  - b\n\n        code", "- a\n    - b\n\n            code"),
    ("* a\n  * b\n\t* c", "* a\n    * b\n        * c"),
    ("- a\n  - b\n\np\n\n  q", "- a\n    - b\n\np\n\n  q"),
    ("text\n- a\n- b", "text\n\n- a\n- b"),
    ("text\n1. a\n2. b", "text\n\n1. a\n2. b"),
    ("text\n- a\n  - b", "text\n\n- a\n    - b"),
]
#: What Python-Markdown has as it is typed, and what it keeps.
KEPT = [
    "- a\n    - b\n        - c\n\n    p\n\n- d",
    "1. a\n    1. b\n\n            code\n2. c",
    "- a\n\n        code\n\n- b",
    "- a\nlazy\nlines\n- b",
    "- a\n  > q\n- b",
    "* a\n * b\n * c",
    "text\n2. of a sentence",
    "text\n- - -\nmore",
    "    - code\n      - code",
    "a | b\n- | -\n1 | 2",
    "T\n:   - a\n    - b",
    "!!! note\n    - a\n    - b",
    "# H\n- a",
    "> q\n- a",
    "<pre>\n- a\n  - b\n</pre>",
    "```\ntext\n- a\n  - b\n```",
]


@pytest.mark.parametrize(("typed", "meant"), ALIKE)
def test_a_list_is_what_it_is_elsewhere(typed: str, meant: str) -> None:
    assert html_of(typed, CommonListsExtension()) == html_of(meant)


@pytest.mark.parametrize("typed", KEPT)
def test_a_list_stays_what_it_is(typed: str) -> None:
    assert html_of(typed, CommonListsExtension()) == html_of(typed)
