"""The commands of "Put it on a host", README.md, typed as they are written, with the real hosts of this machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from checkout import Checkout
from conftest import PROJECT
from hosts.rclone_servers import RcloneServers
from hosts.ssh_server import SshServer

pytestmark = pytest.mark.starts_programs

_SECTION = (PROJECT / "README.md").read_text(encoding="utf-8").partition("\n## Put it on a host\n")[2]
COMMANDS = re.findall(r"^make deploy .*", _SECTION.partition("```sh\n")[2].partition("```")[0], re.MULTILINE)


def test_the_commands_of_the_readme(tmp_path: Path, ssh_server: SshServer, rclone_servers: RcloneServers) -> None:
    """Only the host's name, and the folder there, are others; git and rclone are told by their own settings."""
    project, store = Checkout(tmp_path / "project"), rclone_servers.folder / "s3/bucket/blog"
    bare = tmp_path / "github.com/ann/blog"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    subprocess.run(["git", "init", "--quiet", project.folder], check=True)
    leads_here = (f"url.{tmp_path}/github.com/.insteadOf", "https://github.com/")
    subprocess.run(["git", "-C", project.folder, "config", *leads_here], check=True)
    remotes = tmp_path / "rclone.conf"
    configured = rclone_servers.configuration.read_text(encoding="utf-8")
    remotes.write_text(f"{configured}\n[store]\ntype = alias\nremote = s3:bucket\n", encoding="utf-8")
    (line,) = re.findall(r"`(CANONICAL_SITE = .*?)`", _SECTION)
    settings = project.folder / "pelicanconf.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^CANONICAL_SITE = .*", line, text, flags=re.MULTILINE), encoding="utf-8")
    path = f"{ssh_server.bin}:{rclone_servers.path}"
    said = []
    for command in COMMANDS:
        typed = command.replace("ann@example.org:", f"{ssh_server.user}@server.test:{tmp_path}")
        said.append(project.typed(typed, PATH=path, RCLONE_CONFIG=str(remotes)))

    (server, branch, cloud) = said
    page = (tmp_path / "srv/blog/current/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/">' in page
    shown = subprocess.check_output(["git", "-C", bare, "show", "gh-pages:index.html"], encoding="utf-8")
    assert shown == (store / "index.html").read_text(encoding="utf-8") == page
    assert f"let the web server show {tmp_path}/srv/blog/current" in server and "Settings, Pages" in branch
    assert all("see https://example.org/, and take it back with: make rollback TO=" in each for each in said), cloud

    back = re.findall(r"make rollback TO=.*", server)[0]
    about = project.folder / "content/pages/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    project.typed(COMMANDS[0].replace("ann@example.org:", f"{ssh_server.user}@server.test:{tmp_path}"), PATH=path)
    assert "More." in (tmp_path / "srv/blog/current/about/index.html").read_text(encoding="utf-8")
    project.typed(back, PATH=path)
    assert "More." not in (tmp_path / "srv/blog/current/about/index.html").read_text(encoding="utf-8")
