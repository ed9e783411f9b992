"""A header as it is written: its fields with their places, whatever the notation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span

Notation = Literal["pelican", "YAML", "TOML"]


class Text(NamedTuple):
    """Some words of a source, and where they are: for a value in quotes, with the quotes."""

    words: str
    span: Span


class Field(NamedTuple):
    """One field. The value is a text, a list of texts, or a table with fields of its own."""

    name: Text
    value: Value

    @property
    def key(self) -> str:
        """The name as it is looked up: `lastModified`, `Last-modified` and `last_modified` are the same."""
        return key_of(self.name.words)

    @property
    def span(self) -> Span:
        """Where the value is; if it is empty, where the name is."""
        if isinstance(self.value, Text):
            return self.value.span if self.value.words else self.name.span
        spans = [each.span for each in self.value]
        return spans[0].to(spans[-1]) if spans else self.name.span

    def texts(self) -> list[Text]:
        """The texts of the value that are not empty: one, all of a list, or none of a table."""
        texts = [self.value] if isinstance(self.value, Text) else [each for each in self.value if _is_text(each)]
        return [each for each in texts if isinstance(each, Text) and each.words]


Value: TypeAlias = Text | tuple[Text, ...] | tuple[Field, ...]


def _is_text(value: Text | Field) -> bool:
    return isinstance(value, Text)


def key_of(name: str) -> str:
    """A field's name in lower case, with `_` between its words."""
    marked = "".join(
        f"_{char}" if char.isupper() and before.islower() else char
        for before, char in zip(" " + name, name, strict=False)
    )
    return marked.lower().replace("-", "_").replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a source: the lines that it takes from its beginning, and what is wrong with how it is written."""

    notation: Notation
    fields: tuple[Field, ...] = ()
    lines: int = 0
    faults: tuple[Diagnostic, ...] = ()

    def repeated(self) -> Iterator[tuple[Field, Field]]:
        """Each field that is there again, with the first one of its name."""
        first: dict[str, Field] = {}
        for field in self.fields:
            if first.setdefault(field.name.words.lower(), field) is not field:
                yield field, first[field.name.words.lower()]


def fault(code: Code, message: str, span: Span, label: str = "", **more: object) -> Diagnostic:
    """A diagnostic with its label at a span; `more` are further fields of Diagnostic."""
    return Diagnostic(code, message, Label(span, label), **more)  # type: ignore[arg-type]
