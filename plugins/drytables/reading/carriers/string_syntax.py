"""How programming and configuration languages write strings, lists and comments: the table that `strings` reads by."""

from __future__ import annotations

from typing import NamedTuple

from ..pattern import pattern


class Quoting(NamedTuple):
    """One way to write a string: what opens and closes it, whether a backslash means something in it, whether it may
    run over lines, and what in it is replaced by a value.
    """

    open: str
    close: str
    has_escapes: bool = True
    is_long: bool = False
    hole: str = ""


class Syntax(NamedTuple):
    """A language: its comments, its strings (longer openings first), what may stand right before a string's quote, what
    joins two strings, how it opens a heredoc, and whether strings that stand next to each other are one.
    """

    line_comments: tuple[str, ...] = ()
    block_comments: tuple[tuple[str, str], ...] = ()
    quotings: tuple[Quoting, ...] = ()
    joiner: str = ""
    prefix: str = ""
    heredoc: str = ""
    adjacent: bool = False


_PLUS, _DOT = r"\+(?![+=])", r"\.(?![.=\d])"
_C = (("/*", "*/"),)
_PERCENT = r"%[-+ #0]*+\d*+(?:\.\d+)?(?:\(\w+\))?(?:l|ll|h|z)?[sdvqiuxXfgcp]|%\(\w+\)[sd]"
_DOLLAR = r"\$\{(?:[^{}]|\{[^{}]*\})*\}|\$[A-Za-z_]\w*"
_HASH = r"#\{(?:[^{}]|\{[^{}]*\})*\}"
_BRACES = r"\{(?:[\w(][^{}\s\"';|&]*(?:\[[\"'][^\"'\s{}]*[\"'][^{}\s\"';|&]*)?)?\}"

_DOUBLE, _SINGLE = Quoting('"', '"', hole=_PERCENT), Quoting("'", "'", hole=_PERCENT)
_HEREDOC = r"<<[-~]?[ \t]*(?P<quote>[\"'`]?)(?P<end_word>[A-Za-z_]\w*)(?P=quote)"

JSON = Syntax(("//", "#"), _C, (Quoting('"', '"'),))
JAVASCRIPT = Syntax(
    ("//",), _C, (_DOUBLE, _SINGLE, Quoting("`", "`", is_long=True, hole=r"\$\{(?:[^{}]|\{[^{}]*\})*\}")), _PLUS
)
PYTHON = Syntax(
    ("#",),
    (),
    (
        Quoting('"""', '"""', is_long=True, hole=f"{_PERCENT}|{_BRACES}"),
        Quoting("'''", "'''", is_long=True, hole=f"{_PERCENT}|{_BRACES}"),
        Quoting('"', '"', hole=f"{_PERCENT}|{_BRACES}"),
        Quoting("'", "'", hole=f"{_PERCENT}|{_BRACES}"),
    ),
    _PLUS,
    "rRbBuUfF",
    adjacent=True,
)
GO = Syntax(("//",), _C, (_DOUBLE, Quoting("`", "`", has_escapes=False, is_long=True, hole=_PERCENT)), _PLUS)
C = Syntax(("//",), _C, (_DOUBLE,), _PLUS, "LuUR8", adjacent=True)
JAVA = Syntax(("//",), _C, (Quoting('"""', '"""', is_long=True, hole=_PERCENT), _DOUBLE), _PLUS)
CSHARP = Syntax(("//",), _C, (Quoting('"', '"', hole=_BRACES),), _PLUS, "$@")
RUST = Syntax(("//",), _C, (Quoting('"', '"', is_long=True, hole=_BRACES),), "", "rb")
RUBY = Syntax(
    ("#",),
    (),
    (
        Quoting("%x(", ")", is_long=True, hole=_HASH),
        Quoting("%x{", "}", is_long=True, hole=_HASH),
        Quoting("%x[", "]", is_long=True, hole=_HASH),
        Quoting("%w(", ")", is_long=True),
        Quoting("%w[", "]", is_long=True),
        Quoting('"', '"', is_long=True, hole=f"{_HASH}|{_PERCENT}"),
        Quoting("'", "'", is_long=True, has_escapes=False),
        Quoting("`", "`", is_long=True, hole=_HASH),
    ),
    _PLUS,
    heredoc=_HEREDOC,
)
PHP = Syntax(
    ("//", "#"),
    _C,
    (
        Quoting('"', '"', is_long=True, hole=rf"\{{\$[^{{}}]*\}}|{_DOLLAR}|{_PERCENT}"),
        Quoting("'", "'", is_long=True, hole=_PERCENT),
        Quoting("`", "`", is_long=True, hole=_DOLLAR),
    ),
    _DOT,
    heredoc=r"<<<[ \t]*(?P<quote>[\"']?)(?P<end_word>[A-Za-z_]\w*)(?P=quote)",
)
PERL = Syntax(
    ("#",),
    (),
    (
        Quoting('"', '"', is_long=True, hole=f"{_DOLLAR}|{_PERCENT}"),
        Quoting("'", "'", is_long=True, has_escapes=False),
        Quoting("`", "`", is_long=True, hole=_DOLLAR),
    ),
    _DOT,
    heredoc=_HEREDOC,
)
LUA = Syntax(
    ("--",), (("--[[", "]]"),), (Quoting("[[", "]]", has_escapes=False, is_long=True), _DOUBLE, _SINGLE), r"\.\."
)
HCL = Syntax(
    ("#", "//"),
    _C,
    (Quoting('"', '"', hole=r"\$?[$%]\{(?:[^{}]|\{[^{}]*\})*\}"),),
    heredoc=r"<<-?[ \t]*(?P<quote>\"?)(?P<end_word>[A-Za-z_]\w*)(?P=quote)",
)
TOML = Syntax(
    ("#",),
    (),
    (
        Quoting('"""', '"""', is_long=True),
        Quoting("'''", "'''", has_escapes=False, is_long=True),
        Quoting('"', '"'),
        Quoting("'", "'", has_escapes=False),
    ),
)
PUPPET = Syntax(("#",), (), (Quoting('"', '"', is_long=True, hole=_DOLLAR), Quoting("'", "'", is_long=True)), prefix="")
NIX = Syntax(
    ("#",),
    _C,
    (
        Quoting("''", "''", has_escapes=False, is_long=True, hole=r"\$\{[^{}]*\}"),
        Quoting('"', '"', is_long=True, hole=r"\$\{[^{}]*\}"),
    ),
    _PLUS,
)

#: The languages by the names that fences give them.
SYNTAXES: dict[str, Syntax] = {
    name: syntax
    for names, syntax in (
        ("json jsonc json5 devcontainer tfvars.json", JSON),
        ("js javascript jsx mjs cjs ts typescript tsx node groovy gradle kotlin kt dart swift scala", JAVASCRIPT),
        ("python py python3 py3 ipython pycon", PYTHON),
        ("go golang", GO),
        ("c cpp c++ cc h objc arduino", C),
        ("java", JAVA),
        ("csharp cs c# fsharp", CSHARP),
        ("rust rs", RUST),
        ("ruby rb vagrantfile vagrant chef erb", RUBY),
        ("php", PHP),
        ("perl pl", PERL),
        ("lua", LUA),
        ("hcl terraform tf nomad packer", HCL),
        ("toml", TOML),
        ("puppet pp", PUPPET),
        ("nix", NIX),
    )
    for name in names.split()
}  # fmt: skip
#: What a backslash and a character mean in most of these languages.
ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "\n": "",
}  # fmt: skip
NUMBERED = pattern(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8}))")
