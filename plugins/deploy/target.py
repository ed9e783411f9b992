"""Where a site is deployed to, as it is written in DEPLOY_TO or `TO=`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from .deploy_error import DeployError
from .masking import without_secrets

FORMS = """\
  user@host:/srv/blog                  a folder on a server, through ssh and rsync (ssh://user@host:2222/srv/blog)
  git+https://github.com/ann/blog      the pages of GitHub, GitLab or Codeberg; #name after it takes another branch
  branch:gh-pages                      that branch of this repository's own remote, origin
  rclone:remote:bucket                 whatever rclone knows: object stores, SFTP, WebDAV"""

#: Addresses that are written for other programs, and what stands before them here.
_FOREIGN = {
    "https": "git+", "http": "git+", "git": "git+", "file": "git+",
    "s3": "rclone:", "sftp": "rclone:", "ftp": "rclone:", "ftps": "rclone:", "dav": "rclone:", "davs": "rclone:",
}  # fmt: skip
_NO_PASSWORD = "ssh takes no password in an address: let it have a key (ssh-copy-id), or ask you"
_HERE = ("/", "./", "../", "~/")


@dataclass(frozen=True)
class ServerFolder:
    """A folder on a host that ssh reaches, or on this machine if `host` is empty. `path` may begin with `~`."""

    path: str
    host: str = ""
    user: str = ""
    port: int | None = None

    def __str__(self) -> str:
        """As a user writes it."""
        if not self.host:
            return self.path
        host = f"[{self.host}]" if ":" in self.host else self.host
        account = f"{self.user}@" if self.user else ""
        if self.port is not None:
            path = self.path.replace("%", "%25")
            return f"ssh://{account}{host}:{self.port}{'' if path.startswith('/') else '/'}{path}"
        return f"{account}{host}:{self.path}"


@dataclass(frozen=True)
class GitBranch:
    """A branch of a repository, which is named by its address or as a remote. Without a name, the host has one."""

    remote: str
    name: str

    def __str__(self) -> str:
        """As a user writes it, without a secret."""
        return f"git+{without_secrets(self.remote)}{f'#{self.name}' if self.name else ''}"


@dataclass(frozen=True)
class RcloneFolder:
    """A folder of a remote that rclone knows: `remote:path`."""

    address: str

    def __str__(self) -> str:
        """As a user writes it, without a secret."""
        return f"rclone:{without_secrets(self.address)}"


Target = ServerFolder | GitBranch | RcloneFolder


def target_of(text: str) -> Target:
    """Read where to deploy to. Raises DeployError if it cannot be read."""
    text = text.strip()
    if not text:
        raise DeployError(
            f"nothing says where the site goes to. Set DEPLOY_TO in publishconf.py, or add TO=, to one of\n{FORMS}"
        )
    if any(ord(sign) < 32 for sign in text):
        raise DeployError(f"{_shown(text)} has a line break or the like in it; no address has that")
    for beginning, read in (("git+", _git), ("branch:", _own_branch), ("rclone:", _rclone), ("ssh://", _ssh_address)):
        if text.startswith(beginning):
            return read(text.removeprefix(beginning) if beginning != "ssh://" else text)
    scheme, colon, _ = text.partition("://")
    if colon:
        before = _FOREIGN.get(scheme.lower())
        if before == "git+":
            raise _unreadable(text, f"for a branch of a repository, write git+{_shown(text)}")
        if before:
            raise _unreadable(text, "configure a remote with `rclone config`, and write rclone:its-name:folder")
        raise _unreadable(text)
    return ServerFolder(_path(text, text)) if text.startswith(_HERE) else _scp(text)


def _git(text: str) -> Target:
    remote, _, name = text.rpartition("#") if "#" in text else (text, "", "")
    if not remote or remote.startswith("-"):
        raise _unreadable(f"git+{text}")
    return GitBranch(remote, _branch_name(name))


def _own_branch(text: str) -> Target:
    if not text:
        raise _unreadable("branch:", "name the branch, such as branch:gh-pages")
    return GitBranch("origin", _branch_name(text))


def _branch_name(name: str) -> str:
    """A name that git would take for a branch. Raises DeployError."""
    if name and (
        re.search(r"[\s~^:?*\[\\\x7f]|\.\.|@\{|//", name)
        or name.startswith(("-", "/", "."))
        or name.endswith(("/", ".", ".lock"))
    ):
        raise DeployError(f"{name!r} cannot be the name of a branch")
    return name


def _rclone(text: str) -> Target:
    if ":" not in text.lstrip(":") or text.startswith("-"):
        raise _unreadable(f"rclone:{text}", "`rclone listremotes` names the remotes; write rclone:remote:folder")
    # One folder has one name, by which its releases are kept; `remote:/` is the root of a server.
    return RcloneFolder(text if text.endswith(":/") else text.rstrip("/"))


def _ssh_address(text: str) -> Target:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _unreadable(
            text, "a port is a number, and an address of IPv6 is in brackets: ssh://[::1]:22/path"
        ) from None
    if parts.password is not None:
        raise _unreadable(text, _NO_PASSWORD)
    path = unquote(text.split("://", 1)[1].partition("/")[2])
    path = path if path.startswith("~") else f"/{path}"
    return _server(unquote(parts.username or ""), parts.hostname or "", _path(path, text), port, text)


def _scp(text: str) -> Target:
    """`user@host:path`, as scp and rsync take it."""
    found = re.fullmatch(r"(?:(?P<user>[^@:/]*)@)?(?:\[(?P<v6>[^\]]*)\]|(?P<host>[^@:/\[\]]*)):(?P<path>.*)", text)
    if found is None:
        raise _unreadable(text)
    host = found["v6"] or found["host"] or ""
    if re.match(r"[^/]*@[^/]*:", found["path"]):
        raise _unreadable(text, _NO_PASSWORD)
    if port := re.match(r"(\d+):(.*)", found["path"]):
        account = text[: found.start("path") - 1]
        raise _unreadable(text, f"with a port, write ssh://{account}:{port[1]}/{port[2].lstrip('/')}")
    if found["path"].endswith(".git") or found["user"] == "git":
        raise _unreadable(text, f"for a branch of a repository, write git+{_shown(text)}")
    return _server(found["user"] or "", host, _path(found["path"], text), None, text)


def _server(user: str, host: str, path: str, port: int | None, text: str) -> ServerFolder:
    if not re.fullmatch(r"[\w.:%-]+", host) or host.startswith("-"):
        raise _unreadable(text, "the name of the host is missing or is none")
    if user and (not re.fullmatch(r"[\w.@+%$\\-]+", user) or user.startswith("-")):
        raise _unreadable(text, "the name of the user is none")
    return ServerFolder(path, host, user, port)


def _path(path: str, text: str) -> str:
    """A path without slashes at its end. Raises DeployError if it is no folder of its own."""
    shorter = path.rstrip("/")
    if shorter in ("", ".", "..", "~"):
        raise _unreadable(text, "name a folder for the site after the host, such as host:/srv/blog")
    return shorter


def _unreadable(text: str, advice: str = "") -> DeployError:
    return DeployError(f"{_shown(text)!r} is not a place to deploy to; {advice or f'it is one of{chr(10)}{FORMS}'}")


def _shown(text: str) -> str:
    """What was typed, without a password, in whatever form it was typed."""
    return re.sub(r":[^/@\s:]*@", ":***@", without_secrets(text))
