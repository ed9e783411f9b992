"""What is where in the folder of the releases, and the scripts that change it.

They run in any POSIX shell: dash, busybox, bash, and what BSD and macOS have.
"""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from shlex import quote

from ..deploy_error import DeployError
from ..manifest import Manifest
from ..target import ServerFolder
from .shell import Shell

#: How many releases are kept.
KEPT = 5

#: The folder begins to be ours with this.
_MARK = """\
mkdir -p releases .deploy/incoming .deploy/removed .deploy/manifests &&
echo 'Written by make deploy. The web server shows the folder that the link "current" leads to.' >.deploy/README"""

#: A lock is a folder, since only one of many can make it. The shell removes it when its connection ends, whatever it
#: would still say to that; if the lock was taken away meanwhile, it leaves that of the other. `$1` is a word that only
#: its owner knows, `$2` who that is.
_LOCK = """\
lock=$PWD/.deploy/lock; token=$1
trap '[ "$(cat "$lock/token" 2>/dev/null)" != "$token" ] || rm -rf "$lock"' EXIT
trap 'exit 1' HUP INT TERM
trap '' PIPE
mkdir .deploy/lock 2>/dev/null && echo "$1" >.deploy/lock/token &&
echo "$2, since $(date -u '+%Y-%m-%d %H:%M UTC')," >.deploy/lock/owner"""

#: GNU and busybox have `mv -T`, BSD and macOS `mv -h`; without these, a link to a folder would be moved into it.
_SWITCH = """\
[ "$(cat .deploy/lock/token)" = "$token" ] || { echo 'another deployment has taken the lock'; exit 1; }
rm -f .deploy/current && ln -s "releases/$1" .deploy/current || exit 1
mv -fT .deploy/current current 2>/dev/null || mv -fh .deploy/current current 2>/dev/null ||
perl -e 'rename(".deploy/current", "current") or exit 1' 2>/dev/null ||
python3 -c 'import os; os.rename(".deploy/current", "current")' 2>/dev/null
[ "$(readlink current)" = "releases/$1" ] || { echo "the link current cannot be replaced"; exit 1; }"""

_CLEAR_UP = """\
rm -rf .deploy/removed/* .deploy/incoming/*
for manifest in .deploy/manifests/*.json; do
    release=${manifest##*/}
    [ -d "releases/${release%.json}" ] || rm -f "$manifest"
done"""

_NAME_OF_RELEASE = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True)
class State:
    """What the folder holds: releases, the oldest first, and the one in use, or "" if there is none."""

    names: tuple[str, ...]
    is_ours: bool
    is_current_foreign: bool
    releases: tuple[str, ...]
    current: str


