"""An editor without a window: pygls' own client. It starts the server as editors do, and remembers what it is told."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from commands.run import COMMAND, ENVIRONMENT

#: How long an answer may take before the server counts as stuck, in seconds. Not a measure of speed.
PATIENCE = 60

WITH_VERSIONS = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    )
)


class Editor:
    """The texts that are open, by address, and what the server said of each, with the version that it is about."""

    def __init__(self, folder: Path, *arguments: str, capabilities: types.ClientCapabilities = WITH_VERSIONS) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.told: list[types.PublishDiagnosticsParams] = []
        self.watched: list[str] = []
        self.logged: list[str] = []
        # Playwright’s loop, where there is one, runs in the thread of the tests for as long as they do.
        self.thread, self.loop = ThreadPoolExecutor(1), asyncio.Runner()
        self.client = LanguageClient("editor", "1")
        self._listen()
        self._run(self.client.start_io(*COMMAND, "lsp", *arguments, env=ENVIRONMENT))
        self._run(
            self.client.initialize_async(
                types.InitializeParams(capabilities, root_uri=folder.as_uri(), process_id=None)
            )
        )
        self.client.initialized(types.InitializedParams())

    def _listen(self) -> None:
        feature = self.client.feature

        @feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _told(params: types.PublishDiagnosticsParams) -> None:
            self.told.append(params)

        @feature(types.CLIENT_REGISTER_CAPABILITY)
        def _registered(params: types.RegistrationParams) -> None:
            self.watched += [each["globPattern"] for each in params.registrations[0].register_options["watchers"]]

        @feature(types.WINDOW_LOG_MESSAGE)
        def _logged(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        async def within() -> Any:
            return await asyncio.wait_for(work, PATIENCE)

        return self.thread.submit(self.loop.run, within()).result()

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        """Listen to the server until something is there."""

        async def wait() -> None:
            while not is_there():
                await asyncio.sleep(0.005)

        self._run(wait())

    def open(self, name: str, text: str, language: str = "markdown") -> str:
        """Open a text under a name in the folder, or under an address; returns the address."""
        uri = name if ":" in name else (self.folder / name).as_uri()
        self.texts[uri], self.versions[uri] = text, 1
        document = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def type(self, uri: str, *changes: tuple[int, int, int, int, str]) -> None:
        """Replace ranges, each given by the lines and columns of its start and end; the server hears of all at once."""
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        made = [
            types.TextDocumentContentChangePartial(types.Range(types.Position(*a[:2]), types.Position(*a[2:4])), a[4])
            for a in changes
        ]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, made))

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def findings(self, uri: str, after: int = 0) -> list[types.Diagnostic]:
        """What the server says of the version that is open, or next if it was told of `after` times before."""

        def told() -> list[types.PublishDiagnosticsParams]:
            return [each for each in self.told if each.uri == uri][after:]

        self.wait_for(lambda: bool(told()) and told()[-1].version in (self.versions[uri], None))
        return [*told()[-1].diagnostics]

    def codes(self, uri: str, after: int = 0) -> list[str]:
        return [str(each.code) for each in self.findings(uri, after)]

    def hover(self, uri: str, line: int, column: int) -> types.Hover | None:
        where = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        answer: types.Hover | None = self._run(self.client.text_document_hover_async(where))
        return answer

    def actions(self, uri: str, line: int, **context: Any) -> list[types.CodeAction]:
        """What is offered to an editor whose cursor is at the start of a line."""
        here = types.Range(types.Position(line, 0), types.Position(line, 0))
        asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), here, types.CodeActionContext([], **context))
        return [*self._run(self.client.text_document_code_action_async(asked))]

    def leave(self, *, politely: bool = True) -> int:
        """Leave as the protocol says, or else without a word; returns the server's exit status."""
        server = self.client._server
        assert server is not None and server.stdin is not None
        if politely:
            self._run(self.client.shutdown_async(None))
            self.client.exit(None)
        else:
            server.stdin.close()
        status: int = self._run(server.wait())
        self._run(self.client.stop())
        self.thread.submit(self.loop.close).result()
        self.thread.shutdown()
        return status


def in_units(text: str, where: types.Range) -> str:
    """What is at a range of a text whose lines end with line feeds; columns are in UTF-16."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    start, end = where.start, where.end
    if start.line == end.line:
        return lines[start.line][2 * start.character : 2 * end.character].decode("utf-16-le")
    first, last = lines[start.line][2 * start.character :], lines[end.line][: 2 * end.character]
    return "\n".join(each.decode("utf-16-le") for each in (first, *lines[start.line + 1 : end.line], last))


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """A text with edits made, from its end backwards, as the protocol has it."""
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        lines = text.split("\n")
        before = "\n".join([*lines[: edit.range.start.line], ""])
        start = len(before) + _index(lines, edit.range.start)
        end = start + len(in_units(text, edit.range))
        text = text[:start] + edit.new_text + text[end:]
    return text


def _index(lines: list[str], at: types.Position) -> int:
    line = lines[at.line] if at.line < len(lines) else ""
    return len(line.encode("utf-16-le")[: 2 * at.character].decode("utf-16-le"))
