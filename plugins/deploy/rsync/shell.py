"""A shell at the host that runs one script after the other, on one connection.

The user is asked for a password only once, and rsync goes through the same connection. When it ends, however it does,
the shell reads the end of its input, and ends as well.
"""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from shlex import quote

from ..deploy_error import DeployError
from ..programs import Program, start
from ..target import ServerFolder
from .failures import FAILURES_OF_SSH

#: How long to wait for the host to answer at all, in seconds, and after how many it is asked whether it is still there.
_PATIENCE, _INTERVAL = 20, 15
#: Whatever shell, language and umask the account has.
_BEGINNING = "export LC_ALL=C; umask 022; unset CDPATH"


class Shell:
    """A POSIX shell, at the host or on this machine; a context manager that ends it."""

    def __init__(self, target: ServerFolder) -> None:
        """Connect. Raises DeployError if the host lets nobody in."""
        self._ssh = Program("ssh" if target.host else "sh", str(target), FAILURES_OF_SSH)
        #: The connection is shared through a file in here; its path is short, as such files need it.
        self._folder = Path(tempfile.mkdtemp(prefix="deploy-", dir="/tmp"))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # `__exit__` closes it
        self._target = target
        command = ["sh"]
        if target.host:
            own = ("-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-o", f"ConnectTimeout={_PATIENCE}")
            alive = ("-o", f"ServerAliveInterval={_INTERVAL}", "-o", "ServerAliveCountMax=4", "-o", "Compression=yes")
            account = ("-l", target.user) if target.user else ()
            command = ["ssh", "-T", *own, *alive, *self._shared(), *account, "--", target.host, "sh"]
        self._process = start(*command, stdin=subprocess.PIPE, stderr=self._errors)
        try:
            self.run(_BEGINNING, doing=f"connecting to {target}")
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Shell:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the shell end, and wait until it has ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.close()
            self._process.wait(timeout=_INTERVAL)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def remote_shell(self) -> str:
        """What rsync is to reach the host with."""
        account = f" -l {quote(self._target.user)}" if self._target.user else ""
        return f"ssh -o ControlMaster=no {' '.join(self._shared())}{account}"

    def run(self, script: str, *, doing: str) -> str:
        """Run a script and return what it prints on standard output. Raises DeployError if it fails."""
        status, said = self.attempt(script, doing=doing)
        if status:
            raise self._ssh.failure(doing, said, status)
        return said

    def attempt(self, script: str, *, doing: str) -> tuple[int, str]:
        """Run a script and return its exit status and all that it prints. Raises DeployError if the connection ends."""
        assert self._process.stdin is not None and self._process.stdout is not None
        end = secrets.token_hex(16)
        try:
            # What runs in it must not read the scripts that follow.
            self._process.stdin.write(f"{{ {script}\n}} </dev/null 2>&1; printf '\\n%s %d\\n' {end} $?\n")
            self._process.stdin.flush()
        except OSError:
            raise self._lost(doing) from None
        lines: list[str] = []
        for line in self._process.stdout:
            if line.startswith(end):
                return int(line.split()[1]), "".join(lines).removesuffix("\n")
            lines.append(line)
        raise self._lost(doing)

    def _shared(self) -> tuple[str, ...]:
        port = ("-p", str(self._target.port)) if self._target.port is not None else ()
        return ("-o", f"ControlPath={self._folder}/s", *port)

    def _lost(self, doing: str) -> DeployError:
        status = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace")
        return self._ssh.failure(doing, said or "lost connection", status)
