"""What HOSTING.md says to nginx and Caddy is what they take."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, Site, need
from hosts.web_servers import free_ports

pytestmark = pytest.mark.starts_programs

HOSTING = (PROJECT / "HOSTING.md").read_text(encoding="utf-8")
_KEY = "/etc/letsencrypt/live/example.org"


def lines_for(server: str, site: Site, certificate: Path) -> str:
    """The block of the page for a server, with the folders and ports of this machine."""
    text = re.split(r"```\w*\n", HOSTING.partition(f"\n## {server}\n")[2])[1]
    ports = free_ports()
    for there, here in (
        ("/srv/blog/current", str(site.output)),
        (f"{_KEY}/fullchain.pem", f"{certificate}/cert.pem"),
        (f"{_KEY}/privkey.pem", f"{certificate}/key.pem"),
        ("listen 443", f"listen 127.0.0.1:{ports.secure}"),
        ("listen 80", f"listen 127.0.0.1:{ports.plain}"),
    ):
        assert there in text or server == "Caddy"
        text = text.replace(there, here)
    return text


@pytest.mark.parametrize("server", ["nginx", "Caddy"])
def test_a_server_takes_the_lines(server: str, published: Site, certificate: Path, tmp_path: Path) -> None:
    name = server.lower()
    program = need(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"), name, f"apt-get install {name}")
    lines, settings = lines_for(server, published, certificate), tmp_path / "settings"
    command = [program, "validate", "--config", str(settings), "--adapter", "caddyfile"]
    if server == "nginx":
        lines = f"pid {tmp_path}/pid; error_log {tmp_path}/errors; events {{}} http {{ access_log off; {lines} }}"
        command = [program, "-t", "-p", str(tmp_path), "-c", str(settings)]
    settings.write_text(lines, encoding="utf-8")

    taken = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(tmp_path)}
    )
    assert taken.returncode == 0, taken.stderr
