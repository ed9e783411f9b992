"""`drytables lsp`, asked by an editor: what it says is what `check`, `fix` and `explain` say of the same text."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT
from drytables.commands.dialects import dialect_of
from drytables.commands.fix import repair, spared
from drytables.commands.jobs import Wanted
from drytables.commands.lsp import NEEDED, serve_editor
from drytables.configuration.settings import Settings
from drytables.diagnostics.source import Source
from drytables.page.check import check
from lsprotocol import types

from commands.language_server.editor import Editor, edited, in_units
from commands.run import BAD, COMMAND, ENVIRONMENT, GOOD, drytables, page

pytestmark = pytest.mark.starts_programs

PAGES = sorted(Path(__file__).parents[2].joinpath("golden").glob("*.md"))
DASHES = "iptables -A INPUT –i lo -j ACCEPT"
EVERY = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 3 -j MASQUERADE"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor that all tests of this file open their texts in."""
    opened = Editor(tmp_path_factory.mktemp("texts"))
    yield opened
    assert opened.logged == []
    assert opened.leave() == 0


def test_a_file_of_rules_is_checked_whatever_the_editor_calls_its_language(editor: Editor) -> None:
    uri = editor.open("rules.v4", "*filter\n-A INPUT -s 192.0.2.300 -j DROP\nCOMMIT\n", "conf")

    assert [(each.code, each.range.start.line, each.range.start.character) for each in editor.findings(uri)] == [
        ("bad-value", 1, 12)
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_the_faults_that_check_finds_and_the_repairs_that_fix_makes(editor: Editor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    uri = editor.open(path.name, text)
    name = str(editor.folder / path.name)
    source, dialect = Source(name, text), dialect_of(name, text)
    report = check(source, None, dialect, advises=True)

    found = [(str(each.code), each.message.split("\n")[0], in_units(text, each.range)) for each in editor.findings(uri)]
    assert found == [(str(each.code), each.message, source.slice(each.span)) for each in report.all_diagnostics()]

    mended, _, _ = repair(source, Settings(markdown=dialect), spared(name, Settings()))
    offered = editor.actions(uri, 0, only=["source.fixAll"])
    assert [each.kind for each in offered] == ["source.fixAll"] * (mended != text)
    for action in offered:
        assert edited(text, made(action)) == mended
    editor.close(uri)


def made(action: types.CodeAction) -> list[types.TextEdit]:
    """The edits of an action to the version of a text that is open."""
    assert action.edit is not None and action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit) and change.text_document.version is not None
    return [each for each in change.edits if isinstance(each, types.TextEdit)]


def test_places_are_right_behind_anything(editor: Editor) -> None:
    """Emoji are two units, and what ends a line for some does not end one here."""
    text = f'# 防火墙 😀\n\nA\u2028B\x0cC\x85D\n\n```sh\necho "😀\u2028防"; {BAD}\n```\n'
    uri = editor.open("places.md", text)
    (fault,) = editor.findings(uri)
    hovered = editor.hover(uri, fault.range.start.line, fault.range.start.character)

    assert in_units(text, fault.range) == "192.0.2.300"
    assert hovered is not None and hovered.range == fault.range
    ended = editor.open("ended.md", f"a\rb\r\n\r\n```sh\r\n{BAD}\r\n```\r\n")
    assert editor.findings(ended)[0].range.start == types.Position(4, BAD.index("192"))


def test_what_is_typed_is_checked_when_it_is_typed(editor: Editor) -> None:
    uri = editor.open("typed.md", page(GOOD))
    assert editor.findings(uri) == []
    at = GOOD.index("DROP")

    editor.type(uri, (5, at, 5, at + 1, ""), (5, at + 2, 5, at + 2, "😀"), (5, at + 2, 5, at + 4, "D"))
    (fault,) = editor.findings(uri, after=1)
    assert (fault.code, fault.range.start) == ("not-made", types.Position(5, at))
    for letter in range(20):
        editor.type(uri, (0, 7 + letter, 0, 7 + letter, "x"))
    editor.type(uri, (5, at, 5, at + 4, "DROP"))
    assert editor.findings(uri, after=2) == []
    assert len([each for each in editor.told if each.uri == uri]) < 10  # not one for every letter
    assert editor.hover(uri, 5, at) is not None


def test_a_repair_is_offered_where_it_is_certain(editor: Editor) -> None:
    text = page(EVERY, DASHES, BAD) + f"\nType `{DASHES}`.\n"  # of which there is only a note
    uri = editor.open("offered.md", text)
    editor.findings(uri)

    quick = [editor.actions(uri, line, only=["quickfix"]) for line in (0, 5, 6, 7, 10)]
    assert [len(each) for each in quick] == [0, 1, 1, 0, 0]
    ((first,), (second,)) = quick[1:3]
    assert first.is_preferred and first.diagnostics is not None and first.diagnostics[0].code == "also-requires"
    assert edited(text, made(first)) == text.replace("--every 3", "--every 3 --packet 0")
    assert edited(text, made(second)) == text.replace("–i", "-i", 1)

    def kinds(**context: object) -> list[object]:
        return [each.kind for each in editor.actions(uri, 5, **context)]

    assert kinds() == ["quickfix", "source.fixAll"]
    assert kinds(trigger_kind=types.CodeActionTriggerKind.Automatic) == ["quickfix"]
    assert kinds(only=["source"]) == ["source.fixAll"]
    assert kinds(only=["source.fixAll.drytables"]) == ["source.fixAll.drytables"]
    assert kinds(only=["refactor", "source.organizeImports"]) == []


def test_a_word_is_explained_and_so_is_its_command(editor: Editor) -> None:
    uri = editor.open("word.md", page(f"sudo {EVERY}"))
    hovered = editor.hover(uri, 5, EVERY.index("-j") + 5)

    assert hovered is not None and isinstance(hovered.contents, types.MarkupContent)
    assert hovered.contents.kind == types.MarkupKind.Markdown
    assert hovered.contents.value.startswith("`-j MASQUERADE`: ")
    assert "\n- `-A POSTROUTING`: add a rule at the end of the POSTROUTING chain" in hovered.contents.value
    assert editor.hover(uri, 2, 3) is None


@pytest.mark.parametrize(
    ("name", "language", "is_checked"),
    [
        ("a.md", "plaintext", True),
        ("A.MDX", "plaintext", True),
        ("notes.txt", "plaintext", False),
        ("notes.txt", "markdown", True),
        ("untitled:Untitled-1", "markdown", True),
        ("untitled:Untitled-2", "python", False),
        ("git:/old/post.md?ref=1", "markdown", True),
    ],
)
def test_what_is_markdown_is_checked(editor: Editor, name: str, language: str, is_checked: bool) -> None:
    """By its name or by what the editor takes it for, be it in a file or not."""
    uri = editor.open(name, page(BAD), language)

    assert (editor.hover(uri, 5, 3) is not None) == is_checked
    assert editor.actions(uri, 5) == []
    if is_checked:
        assert editor.codes(uri) == ["bad-value"]
    editor.close(uri)


def test_a_closed_text_has_no_faults_and_no_answers(editor: Editor) -> None:
    uri = editor.open("closed.md", page(BAD))
    assert editor.codes(uri) == ["bad-value"]
    editor.close(uri)

    assert editor.findings(uri, after=1) == []
    assert editor.hover(uri, 5, 3) is None
    editor.type(uri, (0, 0, 0, 0, "x"))  # some editors are late
    assert editor.codes(editor.open("closed.md", page(BAD)), after=2) == ["bad-value"]


BROKEN = ["", "\x00\x01\ud83d", "````sh\n" + BAD, "```sh\n" + "iptables '" * 50, "<pre>" * 500, "> " * 500 + BAD]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_text_is_answered_for(editor: Editor, text: str) -> None:
    uri = editor.open("broken.md", text)

    editor.hover(uri, 3, 7)
    editor.hover(uri, 999, 999)
    assert isinstance(editor.actions(uri, 0), list)
    editor.close(uri)


def test_settings_are_those_of_the_file(editor: Editor) -> None:
    """Those of its site; of the folder that is open, where it is in no file yet; and as they change."""
    text = f"- list\n\n    ~~~~ {{.sh}}\n    {BAD}\n    ~~~~\n"
    editor.wait_for(lambda: bool(editor.watched))
    uris = [editor.open(name, text) for name in ("site.md", "untitled:Untitled-3")]
    before = [editor.codes(uri) for uri in uris]
    settings = editor.folder / "pelicanconf.py"
    settings.write_text("MARKDOWN = {}\n", encoding="utf-8")
    changed = types.FileEvent(settings.as_uri(), types.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))
    after = [editor.codes(uri, after=1) for uri in uris]
    settings.unlink()

    assert before == [["bad-value"]] * 2
    assert after == [["unseen-fence", "bad-value"]] * 2
    for uri in uris:
        editor.close(uri)


