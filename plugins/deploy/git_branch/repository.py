"""A repository of one deployment, which knows the branch at the host and how the project's own git reaches it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..deploy_error import DeployError
from ..deployer import user, user_and_machine
from ..manifest import Changes
from ..outgoing import FOLDER
from ..programs import Program
from .failures import FAILURES

#: What of a project's configuration says how to reach a host; actions/checkout and others keep their tokens there.
_REACHING = re.compile(
    r"remote\..*\.(url|pushurl|proxy|proxyauthmethod|uploadpack|receivepack)|url\..*|http\..*|https\..*|credential\..*|"
    r"core\.(sshcommand|askpass|gitproxy)|ssh\..*|protocol\..*|user\.(name|email)",
    re.IGNORECASE | re.DOTALL,
)
#: The address of a repository at a host, without `https://` or with a slip in that, and perhaps with an account.
_WITHOUT_SCHEME = re.compile(r"(?:https?/+)?(?:[^/@]+@)?((?:[\w-]+\.)+[\w-]+/.+)")
#: What the remote is called in this repository.
_REMOTE = "deploy-target"


@dataclass(frozen=True)
class Commit:
    """A commit of the branch. `site` is the address that was deployed, or "" if make deploy did not make it; `same_as`
    is the commit that it goes back to, or "".
    """

    name: str
    site: str
    same_as: str


class Repository:
    """A new repository, with one branch of a remote."""

    def __init__(self, remote: str, place: str) -> None:
        """`remote` is a name that the project's repository knows, or an address. Raises DeployError."""
        self._folder = FOLDER / "repository.git"
        self._place = place
        shutil.rmtree(self._folder, ignore_errors=True)
        known = dict(_configuration_of_project())
        settings = {key: value for key, value in known.items() if _REACHING.fullmatch(key)}
        self._remote = remote
        if f"remote.{remote}.url" not in settings:
            if re.fullmatch(r"[\w.-]+", remote) and not Path(remote).exists():
                raise DeployError(
                    f"the project's repository has no remote called {remote}. Add it with git remote add {remote} "
                    "and its address, or name the address: TO=git+https://host/owner/name"
                )
            self._remote = _REMOTE
            settings[f"remote.{_REMOTE}.url"] = str(Path(remote).expanduser()) if remote.startswith("~/") else remote
        environment = {**_as_environment(settings), **_identity(known), "GIT_DIR": str(self._folder.absolute())}
        self._environment = environment
        self._git = Program("git", place, FAILURES, environment)
        self._run("init", "--quiet", "--bare", "--template=", str(self._folder), doing="making a repository")

    def close(self) -> None:
        """Remove it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @cached_property
    def addresses(self) -> tuple[str, str]:
        """The address of the remote as it is written, and as git reads it, which may replace parts (url.insteadOf).

        Raises DeployError if it is that of a folder that is not there.
        """
        written = self._run("config", f"remote.{self._remote}.url", doing="looking for the remote").strip()
        read = self._run("ls-remote", "--get-url", self._remote, doing="looking for the remote").strip()
        if ":" not in read and not any(Path(f"{read}{ending}").exists() for ending in ("", ".git")):
            raise DeployError(_no_folder(read))
        return written, read

    def fetch(self, branch: str, depth: int) -> str:
        """Fetch so many commits of the branch, 0 for all; return the last, or "" if there is no such branch."""
        reference = f"refs/heads/{branch}"
        tip, *_ = self._run("ls-remote", self._remote, reference, doing=f"looking at {self._place}").split() or [""]
        if tip:
            how_many = [f"--depth={depth}"] if depth else ["--unshallow"] if self._is_shallow() else []
            options = ("--quiet", "--no-tags", *how_many, self._remote, f"+{reference}:{reference}")
            self._run("fetch", *options, doing=f"looking at {self._place}")
        return tip

    def commits(self, branch: str) -> list[Commit]:
        """The commits of the branch that were fetched, the newest first."""
        said = self._run(
            "log", "--first-parent", "--format=%H%n%B%x00", f"refs/heads/{branch}", doing="reading commits"
        )
        commits = []
        for entry in said.split("\0"):
            name, _, message = entry.strip("\n").partition("\n")
            if name:
                site, same = (re.search(rf"^{word}: (\S+)$", message, re.MULTILINE) for word in ("Site", "Same-as"))
                commits.append(Commit(name, site[1] if site else "", same[1] if same else ""))
        return commits

    def files_of(self, commit: str) -> dict[str, str]:
        """The files of a commit, each with the name of its bytes."""
        said = self._run("ls-tree", "-r", "-z", "--full-tree", commit, doing="reading a commit")
        entries = (entry.partition("\t") for entry in said.split("\0") if entry)
        return {path: facts.split()[2] for facts, _, path in entries}

    def text_of(self, blob: str) -> str:
        """A file's text, by the name of its bytes."""
        return self._run("cat-file", "blob", blob, doing="reading a file")

    def changes(self, old: str, new: str) -> Changes:
        """What changed from one commit, which may be "", to another."""
        before, after = (self.files_of(commit) if commit else {} for commit in (old, new))
        both = before.keys() & after.keys()
        changed = sorted(path for path in both if before[path] != after[path])
        added, removed = sorted(after.keys() - both), sorted(before.keys() - both)
        return Changes(tuple(added), tuple(changed), tuple(removed), len(both) - len(changed))

    def import_folder(self, folder: Path, branch: str, message: str, has_no_jekyll: bool) -> str:
        """Make a commit on the branch of nothing but what is in a folder, through ghp-import; return its name."""
        options = ["--branch", branch, "--remote", _REMOTE, "--message", message, "--follow-links"]
        if has_no_jekyll:
            options.append("--no-jekyll")
        importing = Program(sys.executable, self._place, FAILURES, self._environment)
        before = self._tip(branch)
        done = importing.attempt("-m", "ghp_import", *options, str(folder.absolute()))
        after = self._tip(branch)
        if done.status or after in ("", before):  # it does not always say so
            raise self._git.failure("making a commit", done.errors or done.output, done.status)
        return after

    def commit_again(self, commit: str, tip: str, kept: Mapping[str, str], message: str) -> str:
        """Make a commit on top of `tip` with the files of another commit and some more; return its name."""
        index = {"GIT_INDEX_FILE": str(self._folder.absolute() / "index")}
        git = Program("git", self._place, FAILURES, {**self._environment, **index})
        git.run("read-tree", commit, doing="reading a commit")
        for path, blob in kept.items():
            git.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", doing="making a commit")
        tree = git.run("write-tree", doing="making a commit").strip()
        return self._run("commit-tree", tree, "-p", tip, "-m", message, doing="making a commit").strip()

    def push(self, commit: str, branch: str) -> None:
        """Let the branch at the host go on to a commit. Raises DeployError if it has gone elsewhere meanwhile."""
        options = ("--quiet", "--no-verify", self._remote, f"{commit}:refs/heads/{branch}")
        self._run("push", *options, doing=f"sending the site to {self._place}")

    def _tip(self, branch: str) -> str:
        return self._git.attempt("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").output.strip()

    def _is_shallow(self) -> bool:
        return (self._folder / "shallow").is_file()

    def _run(self, *arguments: str, doing: str) -> str:
        return self._git.run(*arguments, doing=doing)


