"""Templates, translated to Python once for all copies: it takes as long as all else that is done for a small site.

What a template is translated to depends on its text and its name, on the options of Jinja, on what filters and tests
there are, and on what they answer where Jinja asks them already. So they are asked again.
"""

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_TESTS

#: The options of an environment that decide what a text is translated to, apart from functions.
_OPTIONS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string", "comment_start_string",
    "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
    "newline_sequence", "keep_trailing_newline", "optimized", "autoescape", "is_async", "sandboxed",
)  # fmt: skip

#: What can be compared with what it was in another process.
_COMPARABLE = (str, int, float, bool, type(None))

#: Filters or tests, by their names.
Functions = dict[str, Callable[..., Any]]
#: A call of one: `filters` or `tests`, its name, what it was given, and its answer.
Call = tuple[str, str, list[Any], Any]


def keep_translations(folder: Path) -> None:
    """From now on, keep them in a folder, and take those that are there."""
    usual = Environment.compile

    def translate(
        environment: Environment, source: Any, name: Any = None, filename: Any = None, raw: bool = False, *more: Any
    ) -> Any:
        if raw or more or not isinstance(source, str) or not _is_plain(environment):
            return usual(environment, source, name, filename, raw, *more)
        file = folder / _key(environment, source, name)
        code = _kept(file, environment)
        if code is None:
            code, calls = _translated(usual, environment, source, name, filename)
            if all(type(each) in _COMPARABLE for _, _, given, answer in calls for each in (*given, answer)):
                _write(file, json.dumps([calls, code]))
        return environment._compile(code, filename or "<template>")

    Environment.compile = translate  # type: ignore[method-assign,assignment]


def _is_plain(environment: Environment) -> bool:
    """Whether no code of somebody else's has a say in the translation."""
    return not environment.extensions and environment.finalize is None and isinstance(environment.autoescape, bool)


def _key(environment: Environment, source: str, name: str | None) -> str:
    functions = [
        (each, str(getattr(function, "jinja_pass_arg", None)))
        for there in (environment.filters, environment.tests)
        for each, function in sorted(there.items())
    ]
    described = repr((type(environment), source, name, [getattr(environment, each) for each in _OPTIONS], functions))
    return hashlib.blake2b(described.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _kept(file: Path, environment: Environment) -> str | None:
    """A translation, if there is one, and the filters and tests still answer as they did."""
    if not file.exists():
        return None
    calls, code = json.loads(file.read_text(encoding="utf-8"))
    for kind, name, given, answer in calls:
        now = getattr(environment, kind)[name](*given)
        if (type(now), now) != (type(answer), answer):
            return None
    return str(code)


def _translated(
    usual: Callable[..., str], environment: Environment, source: str, name: str | None, filename: str | None
) -> tuple[str, list[Call]]:
    """A template in Python, and the calls of filters and tests that are not Jinja's own."""
    calls: list[Call] = []
    filters, tests = environment.filters, environment.tests
    environment.filters = _noted("filters", filters, DEFAULT_FILTERS, calls)
    environment.tests = _noted("tests", tests, DEFAULT_TESTS, calls)
    try:
        return usual(environment, source, name, filename, True), calls
    finally:
        environment.filters, environment.tests = filters, tests


def _noted(kind: str, functions: Functions, own: Functions, calls: list[Call]) -> Functions:
    """The same functions, of which those that are not Jinja's own have their calls noted."""

    def noted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def ask(*given: Any, **named: Any) -> Any:
            answer = function(*given, **named)
            calls.append((kind, name, [*given, *named.items()], answer))  # a pair of named ones cannot be compared
            return answer

        return ask

    return {name: each if own.get(name) is each else noted(name, each) for name, each in functions.items()}


def _write(file: Path, text: str) -> None:
    """Write a file that is whole as soon as it is there: other copies look for it."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as new:
        new.write(text)
    os.replace(new.name, file)  # noqa: PTH105