def test_a_configuration_holds_and_its_faults_are_shown_in_it(editor: Editor) -> None:
    folder = editor.folder / "configured"
    folder.mkdir()
    configuration = folder / ".drytables.toml"
    uris = [editor.open(f"configured/{name}.md", page(BAD)) for name in ("good", "old")]
    assert [editor.codes(uri) for uri in uris] == [["bad-value"]] * 2

    def configured(text: str) -> None:
        configuration.write_text(text, encoding="utf-8")
        changed = types.FileEvent(configuration.as_uri(), types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))

    configured('exclude = ["old.md"]\n[codes]\nbad-value = "warning"\n')
    assert [each.severity for each in editor.findings(uris[0], after=1)] == [types.DiagnosticSeverity.Warning]
    assert editor.findings(uris[1], after=1) == []
    assert editor.hover(uris[1], 5, 3) is None
    configured('# 😀\nexclud = ["old.md"]\n')
    assert [editor.codes(uri, after=2) for uri in uris] == [["bad-value"]] * 2
    editor.versions[configuration.as_uri()] = 0
    (fault,) = editor.findings(configuration.as_uri())
    assert fault.range == types.Range(types.Position(1, 0), types.Position(1, 6))
    told = len([each for each in editor.told if each.uri == configuration.as_uri()])
    configured('[codes]\nbad-value = "off"\n')
    assert editor.findings(configuration.as_uri(), after=told) == []
    assert editor.findings(uris[0], after=3) == []
    for uri in uris:
        editor.close(uri)


