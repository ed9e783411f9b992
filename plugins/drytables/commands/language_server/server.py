"""The conversation with the editor: its notifications about texts, its requests, and when each is answered.

A text is checked a moment after the last key was pressed, in a thread of its own, so that the editor never waits to be
heard. Questions wait for the check of what is on the screen, and are answered from it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from ... import __version__
from ...configuration.find import FILES, Unusable
from ...configuration.settings import Settings
from ...formats.hover import hover
from ..dialects import SETTINGS
from ..files import PAGES, STDIN
from ..jobs import Wanted, configurations_of, settings_of
from ..settings_faults import lines_of
from ..status import CLEAN, FINDINGS
from .actions import FIX_ALL, QUICK_FIX, actions
from .document import Document, Encoding, Places, split
from .findings import faults_by_file
from .page import Page

Answer = TypeVar("Answer")

#: How long a text must have been left alone before it is checked: as long as its last check took, within these. In
#: seconds.
_PAUSE, _LONGEST_PAUSE = 0.15, 0.5
#: What editors call the languages of the files that `drytables check` finds in a folder.
_LANGUAGES = frozenset({"markdown", "mdx"})


class _Protocol(LanguageServerProtocol):
    """That of pygls, without its own text of a document, whose places are wrong (see `document`)."""

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Iterator[Any]:
        """Leave a change to the server."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


class _Open:
    """A document that is open, the check of it that runs or is over, and how long the last one took, in seconds."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.check: asyncio.Task[Page | None] | None = None
        self.took = 0.0


class Server(LanguageServer):
    """The texts that are open in an editor, and what it has been sent about them."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__("drytables", __version__, protocol_cls=_Protocol)
        self.wanted = wanted
        self.open: dict[str, _Open] = {}
        #: The addresses of the configurations that have faults.
        self.faulty: set[str] = set()
        self.is_shut_down = False
        # One thread: the parsers of the shell are shared, and checks would only wait for each other.
        self.checker = ThreadPoolExecutor(1)

    @property
    def encoding(self) -> Encoding:
        """What columns are counted in, as was agreed on."""
        agreed = self.workspace.position_encoding
        return Encoding(str(getattr(agreed, "value", agreed)))

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a document, and check it at once, if `drytables check` would read its file."""
        path = to_fs_path(item.uri)
        file = Path(path or item.uri)
        if item.language_id not in _LANGUAGES and not file.name.lower().endswith(PAGES):
            return
        if path is None and self.workspace.root_path:
            # A text that is in no file yet is checked as one in the folder that is open.
            path = str(Path(self.workspace.root_path, file.name))
        document = Document(item.uri, path or STDIN, item.version, split(item.text), self.encoding)
        self.open[item.uri] = _Open(document)
        self.check_soon(item.uri, 0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follow what was typed."""
        opened = self.open.get(params.text_document.uri)
        if opened is None:
            return
        for change in params.content_changes:
            opened.document.change(change)
        opened.document.version = params.text_document.version
        self.check_soon(opened.document.uri, min(max(_PAUSE, opened.took), _LONGEST_PAUSE))

    def closed(self, uri: str) -> None:
        """Forget a document, and take back what was said of it."""
        opened = self.open.pop(uri, None)
        if opened is None:
            return
        if opened.check is not None:
            opened.check.cancel()
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def check_soon(self, uri: str, pause: float) -> None:
        """Check a document after a pause, in seconds, unless it changes again before that is over."""
        opened = self.open[uri]
        if opened.check is not None:
            opened.check.cancel()
        opened.check = asyncio.get_running_loop().create_task(self._check(opened, pause))

    async def _check(self, opened: _Open, pause: float) -> Page | None:
        await asyncio.sleep(pause)
        document = opened.document
        work = partial(self._page_of, document.uri, document.name, document.version, document.places())
        begun = time.monotonic()
        try:
            page, faults = await self.in_thread(work)
        except Exception as error:  # a bug of ours in one text must not end the editor's session
            words = f"{document.name}: checking failed because of a bug: {type(error).__name__}: {error}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, words))
            return None
        opened.took = time.monotonic() - begun
        self._tell_faults_of_configuration(faults)
        findings = page.findings if page is not None else []
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, findings, document.version))
        return page

    def _page_of(self, uri: str, name: str, version: int, places: Places) -> tuple[Page | None, Unusable | None]:
        """A text, checked as the configurations say now; or without them, and the faults of the one that has some.

        A text that is excluded has no page.
        """
        try:
            configurations = configurations_of(self.wanted)
            configuration = configurations.of("." if name == STDIN else name)
            if configuration is not None and name != STDIN and configuration.excludes(name):
                return None, None
            return Page(uri, name, version, places, settings_of(name, configurations, self.wanted)), None
        except Unusable as unusable:
            settings = Settings(self.wanted.release, self.wanted.dialect)
            return Page(uri, name, version, places, settings), unusable

    def _tell_faults_of_configuration(self, unusable: Unusable | None) -> None:
        """Show the faults of a configuration in its own file, and withdraw those that are fixed."""
        told = {} if unusable is None else faults_by_file(unusable, self.encoding)
        for uri in self.faulty - told.keys():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        for uri, findings in told.items():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, findings))
        self.faulty = set(told)
        if unusable is not None and not told:
            words = "\n".join(lines_of(unusable))
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, words))

    async def in_thread(self, work: Callable[[], Answer]) -> Answer:
        """What some work comes to, which is done in the thread that checks."""
        return await asyncio.get_running_loop().run_in_executor(self.checker, work)

    async def page(self, uri: str) -> Page | None:
        """The page of a document as it is now, when that is checked; None if it is not open."""
        while (opened := self.open.get(uri)) is not None and opened.check is not None:
            check = opened.check
            await asyncio.wait([check])
            if not check.cancelled():
                return check.result()
        return None

    def edits_are_versioned(self) -> bool:
        """Whether the editor can be told to which version of a document edits belong."""
        workspace = self.client_capabilities.workspace
        return bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)


