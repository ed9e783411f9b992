"""A scalar is folded as YAML folds it, and every character of it knows where it was typed."""

from __future__ import annotations

import pytest
import yaml
from drytables.diagnostics.source import Source, Span
from drytables.reading.carriers.yaml_scalars import folded
from drytables.reading.carriers.yaml_tree import Mapping, Scalar, parse
from drytables.reading.excerpt import Excerpt
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def read(text: str) -> tuple[Excerpt, str]:
    """The value of the key `k` in a text, as read here and as PyYAML has it."""
    code = Excerpt.of(Source("x", text), Span(0, len(text)))
    tree = parse(code)
    (root,) = tree.roots
    assert isinstance(root, Mapping)
    (scalar,) = (value for key, value in root.pairs if key == "k")
    assert isinstance(scalar, Scalar)
    return folded(code, tree.masked, scalar), scalar.value


@pytest.mark.parametrize(
    "text",
    [
        "k: a b",
        "k: a\n  b",
        "k:\n  a\n\n  b # no part of it\nj: x",
        "k: 'a ''b''\n\n\n  c'",
        'k: "a \\x41 \\"b\\" \\\n    c\n  d\\te\n\n  f"',
        "k: |\n  a\n    b\n\n  c\n",
        "k: >\n  a\n  b\n\n  c\n    d\n  e\n\n\n  f\n",
        "k: >- # a comment\n    a\n    b\n",
        "k: |+\n  a\n\n\nj: x",
        "k: é\n  ü",
    ],
)
def test_places(text: str) -> None:
    excerpt, value = read(text)

    assert excerpt.text.rstrip("\n") == value.rstrip("\n")
    for char, start, end in zip(excerpt.text, excerpt.starts, excerpt.ends, strict=True):
        typed = text[start:end]
        assert typed == char or char in " \n" or typed[0] in "\\'", (char, typed)


def test_templates_are_letters_to_yaml_and_themselves_to_us() -> None:
    assert read("k: a {{ b: 'c' }}\n  d")[0].text == "a {{ b: 'c' }} d"
    assert read("k: |\n  a\n  {% if b %}\n  c\n  {% endif %}\n")[0].text.split() == ["a", "c"]


words = st.text("ab'\"\\#:-{|> é", min_size=1, max_size=6)


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from([None, "'", '"', "|", ">"]), st.integers(8, 30))
@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_pyyaml_writes_is_read(lines: list[str], style: str | None, width: int) -> None:
    value = "\n".join(lines)
    text = yaml.safe_dump({"k": value}, default_style=style, width=width, allow_unicode=True).replace('"k"', "k")
    text = text.replace("'k'", "k").replace("? |-\n  k\n", "k").replace("? >-\n  k\n", "k").replace("\n: ", ": ", 1)
    (scalar,) = (value for value in yaml.safe_load(text).values())

    assert read(text)[0].text.rstrip("\n") == scalar.rstrip("\n")