def test_an_editor_that_knows_little_is_served(tmp_path: Path) -> None:
    """With edits by address; with another release; and by a program that ends with it."""
    old = Editor(tmp_path, "--stdio", "--iptables", "1.4.10", capabilities=types.ClientCapabilities())
    uri = old.open("old.md", page(EVERY, DASHES))

    assert old.codes(uri) == ["typographic-dash"]
    (action,) = old.actions(uri, 6, only=["quickfix"])
    assert action.edit is not None and action.edit.changes is not None and [*action.edit.changes] == [uri]
    assert old.watched == []
    (tmp_path / ".drytables.toml").write_text('[codes]\ntypographic-dash = "warning"\n')
    saved = types.TextDocumentIdentifier(uri)
    old.client.text_document_did_save(types.DidSaveTextDocumentParams(saved))
    assert old.findings(uri, after=1)[0].severity == types.DiagnosticSeverity.Warning
    assert old.leave(politely=False) == 1


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """As pyproject.toml names it, whichever part of it is looked for first."""
    assert f'"{NEEDED}"' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    for name in ("pygls", "lsprotocol"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "drytables.commands.language_server.server", raising=False)
    assert serve_editor(Wanted()) == 2
    assert capsys.readouterr().err == (
        f"drytables: the language server needs pygls; install it with: {sys.executable} -m pip install '{NEEDED}'\n"
    )


def test_ctrl_c_ends_it_at_a_terminal() -> None:
    """Though a thread waits for what is typed."""
    master, slave = pty.openpty()
    process = subprocess.Popen([*COMMAND, "lsp"], stdin=slave, stdout=slave, stderr=slave, env=ENVIRONMENT)
    said = b""
    while b"Ctrl-C ends this" not in said:
        said += os.read(master, 1000)
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)

    assert b"Traceback" not in said
    for end in (master, slave):
        os.close(end)


def test_nothing_else_is_accepted() -> None:
    run = drytables("lsp", "--tcp")

    assert run.returncode == 2 and "--tcp" in run.stderr
