"""Deploys to a remote of rclone's, and sends a former release again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from ..deploy_error import DeployError
from ..manifest import Changes, Manifest
from ..orders import Orders, Outcome
from ..outgoing import Outgoing
from ..present_site import nothing_deployed, refuse_other_site
from ..programs import require
from ..progress import Progress
from ..target import RcloneFolder
from .kept_releases import KeptReleases
from .lock import Lock
from .remote import Remote
from .sending import FIRST, in_order
from .state import State

_NOTHING = State("", {}, "", ())
#: Two notes of the present state take turns: one is whole, whatever happens to the other.
_STATES = ("state-0.json", "state-1.json")


@dataclass(frozen=True)
class _Found:
    """What there is at the remote: our notes, and the size of each file."""

    notes: str
    sizes: Mapping[str, int]

    @cached_property
    def state(self) -> State | None:
        """What was written down of the site."""
        return State.latest(self.notes)

    def changes_to(self, site: Outgoing, orders: Orders) -> Changes:
        """What differs; a file of the wrong size was cut off, or someone has changed it."""
        state = self.state or _NOTHING
        there = state.known(self.sizes)
        for path in site.manifest.files.keys() & there.keys():
            if orders.is_forced or self.sizes[path] != (site.folder / path).stat().st_size:
                there[path] = ""
        return site.manifest.changes_from(Manifest(state.address, there))


class CloudFolder:
    """A folder of a remote."""

    def __init__(self, target: RcloneFolder, progress: Progress) -> None:
        """Raises DeployError if rclone is missing here."""
        require("rclone")
        self._place = str(target)
        self._remote = Remote(target.address, self._place)
        self._kept = KeptReleases(target.address)
        self._progress = progress

    def deploy(self, site: Outgoing, orders: Orders) -> Outcome:
        """Send what differs, and remove what is gone. Raises DeployError."""
        self._progress.step(f"looking at {self._place}")
        found = self._look()
        if found.state is None and found.sizes and not orders.is_forced:
            raise DeployError(
                f"{self._place} has files in it that make deploy did not put there, such as {min(found.sizes)}. Choose "
                "a folder of its own; or put the site among them, and replace those of the same names: FORCE=1"
            )
        before = found.state or _NOTHING
        refuse_other_site(before.address, site.manifest.address, self._place, orders)
        changes = found.changes_to(site, orders)
        release = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{site.manifest.digest[:8]}"
        if orders.is_dry_run or (before.release and not changes):
            return Outcome(changes, before.release, is_new=orders.is_dry_run)
        self._replace(found, site, release, orders)
        return Outcome(changes, release, notes=() if before.release else tuple(self._at_first()))

    def roll_back(self, orders: Orders) -> Outcome:
        """Send the release before the present one again, or the one that is named. Raises DeployError."""
        self._progress.step(f"looking at {self._place}")
        found = self._look()
        if found.state is None:
            raise nothing_deployed(self._place)
        release = self._wanted(found.state, orders.release)
        folder = self._kept.path(release)
        site = Outgoing(folder, Manifest.of(folder, found.state.address))
        changes = found.changes_to(site, orders)
        if not orders.is_dry_run:
            self._replace(found, site, release, orders)
        return Outcome(changes, release)

    def _look(self) -> _Found:
        sizes = self._remote.sizes()  # rclone says better what is wrong where it does not have to look for a file
        return _Found(self._remote.notes(), sizes)

    def _replace(self, found: _Found, site: Outgoing, release: str, orders: Orders) -> None:
        lock = Lock(self._remote, self._place, self._kept.folder)
        with lock.held(found.notes, orders.is_unlocking) as notes:
            if State.latest(notes) != found.state:  # another deployment has ended since
                found = self._look()
            state, changes = found.state or _NOTHING, found.changes_to(site, orders)
            unsure = state.unsure_of((*changes.added, *changes.changed, *changes.removed))
            self._write_down(unsure)
            for name, paths in in_order(changes):
                if name != FIRST:
                    lock.refuse_lost()
                self._send(site.folder, name, paths)
            if changes.removed:
                self._progress.step(f"removing {len(changes.removed):,} files")
                has_folders = self._remote.features().get("CanHaveEmptyDirectories", False)
                self._remote.remove(changes.removed, has_folders)
            self._write_down(unsure.after(site.manifest.address, site.manifest.files, release))
        if release not in self._kept.names():
            unchanged = site.manifest.files.keys() - {*changes.added, *changes.changed}
            self._kept.add(site.folder, release, state.release, unchanged)

    def _send(self, folder: Path, name: str, paths: list[str]) -> None:
        self._progress.step(f"sending {len(paths):,} {name}")
        done = 0

        def count(line: str) -> None:
            nonlocal done
            if ": Copied" in line:
                done += 1
                self._progress.count(done, len(paths), line.partition(" : ")[2].partition(": Copied")[0])

        self._remote.send(folder, paths, f"sending {name} to {self._place}", count)

    def _write_down(self, state: State) -> None:
        self._remote.write_note(_STATES[state.serial % len(_STATES)], state.to_json())

    def _at_first(self) -> Iterator[str]:
        """What is to be known once, after the first deployment."""
        features = self._remote.features()
        # Object stores know no renaming, and take each file as a whole; of the others, rclone tells of those where it
        # writes beside the file and renames it over that (since 1.63).
        if features.get("Move") and not features.get("PartialUploads"):
            yield (
                "servers of this kind may write into the file that a reader opens, who sees half of it then; object "
                "stores do not, nor does a deployment with rsync, nor SFTP with rclone 1.63 or later"
            )

    def _wanted(self, state: State, name: str) -> str:
        """The release to go back to, of which there is a copy here. Raises DeployError."""
        kept = [release for release in self._kept.names() if release != state.release]
        known = f"kept here are {', '.join(kept)}. Go to one of them with TO_RELEASE=" if kept else "none is kept here"
        if name:
            fitting = [release for release in kept if release.startswith(name)]
            if len(fitting) == 1:
                return fitting[0]
            raise DeployError(f"there is no other release {name} of {self._place}; {known}")
        earlier = [release for release in state.releases if release < state.release]
        if not earlier:
            raise DeployError(f"there is no release before {state.release or 'the present one'}; {known}")
        if earlier[-1] not in kept:
            raise DeployError(
                f"the release before, {earlier[-1]}, was deployed from another place, and {self._place} keeps no copy. "
                f"Roll back from there, or check out the sources of that time and run make deploy; {known}"
            )
        return earlier[-1]