class ReleaseFolder:
    """The folder of the releases, through a shell that is in it."""

    def __init__(self, shell: Shell, target: ServerFolder) -> None:
        self._shell = shell
        self._target = target
        self._token = secrets.token_hex(8)
        self._incoming = f".deploy/incoming/{self._token}"
        #: Its real path.
        self.path = ""

    def enter(self, is_made: bool) -> bool:
        """Go there, making it where `is_made`; return whether it is there."""
        path = word_of(self._target.path)
        make = f"mkdir -p {path} && " if is_made else f"[ -d {path} ] || exit 0; "
        # In a shell of its own first: `exit` must not end the one that goes on.
        said = self._shell.run(f"( {make}cd {path} && pwd -P )", doing=f"looking at {self._target}")
        self.path = said.strip("\n")
        if self.path:
            self._shell.run(f"cd {quote(self.path)}", doing=f"looking at {self._target}")
        return bool(self.path)

    def state(self) -> State:
        """Look at what is there."""
        end = secrets.token_hex(8)
        script = (
            f"ls -A; echo {end}; if [ -d .deploy ]; then echo ours; fi; "
            f"if [ -e current ] && [ ! -L current ]; then echo foreign; fi; echo {end}; "
            f"ls releases 2>/dev/null; echo {end}; if [ -L current ]; then readlink current; fi"
        )
        said = self._shell.run(script, doing=f"looking at {self._target}")
        names, marks, releases, link = (part.strip("\n").splitlines() for part in said.split(f"{end}\n"))
        current = link[0].removeprefix("releases/") if link else ""
        return State(
            tuple(name for name in names if name != "lost+found"),
            "ours" in marks,
            "foreign" in marks or bool(current and not _NAME_OF_RELEASE.fullmatch(current)),
            tuple(sorted(filter(_NAME_OF_RELEASE.fullmatch, releases))),
            current,
        )

    def make_ours(self) -> None:
        """Make what is missing in it."""
        self._shell.run(_MARK, doing=f"writing to {self._target}")

    def lock(self, owner: str, is_unlocking: bool) -> None:
        """Keep other deployments out until the shell ends. Raises DeployError if another one has the lock."""
        if is_unlocking:
            self._shell.run("rm -rf .deploy/lock", doing=f"unlocking {self._target}")
        script = f"set -- {self._token} {quote(owner)}; {_LOCK}"
        status, _ = self._shell.attempt(script, doing=f"locking {self._target}")
        if status:
            self._shell.run("[ -d .deploy/lock ] || mkdir .deploy/lock", doing=f"locking {self._target}")
            _, said = self._shell.attempt("cat .deploy/lock/owner", doing=f"locking {self._target}")
            raise DeployError(
                f"{self._target} is locked: {said.strip() or 'somebody'} deploys there. Wait until that has ended; if "
                "it has ended already, add UNLOCK=1"
            )

    def manifest(self, release: str) -> Manifest | None:
        """What a release consists of, if that is known."""
        if not release:
            return None
        script = f"cat .deploy/manifests/{quote(release)}.json 2>/dev/null || :"
        return Manifest.from_json(self._shell.run(script, doing=f"reading from {self._target}"))

    def incoming(self) -> tuple[str, list[str]]:
        """Make a folder for a new release; return it, and those that deployments have left that were cut off."""
        made = f"mkdir {self._incoming} && ls .deploy/incoming"
        names = self._shell.run(made, doing=f"writing to {self._target}").split()
        return self._incoming, [f".deploy/incoming/{name}" for name in names if name != self._token]

    def add(self, digest: str, releases: tuple[str, ...], manifest: Manifest) -> str:
        """Put what has come among the releases, and return its name: the time at the host, and some of its digest."""
        while True:
            now = self._shell.run("date -u +%Y%m%d-%H%M%S", doing=f"reading from {self._target}").strip()
            name = f"{now}-{digest[:8]}"
            # Of two releases of one second nobody could say which is the newer one.
            if not any(release.startswith(now) for release in releases):
                break
            time.sleep(1)
        end = secrets.token_hex(16)
        script = (
            f"cat >.deploy/manifests/{name}.json <<'{end}' && mv {self._incoming} releases/{name}\n"
            f"{manifest.to_json()}\n{end}"
        )
        self._shell.run(script, doing=f"writing to {self._target}")
        return name

    def switch(self, release: str) -> None:
        """Let readers see a release."""
        script = f"( set -- {quote(release)}; {_SWITCH}\n)"
        self._shell.run(script, doing=f"letting readers see release {release}")

    def clear_up(self) -> None:
        """Remove all but the last releases, never the one in use, and what deployments have left that were cut off."""
        state = self.state()
        for release in state.releases[:-KEPT]:
            if release != state.current:
                # Half of a release would be one to go back to.
                moved = f"mv releases/{release} .deploy/removed/ && rm -f .deploy/manifests/{release}.json"
                self._shell.run(moved, doing=f"removing release {release}")
        self._shell.attempt(_CLEAR_UP, doing=f"clearing up {self._target}")


def word_of(path: str) -> str:
    """A path as a word of the shell. A `~` at its beginning is a home; a `-` there is no option."""
    home, slash, rest = path.partition("/")
    if home.startswith("~") and slash and all(sign.isalnum() or sign in "_-." for sign in home[1:]):
        return f"{home}/{quote(rest)}" if rest else f"{home}/"
    return quote(path if path.startswith("/") else f"./{path}")