def make_server(wanted: Wanted) -> Server:
    """A server with all that it answers to."""
    server = Server(wanted)
    _follow_texts(server)
    _follow_settings(server)
    _answer_questions(server)

    @server.feature(types.SHUTDOWN)
    def _shut_down(params: None) -> None:
        server.is_shut_down = True

    return server


def _follow_texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _opened(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _closed(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)


def _follow_settings(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    async def _initialized(params: types.InitializedParams) -> None:
        await _watch_settings(server)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _settings_changed(params: types.DidChangeWatchedFilesParams) -> None:
        for uri in server.open:
            server.check_soon(uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _saved(params: types.DidSaveTextDocumentParams) -> None:
        # Not every editor tells of settings that have changed.
        if params.text_document.uri in server.open:
            server.check_soon(params.text_document.uri, 0)


def _answer_questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def _hover(params: types.HoverParams) -> types.Hover | None:
        return await _hovered(server, params)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[QUICK_FIX, FIX_ALL]))
    async def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        page = await server.page(params.text_document.uri)
        if page is None:
            return []
        return await server.in_thread(partial(actions, page, params, server.edits_are_versioned()))


async def _hovered(server: Server, params: types.HoverParams) -> types.Hover | None:
    page = await server.page(params.text_document.uri)
    if page is None:
        return None
    found = await server.in_thread(partial(hover, page.report, page.places.offset(params.position)))
    if found is None:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found.text), page.places.range(found.span))


async def _watch_settings(server: Server) -> None:
    """Ask an editor, if it can, to report changes of the files that say how texts are read."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in (*SETTINGS, *FILES)]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration("settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    await server.client_register_capability_async(types.RegistrationParams([registration]))


def serve(wanted: Wanted) -> int:
    """Serve the editor at standard input and output until it leaves; returns the exit status.

    As the protocol wants it, that is a failure if the editor left without saying so.
    """
    server = make_server(wanted)
    # Ctrl-C ends it at once: Python would wait for the thread that waits for standard input.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever else is printed must not be taken for an answer.
    sys.stdout = sys.stderr
    server.start_io(sys.stdin.buffer, channel)
    server.checker.shutdown(cancel_futures=True)
    return CLEAN if server.is_shut_down else FINDINGS
