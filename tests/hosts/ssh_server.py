"""A real sshd on this machine, with keys and settings of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from pathlib import Path

from conftest import need

from .ports import free_port, wait_for_port

#: Where Debian and the BSDs keep a program that ordinary users do not start.
_SERVERS = "/usr/sbin:/usr/local/sbin:/sbin"


class SshServer:
    """sshd, and an `ssh` in `bin` that knows its key and has one that it takes."""

    def __init__(self, folder: Path) -> None:
        sshd = need(shutil.which("sshd", path=_SERVERS), "sshd", "apt-get install openssh-server")
        need(shutil.which("rsync"), "rsync", "apt-get install rsync")
        self.ssh = need(shutil.which("ssh"), "ssh", "apt-get install openssh-client")
        self.folder, self.bin, self.user, self.port = folder, folder / "bin", getpass.getuser(), free_port()
        self.bin.mkdir(parents=True)
        for name in ("host_key", "user_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        shutil.copy(folder / "user_key.pub", folder / "authorized_keys")
        host_key = " ".join((folder / "host_key.pub").read_text().split()[:2])
        names = ("127.0.0.1", "::1", "server.test")
        (folder / "known_hosts").write_text("".join(f"[{name}]:{self.port} {host_key}\n" for name in names))
        self.configure()
        (folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1:{self.port}\nListenAddress [::1]:{self.port}\nHostKey {folder}/host_key\n"
            f"AuthorizedKeysFile {folder}/authorized_keys\nPidFile none\nStrictModes no\nUsePAM no\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\nLogLevel ERROR\n"
            "MaxStartups 100\n"
        )
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # as its service does; it runs with fewer rights in there
        self._process = subprocess.Popen([sshd, "-D", "-e", "-f", folder / "sshd_config"])
        wait_for_port(self.port)

    @property
    def path(self) -> str:
        """Where programs are looked for, first of all that ssh."""
        return f"{self.bin}{os.pathsep}{os.environ['PATH']}"

    def configure(self, *lines: str) -> None:
        """Write the configuration of the user's ssh, with more lines at its beginning."""
        usual = (f"IdentityFile {self.folder}/user_key", f"UserKnownHostsFile {self.folder}/known_hosts")
        names = (
            "Host server.test",
            "HostName 127.0.0.1",
            f"HostKeyAlias [server.test]:{self.port}",
            f"Port {self.port}",
        )
        text = "\n".join((*lines, "IdentitiesOnly yes", "BatchMode yes", *usual, *names))
        (self.folder / "ssh_config").write_text(f"{text}\n")
        (self.bin / "ssh").write_text(f'#!/bin/sh\nexec {self.ssh} -F {self.folder}/ssh_config "$@"\n')
        (self.bin / "ssh").chmod(0o755)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
