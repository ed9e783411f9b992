"""Deploys to a folder of releases, and goes back to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from ..deploy_error import DeployError
from ..deployer import user_and_machine
from ..manifest import Changes, Manifest
from ..orders import Orders, Outcome
from ..outgoing import Outgoing
from ..present_site import nothing_deployed, refuse_other_site
from ..programs import Program, require
from ..progress import Progress
from ..target import ServerFolder
from .failures import FAILURES_OF_RSYNC
from .release_folder import ReleaseFolder, State
from .shell import Shell

#: rsync takes no more folders to compare with.
_MOST_COMPARED = 20


class Server:
    """The host of a folder of releases."""

    def __init__(self, target: ServerFolder, progress: Progress) -> None:
        """Raises DeployError if a program is missing here."""
        require(*(["ssh"] if target.host else []), "rsync")
        self._target = target
        self._progress = progress

    def deploy(self, site: Outgoing, orders: Orders) -> Outcome:
        """Send the site as a new release, and let readers see it. Raises DeployError."""
        self._progress.step(f"connecting to {self._target}")
        with Shell(self._target) as shell:
            folder = ReleaseFolder(shell, self._target)
            if not folder.enter(is_made=not orders.is_dry_run):
                return Outcome(site.manifest.changes_from(None), "")
            state = folder.state()
            self._refuse_foreign(state, orders)
            if not orders.is_dry_run:
                folder.make_ours()
                folder.lock(user_and_machine(), orders.is_unlocking)
                state = folder.state()
            before = folder.manifest(state.current)
            refuse_other_site(before.address if before else "", site.manifest.address, str(self._target), orders)
            changes = site.manifest.changes_from(before)
            if orders.is_dry_run or (before and not changes and not orders.is_forced):
                return Outcome(changes, state.current, is_new=False)
            self._send(site, changes, shell, folder, state)
            release = folder.add(site.manifest.digest, state.releases, site.manifest)
            folder.switch(release)
            return Outcome(changes, release, notes=(*self._where_to_look(state), *self._clear_up(folder)))

    def roll_back(self, orders: Orders) -> Outcome:
        """Let readers see the release before the present one, or the one that is named. Raises DeployError."""
        self._progress.step(f"connecting to {self._target}")
        with Shell(self._target) as shell:
            folder = ReleaseFolder(shell, self._target)
            state = folder.state() if folder.enter(is_made=False) else None
            if state is None or not state.is_ours or not state.current:
                raise nothing_deployed(str(self._target))
            if not orders.is_dry_run:
                folder.lock(user_and_machine(), orders.is_unlocking)
                state = folder.state()
            release = _wanted(state, orders.release)
            former = folder.manifest(release) or Manifest("", {})
            changes = former.changes_from(folder.manifest(state.current))
            if not orders.is_dry_run:
                folder.switch(release)
            return Outcome(changes, release)

    def _send(self, site: Outgoing, changes: Changes, shell: Shell, folder: ReleaseFolder, state: State) -> None:
        incoming, cut_off = folder.incoming()
        newest_first = (state.current, *(name for name in reversed(state.releases) if name != state.current))
        alike = [*(f"releases/{name}" for name in newest_first if name), *cut_off][:_MOST_COMPARED]
        total = len(changes.added) + len(changes.changed)
        self._progress.step(f"sending {total} file{'' if total == 1 else 's'}")
        sent = 0

        def count(line: str) -> None:
            nonlocal sent
            if line in site.manifest.files:
                sent += 1
                self._progress.count(sent, max(total, sent), line)

        # A file keeps the time of its first release as long as its bytes are the same, whenever it was built: so
        # browsers may keep it, and the disk has it once.
        options = ["--recursive", "--checksum", "--perms", "--verbose"]
        options += [f"--link-dest=../../../{name}" for name in alike]
        there = f"{folder.path}/{incoming}/"
        if self._target.host:
            # The shell there, whatever it is, makes one word of the path; each rsync quotes paths in its own way.
            options += [f"--rsh={shell.remote_shell}", f"--rsync-path=cd {quote(folder.path)} && rsync"]
            host = f"[{self._target.host}]" if ":" in self._target.host else self._target.host
            there = f"{host}:{incoming}/"
        rsync = Program("rsync", str(self._target), FAILURES_OF_RSYNC)
        rsync.run(*options, f"{site.folder}/", there, doing="sending the site", on_line=count)

    def _refuse_foreign(self, state: State, orders: Orders) -> None:
        if state.is_current_foreign:
            raise DeployError(
                f"{self._target} has something named current in it that make deploy did not make, and that would be "
                "replaced; choose another folder, or rename it"
            )
        if state.names and not state.is_ours and not orders.is_forced:
            raise DeployError(
                f"{self._target} has files in it that make deploy did not put there, such as {state.names[0]}. Choose "
                "a folder of its own, of which the web server then shows the folder current; or put the releases "
                "beside those files: FORCE=1"
            )

    def _clear_up(self, folder: ReleaseFolder) -> Iterator[str]:
        """Remove what is not kept; the site is there even if that fails, which is said."""
        self._progress.step("clearing up")
        try:
            folder.clear_up()
        except DeployError as error:
            yield f"readers see the new site, but {error}"

    def _where_to_look(self, state: State) -> tuple[str, ...]:
        if state.current:
            return ()
        path = f"{self._target.path}/current"
        return (f"the first time: let the web server show {path}, which leads to the present release",)


def _wanted(state: State, name: str) -> str:
    """The release to go back to. Raises DeployError if there is none to choose."""
    others = [release for release in state.releases if release != state.current]
    if not name:
        earlier = [release for release in others if release < state.current]
        if earlier:
            return earlier[-1]
        raise DeployError(f"there is no release before {state.current}; {_named(others)}")
    fitting = [release for release in state.releases if release.startswith(name)]
    if len(fitting) == 1 and fitting[0] != state.current:
        return fitting[0]
    if fitting == [state.current]:
        raise DeployError(f"readers see release {state.current} already; {_named(others)}")
    raise DeployError(f"{'several releases begin with' if fitting else 'there is no release'} {name}; {_named(others)}")


def _named(releases: list[str]) -> str:
    if not releases:
        return "no other one is kept"
    return f"kept are {', '.join(releases)}. Go to one of them with TO_RELEASE="
