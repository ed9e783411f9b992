"""drytables: iptables that never gets wet. Judges every iptables command in a text as iptables and the kernel would.

Nothing is ever executed, and neither iptables nor root is needed. The names below are the library, and CHANGELOG.md
lists each change to them. The modules that define them may change in any release.

`check(Source(path, text))` judges every command of a Markdown text, and returns a Report:
    Report      `snippets`, `commands()`, `all_diagnostics()`, `is_refused`
    Snippet     one piece of code: `commands`, `diagnostics`, `release`; `correction` is the same, corrected, and
                `repaired` its text
    Checked     one command of it: `status`, `diagnostics`, `refusal`, `needs`, `refused_since`; `verdict` is what the
                release says about the command alone, and `today` what the newest one does

`judge(line)` and `explain(line)` take one command; both raise ValueError for a line that is not one:
    Verdict     `status` (accepted, refused or open), `release`, `diagnostics`, `refusal`, `needs`, `holes`;
                `misreading` is what the release takes the command for, if that is not what is written
    Part        a part of the command and what it does: `words`, `sentence`, `span`, `is_detail`

They share:
    Diagnostic  one fault: `code`, `severity`, `message`, `span`, `label`, `causes`, `notes`, `help`, `edits`, and the
                `quote` of what iptables itself says, if it says anything
    Source      `path`, `text`; `position(offset)` is a line and a column from 1, `slice(span)` the text there
    Span        `start` and `end`, in characters from 0
    Release     a release of iptables, as in `Release("1.4.10")`; ValueError for one that never existed

As a Pelican plugin (`PLUGINS = ["drytables"]`) it judges every post at build time, and a refused command fails the
build; `STYLESHEET` is the file with the style of its figures.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .diagnostics.diagnostic import Diagnostic
    from .diagnostics.source import Source, Span
    from .grammar.history.releases import Release
    from .judging.verdict import Verdict
    from .meaning.explain import Part
    from .one_line import explain, judge
    from .page.check import check
    from .page.report import Checked, Report, Snippet

__all__ = [
    "Checked",
    "Diagnostic",
    "Part",
    "Release",
    "Report",
    "Snippet",
    "Source",
    "Span",
    "Verdict",
    "check",
    "explain",
    "judge",
]

#: Semantic versioning: a new code, or a command judged differently, is a minor release; CHANGELOG.md lists each.
__version__ = "1.2.0"

#: The stylesheet of the plugin's figures: a file, for Pelican's setting THEME_STATIC_PATHS.
STYLESHEET = f"{__path__[0]}/formats/html/snippets.css"

#: What depends on the text of a post, and is in no page but as the number of commands (for the plugin press, if there).
TEXT_FACTS = ("drytables",)

#: The module that each name is in. It is loaded when one of its names is first used: the command line answers a single
#: rule in less time than all of them take to load.
_MODULES = {
    "Checked": "page.report",
    "Diagnostic": "diagnostics.diagnostic",
    "Part": "meaning.explain",
    "Release": "grammar.history.releases",
    "Report": "page.report",
    "Snippet": "page.report",
    "Source": "diagnostics.source",
    "Span": "diagnostics.source",
    "Verdict": "judging.verdict",
    "check": "page.check",
    "explain": "one_line",
    "judge": "one_line",
}

if not TYPE_CHECKING:  # a type checker would conclude that every name exists

    def __getattr__(name: str) -> object:
        """A name of the library, from its module; raises AttributeError for any other."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        return value


def __dir__() -> list[str]:
    """The names of the library, loaded or not, and what Pelican and pip ask for."""
    return sorted([*__all__, "STYLESHEET", "TEXT_FACTS", "__version__", "register"])


def register() -> None:
    """Connect to Pelican, which calls this when it loads the plugin; only then is Pelican needed."""
    from .pelican_plugin.signals import register

    register()
