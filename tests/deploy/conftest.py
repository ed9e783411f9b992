"""Sites to deploy, and a server that lets them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hosts.rclone_servers import RcloneServers
from hosts.small_site import SmallSite
from hosts.ssh_server import SshServer


@pytest.fixture
def blog(tmp_path: Path) -> SmallSite:
    """A project with a small site that is published."""
    return SmallSite(tmp_path / "blog")


@pytest.fixture(scope="session")
def ssh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A real sshd, for all tests."""
    server = SshServer(tmp_path_factory.mktemp("ssh"))
    yield server
    server.stop()


@pytest.fixture
def blog_with_ssh(blog: SmallSite, ssh_server: SshServer) -> SmallSite:
    """A project whose author has a key that the server takes."""
    blog.environment["PATH"] = ssh_server.path
    return blog


@pytest.fixture(scope="session")
def rclone_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RcloneServers]:
    """Real servers of three kinds, for all tests."""
    servers = RcloneServers(tmp_path_factory.mktemp("rclone"))
    yield servers
    servers.stop()


@pytest.fixture
def blog_with_rclone(blog: SmallSite, rclone_servers: RcloneServers) -> SmallSite:
    """A project whose author has configured rclone."""
    blog.environment |= {"PATH": rclone_servers.path, "RCLONE_CONFIG": str(rclone_servers.configuration)}
    return blog
