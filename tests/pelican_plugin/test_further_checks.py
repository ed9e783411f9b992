"""What the checks of other plugins find stands in the one report of a build, in the order of each text."""

from importlib import import_module

from conftest import PACKAGES, PROJECT, Site
from drytables.diagnostics.code import Code
from drytables.diagnostics.codes.every import CODES

CHECK = """
import os
import sys
from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found, Trouble, further_checks


def check(generators):
    for name, severity in (("a", "error"), ("b", "warning")):
        path = os.path.abspath(f"content/posts/{name}.md")
        text = open(path, encoding="utf-8").read()
        span = Span(text.index("Title"), text.index("Title") + 5)
        yield Found(path, text, Diagnostic(Code("odd-title"), "an odd title", Label(span), severity=severity))
    yield Trouble(os.path.abspath("content/notes.mdx"), "is read by no reader", SEVERITY)


further_checks.connect(check)


def register():
    pass
"""
MISSPELT = "```sh\niptables -A INPUT -p tcp --dprot 22 -j ACCEPT\n```\n"


def with_check(site: Site, severity: str) -> None:
    """Give a site two posts and a plugin with a check of its own."""
    site.post("a", MISSPELT)
    site.post("b")
    (site.folder / "plugins/odd.py").write_text(CHECK.replace("SEVERITY", repr(severity)), encoding="utf-8")
    site.settings('PLUGINS.append("odd")')


def test_it_is_reported_with_the_rest(site: Site) -> None:
    """A post's further errors come where they are in its text, and what has no line comes last."""
    with_check(site, "error")

    result = site.build()

    assert result.returncode == 1
    heads = [line for line in result.stderr.splitlines() if line.startswith(("error", "warning"))]
    assert heads == [
        "error[odd-title]: an odd title",
        "error[unknown-option]: unknown option `--dprot`",
        "warning[odd-title]: an odd title",
        "error: content/notes.mdx is read by no reader",
    ]
    checked = "2 posts, 0 pages; 1 iptables command checked, 1 refused; 3 errors, 1 warning"
    assert result.stderr.endswith(f"{checked}: the site was not built\n")


def test_warnings_let_a_build_pass(site: Site) -> None:
    """An error of another plugin fails a build even where refused commands do not; a warning never does."""
    with_check(site, "warning")
    site.settings("DRYTABLES_FAIL = False")

    assert site.build().returncode == 1

    plugin = site.folder / "plugins/odd.py"
    plugin.write_text(plugin.read_text(encoding="utf-8").replace('"error"', '"warning"'), encoding="utf-8")
    result = site.build()
    assert result.returncode == 0
    assert "warning: content/notes.mdx is read by no reader" in result.stderr
    assert result.stdout.endswith("; 1 iptables command checked, 1 refused; 1 error, 3 warnings\n")


def test_every_code_says_what_it_means_and_why_it_matters() -> None:
    """As those of drytables do. A name has one meaning, whichever plugin reports it."""
    known: dict[str, Code] = dict(CODES)
    for package in (name for name in PACKAGES if (PROJECT / "plugins" / name / "codes.py").is_file()):
        for constant, code in vars(import_module(f"{package}.codes")).items():
            if isinstance(code, Code):
                assert constant == code.upper().replace("-", "_")
                assert code.sentence.endswith(".") and code.why.endswith(".") and code.on == "site", code
                assert known.setdefault(code, code) is code, code


FINISHING = """
from drytables.pelican_plugin.further_checks import Trouble
from drytables.pelican_plugin.showing import show
from finishing import finish_with
from pelican import signals


def look(pelican, generators):
    show([Trouble("output/feed.xml", "is odd", "warning")])


def register():
    signals.initialized.connect(lambda pelican: finish_with("precompression", look, pelican), weak=False)
"""


def test_the_last_line_comes_last_and_counts_what_was_found_in_written_pages(site: Site) -> None:
    site.post("a")
    (site.folder / "plugins/odd.py").write_text(FINISHING, encoding="utf-8")
    site.settings('PLUGINS.append("odd")')

    result = site.build()

    assert result.returncode == 0, result.stderr
    assert "warning: output/feed.xml is odd" in result.stderr
    assert result.stdout == "1 post, 0 pages; 0 iptables commands checked, 0 refused; 1 warning\n"


def test_without_a_plugin_that_goes_on_the_line_ends_the_run_of_pelican(site: Site) -> None:
    site.post("a")
    settings = 'PATH = "content"\nPLUGIN_PATHS = ["plugins"]\nPLUGINS = ["drytables"]\nTHEME = "simple"\n'
    (site.folder / "pelicanconf.py").write_text(settings)

    result = site.build()
    assert result.stdout == "1 post, 0 pages; 0 iptables commands checked, 0 refused\n", result.stderr
