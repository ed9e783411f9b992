"""The process that has the site: `python -m press.serve.worker SETTINGS OVERRIDES`, which the front starts.

It reads requests from standard input and writes replies to standard output, and ends when its input does: so it ends
with the front, however that ends. Whatever a plugin prints goes to standard error instead.
"""

import gc
import json
import os
import pickle
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from ..build_error import BuildError
from ..edition import RenderError
from ..machine import is_of_the_machine
from ..reports import told
from ..site.site import Site
from .digest import digest_of
from .messages import (
    Address,
    Digest,
    Failed,
    Found,
    Get,
    GetAddress,
    GetDigest,
    GetNearest,
    LookNow,
    Missing,
    Nearest,
    ReadOn,
    Reply,
    Request,
    Unrendered,
)
from .nearest import nearest
from .scratch import scratch_folder

#: When Python collects garbage. A round of a thousand posts makes tens of thousands of objects, nearly all of which are
#: needed until the next: collecting after every 700, the default, takes a tenth of the time.
_OBJECTS_BEFORE_A_SEARCH = (50_000, 20, 20)

#: After how many seconds without a request garbage is collected, since nobody waits then: cycles, with their texts,
#: would stay for hundreds of saves.
_QUIET = 1.0

#: How long a request may go on, in seconds, when the front is gone: enough to put temporary files away.
PARTING = 2


class Worker:
    """Answers requests about one site."""

    def __init__(self, settings_file: Path, overrides: dict[str, Any]) -> None:
        """Take the settings file, and settings in place of those in it."""
        self._settings_file, self._overrides = settings_file, overrides
        self._site: Site | None = None

    def reply(self, request: Request) -> Reply:
        """Do what is asked. Whatever goes wrong is in the reply."""
        try:
            return self._reply(request)
        except RenderError as error:
            return Unrendered(str(error), error.is_of_the_machine)
        except BuildError as error:
            return Failed(str(error), is_of_the_machine(error.__cause__))
        except BaseException as error:  # a plugin may raise anything, SystemExit too
            return Failed(told("the site cannot be read", error), is_of_the_machine(error))

    def _reply(self, request: Request) -> Reply:
        if self._site is None:
            self._site = Site(self._settings_file, self._overrides, has_colours=True)
        match request:
            case LookNow(wanted):
                return self._site.look(wanted)
            case ReadOn():
                return self._site.read_on()
            case Get(address):
                return self._find(self._site, address)
            case GetDigest(address):
                found = self._find(self._site, address)
                return Digest(found.digest if isinstance(found, Found) else "")
            case GetNearest(address):
                return Nearest(nearest(address, self._site.addresses()))
            case GetAddress(source):
                return Address(self._site.address_of(source))

    @staticmethod
    def _find(site: Site, address: str) -> Found | Missing:
        answer = site.answer(address)
        if answer is None:
            return Missing()
        return Found(answer.body, answer.content_type, digest_of(answer.body), answer.source, answer.report)


def _listen(source: BinaryIO, requests: "queue.SimpleQueue[Request | None]") -> None:
    """Take requests until the front closes the pipe; then end this process, and those that it started."""
    try:
        while True:
            requests.put(pickle.load(source))
    except (EOFError, OSError, pickle.UnpicklingError):
        requests.put(None)
    time.sleep(PARTING)
    if hasattr(os, "killpg") and os.getpid() == os.getpgrp():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main(arguments: list[str]) -> int:
    """Answer until the input ends, and return the exit status."""
    gc.set_threshold(*_OBJECTS_BEFORE_A_SEARCH)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C is for the front; who sends it here wants an end
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
    try:
        threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    except RuntimeError as error:
        print(f"error: the site cannot be read: {error}. End other programs, and try again", file=sys.stderr)
        return 1
    settings_file, overrides = arguments
    with scratch_folder():
        return _answer(Worker(Path(settings_file), json.loads(overrides)), requests, sink)


def _answer(worker: Worker, requests: "queue.SimpleQueue[Request | None]", sink: BinaryIO) -> int:
    while (request := _next(requests)) is not None:
        reply = worker.reply(request)
        try:
            pickle.dump(reply, sink)
            sink.flush()
        except OSError:
            return 0
        if isinstance(reply, Failed):
            return 1
    return 0


def _next(requests: "queue.SimpleQueue[Request | None]") -> Request | None:
    try:
        return requests.get(timeout=_QUIET)
    except queue.Empty:
        gc.collect()
        return requests.get()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
