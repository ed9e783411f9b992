"""reading/notebook/cells.py: what a notebook gives to a shell, and what its text shows, with places in the file."""

import json
from typing import Any

import pytest
from drytables.diagnostics.source import Source
from drytables.reading.notebook.cells import read_notebook


def notebook(*cells: tuple[str, str], indent: int | None = 1, kernel: str = "python") -> Source:
    """A notebook as Jupyter writes it, with cells of a kind and a text each."""
    made: list[dict[str, Any]] = [
        {"cell_type": kind, "metadata": {"source": ["no"]}, "source": text.splitlines(keepends=True)}
        for kind, text in cells
    ]
    whole = {"cells": made, "metadata": {"kernelspec": {"language": kernel}}, "nbformat": 4}
    return Source("a.ipynb", json.dumps(whole, indent=indent))


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("code", "%%bash\niptables -L\n", "iptables -L\n"),
        ("code", "%%script --no-raise-error /bin/sh\niptables -L", "iptables -L"),
        ("code", "import os\n!iptables -L\nx = !sudo iptables -S\n", "\niptables -L\nsudo iptables -S\n"),
        ("code", "if x:\n    !iptables -A INPUT \\\n      -j DROP\n", "\niptables -A INPUT \\\n      -j DROP\n"),
        ("code", "%system iptables -L", "iptables -L"),
        ("markdown", "# Text\n\n```sh\niptables -L\n```\n", "iptables -L\n"),
        (
            "markdown",
            'Title: x\n\n    iptables -m comment --comment "a\\b ä"\n',
            'iptables -m comment --comment "a\\b ä"\n',
        ),
    ],
)
def test_what_is_code(kind: str, text: str, code: str, indent: int | None) -> None:
    source = notebook(("raw", "```\niptables -F\n```"), (kind, text), indent=indent)
    (fence,) = read_notebook(source).fences

    assert fence.code.text == code
    for at, char in enumerate(code):
        typed = source.slice(fence.code.span(at, at + 1))
        assert json.loads(f'"{typed}"') == char


def test_all_code_of_a_shell_kernel_is_shell() -> None:
    (fence,) = read_notebook(notebook(("code", "iptables -L"), kernel="bash")).fences

    assert fence.code.text == "iptables -L"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"cells": 1}', '["source", "cell_type"]'])
def test_what_is_no_notebook_has_no_code(text: str) -> None:
    assert read_notebook(Source("a.ipynb", text)).fences == ()


def test_python_is_not_shell() -> None:
    assert read_notebook(notebook(("code", "x != 3\nprint('iptables -L')\n%time x\n"))).fences == ()
