"""Compiles templates while sources are read, in a copy of this process: a first build finds none compiled.

Compiling takes a tenth of such a build, during which a second processor is idle. What the copy did not get to, or could
not compile, is compiled when a page is written, as always, and faults are reported there.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from jinja2 import Environment

from .processes import processors
from .templates import CompiledTemplates

#: What the names of templates begin with that stand for others: Pelican's `!theme/base.html` is compiled as itself.
_ALIAS = "!"
#: What ends the copy, if it does not end by itself.
_ENDINGS = (signal.SIGTERM, signal.SIGINT, *((signal.SIGHUP,) if sys.platform != "win32" else ()))


@contextmanager
def compiling_ahead(environment: Environment) -> Iterator[int | None]:
    """Have all templates of an environment compiled in the meantime, if none is yet and a processor is free.

    Yields the process that does so, which has ended when the block does.
    """
    process = _copy(environment) if _is_worth_it(environment) else None
    try:
        yield process
    finally:
        if process is not None:
            _end(process)


def _is_worth_it(environment: Environment) -> bool:
    kept = environment.bytecode_cache
    if not isinstance(kept, CompiledTemplates) or processors() == 1:
        return False
    return not os.path.exists(kept.directory)  # noqa: PTH110  # which never raises: the folder may be somebody else's


def _copy(environment: Environment) -> int | None:
    """Copy this process; the copy compiles and ends, whatever happens, and puts nothing away that is its parent's.

    Signals wait until the copy has its own way of ending: what its parent does then is not for it to do.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        process = os.fork()
        if process == 0:
            _compile_and_end(environment, before)
        return process
    except OSError:  # there may be no more processes
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _compile_and_end(environment: Environment, mask: Iterable[int]) -> NoReturn:
    try:
        for ending in _ENDINGS:
            signal.signal(ending, lambda *_: sys.exit())
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for name in environment.list_templates(filter_func=lambda name: not name.startswith(_ALIAS)):
            with suppress(Exception):  # it happens again where the template is needed, and is reported there
                environment.get_template(name)
    finally:
        os._exit(0)


def _end(process: int) -> None:
    """End the copy if it is still at work: what it is writing, it takes away."""
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)
