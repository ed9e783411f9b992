"""Brings the parts of the front together, and ends them."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...edition import Edition
from .alarm import Alarm
from .application import Application
from .followers import Followers
from .http_server import HttpServer
from .listening import addresses
from .names import Names
from .preview import Preview
from .retries import Retries
from .succession import Succession
from .terminal import Terminal
from .watcher import Watcher
from .worker_process import WorkerProcess

#: So many connections may be open at once, if the system lets us.
CONNECTIONS = 8192


def run(listener: socket.socket, host: str, settings_file: Path, first: WorkerProcess) -> None:
    """Serve the preview at a socket that listens, with a first worker that was started already, until Ctrl-C."""
    _allow_connections()
    asyncio.run(_run(listener, host, settings_file, first))


async def _run(listener: socket.socket, host: str, settings_file: Path, first: WorkerProcess) -> None:
    terminal = Terminal()
    succession = Succession(first)

    def published(edition: Edition) -> None:
        terminal.edition(edition)
        watcher.watch(edition.watched)
        alarm.set(edition.changes_at)
        followers.tell_of_edition()
        retries.consider()

    def rendered(address: str, report: str) -> None:
        terminal.page(address, report)
        retries.consider()

    def changed() -> None:
        preview.note_change()
        preview.follow()

    async def look_again() -> None:
        await preview.look()
        followers.wake()

    preview = Preview(succession, published, rendered, lambda: followers.wake())
    followers = Followers(preview)
    retries = Retries(lambda: preview.is_of_the_machine, lambda: followers.are_there, look_again)
    watcher = Watcher(settings_file, changed)
    alarm = Alarm(changed)
    server = HttpServer(Application(preview, followers, Names(host), terminal))

    def stop() -> None:
        followers.close()
        server.stop()

    _tell_of_faults(terminal, server)
    _on_signals(stop)
    _show_addresses(terminal, host, listener.getsockname()[1])
    looking = asyncio.create_task(preview.look())
    try:
        await server.serve(listener)
    finally:
        looking.cancel()
        alarm.set(None)
        retries.end()
        watcher.end()
        succession.end()


def _show_addresses(terminal: Terminal, host: str, port: int) -> None:
    here, elsewhere = addresses(host, port)
    terminal.line(f"Preview: {here} (press Ctrl-C to stop)")
    for address in elsewhere:
        terminal.line(f"In this network: {address}")


def _tell_of_faults(terminal: Terminal, server: HttpServer) -> None:
    """Have one line say what goes wrong where nobody waits for it, such as connections that cannot be taken: asyncio
    would print a traceback for each, and thousands in a second.
    """

    def tell(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is not None and not server.is_ending:
            terminal.fault(error)

    asyncio.get_running_loop().set_exception_handler(tell)


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        # One that is ignored was so on purpose: nohup, or a shell's background.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _allow_connections() -> None:
    """Ask the system for as many open files as there may be connections."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS if hard == resource.RLIM_INFINITY else min(CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
