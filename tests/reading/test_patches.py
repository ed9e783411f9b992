"""A patch is read as what it leaves in the file."""

from __future__ import annotations

import pytest
from drive import report_of_code
from drytables.diagnostics.source import Source, Span
from drytables.reading.excerpt import Excerpt
from drytables.reading.patches import patched


def left(text: str, language: str = "diff") -> str:
    return patched(Excerpt.of(Source("-", text), Span(0, len(text))), language).code.text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (" *nat\n+-A x\n--A y\n COMMIT\n", "*nat\n-A x\n\nCOMMIT\n"),
        ("diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@ *nat\n+-A x\n", "…\n\n\n…\n…\n-A x\n"),
        ("3a4\n> -A x\n< -A y\n---\n> -A z", "…\n-A x\n\n\n-A z"),
        ("  *nat\n- -A x\n+ -A y\n\n  COMMIT\n+\n", "*nat\n\n-A y\n\nCOMMIT\n\n"),
        ("  - a\n+   b\n c\n", " - a\n   b\nc\n"),
        ("*nat\n+-A x\nCOMMIT\n\\ No newline at end of file", "*nat\n-A x\nCOMMIT\n"),
    ],
)
def test_what_is_left(text: str, after: str) -> None:
    assert left(text) == after


def test_only_what_looks_like_a_patch_is_one_in_another_language() -> None:
    text = "$ git diff\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n *nat\n+-A x\n$ iptables -A INPUT \\\n -j DROP\n"

    assert left(text, "console") == "$ git diff\n\n…\n…\n*nat\n-A x\n$ iptables -A INPUT \\\n -j DROP\n"
    assert left(" *nat\n+-A x\n", "") == " *nat\n+-A x\n"
    assert left("--- a/x\n+++ b/x\n *nat\n+-A x\n", "") == "\n…\n*nat\n-A x\n"


@pytest.mark.parametrize(
    ("code", "language", "codes"),
    [
        (" *filter\n :INPUT ACCEPT [0:0]\n+-A INPUT -i eth9 -j ACCEPT\n COMMIT", "diff", []),
        (" *filter\n+-A INPUT -i eth9 -j ACEPT\n--A INPUT -j ACEPT\n COMMIT", "diff", ["unknown-target"]),
        ("@@ -1 +1,2 @@\n *filter\n+-A INPUT -j ACEPT\n@@ -9 +9,2 @@\n *nat\n COMMIT", "", ["unknown-target"]),
        (" -A INPUT -i lo -j ACCEPT\n+-A INPUT -p tcp -dport 22 -j ACCEPT", "patch", ["single-dash"]),
        ("+iptables -A INPTU -j DROP\n-iptables -A INPTU -j DROP", "diff", ["unknown-chain"]),
        ("+iptables -A INPUT -j DROP\n iptables -A INPTU -j DROP", "diff-bash", ["unknown-chain"]),
    ],
)
def test_it_is_judged_and_nothing_in_it_is_certain(code: str, language: str, codes: list[str]) -> None:
    found = report_of_code(code, language).all_diagnostics()

    assert [each.code for each in found] == codes
    assert not any(each.edits for each in found)