def _no_folder(address: str) -> str:
    """What to say of an address that git takes for a folder, which is not there."""
    meant = _WITHOUT_SCHEME.fullmatch(address)
    if meant is None:
        return f"there is no repository {address} on this machine. Check its name for a typo"
    return f"there is no folder {meant[1]} on this machine; for a repository at a host, write git+https://{meant[1]}"


def _configuration_of_project() -> Iterator[tuple[str, str]]:
    """What the configuration of the project's own repository says, if it is in one."""
    done = Program("git", "", ()).attempt("config", "--local", "--includes", "--list", "-z")
    for entry in done.output.split("\0") if not done.status else ():
        key, _, value = entry.partition("\n")
        if key:
            yield key, value


def _as_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings for git in the environment, where nobody else sees them, as in a command line; beside those there."""
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    variables = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (key, value) in enumerate(settings.items(), first):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _identity(configuration: Mapping[str, str]) -> dict[str, str]:
    """Who commits where git does not know: a machine that only deploys."""
    git = Program("git", "", ())
    identity: dict[str, str] = {}
    for key, made_up in (("name", user()), ("email", user_and_machine())):
        known = configuration.get(f"user.{key}") or git.attempt("config", f"user.{key}").output.strip() or made_up
        identity |= {f"GIT_{role}_{key.upper()}": known for role in ("AUTHOR", "COMMITTER")}
    return {name: os.environ.get(name) or value for name, value in identity.items()}
