"""An object store, SFTP and WebDAV on this machine: rclone serves each, and has a remote for each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import need

from .ports import free_port, wait_for_port

PASSWORD = "pass-word-of-a-test"


class RcloneServers:
    """Remotes named s3, sftp and webdav, and the folder that the files of each are in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = shutil.which("rclone", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        self.rclone = need(found, "rclone", "make setup-for-tests")
        self.path = f"{Path(self.rclone).parent}{os.pathsep}{os.environ['PATH']}"
        self.configuration = folder / "rclone.conf"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.ports = {name: free_port() for name in ("s3", "sftp", "webdav")}
        hidden = subprocess.check_output([self.rclone, "obscure", PASSWORD], text=True).strip()
        self.configuration.write_text(
            f"[s3]\ntype = s3\nprovider = Rclone\nendpoint = http://127.0.0.1:{self.ports['s3']}\n"
            f"access_key_id = ann\nsecret_access_key = {PASSWORD}\n"
            f"[sftp]\ntype = sftp\nhost = 127.0.0.1\nport = {self.ports['sftp']}\nuser = ann\npass = {hidden}\n"
            "shell_type = none\nknown_hosts_file = none\n"
            f"[webdav]\ntype = webdav\nvendor = other\nurl = http://127.0.0.1:{self.ports['webdav']}\n"
            f"user = ann\npass = {hidden}\n"
        )
        account = ("--user", "ann", "--pass", PASSWORD)
        for name, options in (("s3", ("--auth-key", f"ann,{PASSWORD}")), ("sftp", account), ("webdav", account)):
            self._serve(name, *options)

    def _serve(self, name: str, *options: str) -> None:
        files = self.folder / name
        files.mkdir()
        (files / "bucket").mkdir()
        # Tests change files behind its back.
        options = (*options, "--addr", f"127.0.0.1:{self.ports[name]}", "--dir-cache-time", "1ms")
        command = (self.rclone, "serve", name, files, *options)
        environment = {**os.environ, "RCLONE_CONFIG": os.devnull, "XDG_CACHE_HOME": str(self.folder / "cache")}
        self._processes.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment))
        wait_for_port(self.ports[name])

    def stop(self) -> None:
        """End them."""
        for process in self._processes:
            process.terminate()
            process.wait()
