"""Deploys to a branch, and goes back to a former commit of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..deploy_error import DeployError
from ..masking import without_secrets
from ..orders import Orders, Outcome
from ..outgoing import Outgoing
from ..present_site import nothing_deployed
from ..programs import require
from ..progress import Progress
from ..target import GitBranch
from .page_hosts import PAGE_HOSTS, PageHost, page_host_of
from .present_branch import FOR_DOMAIN, domains, refuse_other_branch
from .repository import Commit, Repository

#: How many commits are looked at: hosts and their users add some of their own, such as for a domain.
_DEPTH, _DEPTH_TO_GO_BACK = 10, 60
_KNOWN_HOSTS = ", ".join(host.domain for host in PAGE_HOSTS)
#: How much of a commit's name is shown.
_SHOWN = 10


class Pages:
    """The host of a branch."""

    def __init__(self, target: GitBranch, progress: Progress) -> None:
        """Raises DeployError if git is missing here."""
        require("git")
        self._target = target
        self._progress = progress

    def deploy(self, site: Outgoing, orders: Orders) -> Outcome:
        """Make a commit of the site, and let it be the last one of the branch. Raises DeployError."""
        with self._repository() as repository:
            host, branch = self._host_of(repository)
            shown_at = next(filter(None, map(host.address_of, repository.addresses)), "")
            refuse_other_pages(host, shown_at, site.manifest.address)
            self._progress.step(f"looking at {self._target}")
            tip = repository.fetch(branch, _DEPTH)
            if tip:
                refuse_other_branch(repository, branch, tip, site.manifest, orders, str(self._target))
            self._progress.step("making a commit")
            folder = _complete(site, host, branch, domains(repository, tip) if tip and not orders.is_forced else {})
            message = f"Deploy {site.manifest.address}\n\nSite: {site.manifest.address}"
            commit = repository.import_folder(folder, branch, message, host.has_no_jekyll)
            changes = repository.changes(tip, commit)
            if tip and not changes:
                return Outcome(changes, tip[:_SHOWN], is_new=False)
            if not orders.is_dry_run:
                self._progress.step(f"sending {len(changes.added) + len(changes.changed):,} files")
                repository.push(commit, branch)
            return Outcome(
                changes, commit[:_SHOWN], notes=() if tip else tuple(_at_first(host, branch, shown_at, site))
            )

    def roll_back(self, orders: Orders) -> Outcome:
        """Make a commit with the files of a former one, and let it be the last one of the branch.

        Raises DeployError.
        """
        with self._repository() as repository:
            _, branch = self._host_of(repository)
            self._progress.step(f"looking at {self._target}")
            tip = repository.fetch(branch, _DEPTH_TO_GO_BACK)
            if not tip:
                raise nothing_deployed(str(self._target))
            former = _former(repository.commits(branch), orders.release)
            if former is None:
                repository.fetch(branch, 0)
                former = _former(repository.commits(branch), orders.release)
            if former is None:
                raise DeployError(_nothing_to_go_back_to(repository.commits(branch), orders.release, self._target))
            there = repository.files_of(tip)
            kept = {path: there[path] for path in FOR_DOMAIN if path in there}
            message = f"Go back to {former.name[:_SHOWN]}\n\nSite: {former.site}\nSame-as: {former.name}"
            commit = repository.commit_again(former.name, tip, kept, message)
            if not orders.is_dry_run:
                repository.push(commit, branch)
            return Outcome(repository.changes(tip, commit), former.name[:_SHOWN])

    @contextmanager
    def _repository(self) -> Iterator[Repository]:
        repository = Repository(self._target.remote, str(self._target))
        try:
            yield repository
        finally:
            repository.close()

    def _host_of(self, repository: Repository) -> tuple[PageHost, str]:
        """The host, and the branch that it shows. Raises DeployError if nobody has said which one."""
        host = page_host_of(repository.addresses)
        branch = self._target.name or host.branch
        if not branch:
            raise DeployError(
                f"{without_secrets(repository.addresses[-1])} is at none of {_KNOWN_HOSTS}, whose branches are known. "
                f"Check its name for a typo, or name the branch that the host shows: TO={self._target}#pages"
            )
        return host, branch


def _complete(site: Outgoing, host: PageHost, branch: str, for_domain: Mapping[str, str]) -> Path:
    """Put beside the site what the host needs with it, and return the folder that is to be the branch."""
    root = site.folder
    if host.folder:
        aside = root.with_name("branch")
        shutil.rmtree(aside, ignore_errors=True)
        root.rename(aside)
        root.mkdir()
        aside.rename(root / host.folder)
    of_host = {path: text.replace("{branch}", branch) for path, text in host.files.items()}
    for path, text in (of_host | dict(for_domain)).items():
        if not (root / path).exists():
            (root / path).write_text(text, encoding="utf-8")
    return root


def refuse_other_pages(host: PageHost, shown_at: str, address: str) -> None:
    """Raise DeployError if the site was built for an address of the host's that is another repository's."""
    is_at_host = bool(host.pages_domain) and f".{host.pages_domain}/" in f"{address}/".lower()
    if re.fullmatch(host.other_addresses, address, re.IGNORECASE):
        return
    if is_at_host and shown_at and f"{address}/".lower() != f"{shown_at}/":
        raise DeployError(
            f"{host.name} shows that repository at {shown_at}/, and this site was built for {address}. Build it for "
            f"that address: SITEURL={shown_at} make deploy"
        )


def _at_first(host: PageHost, branch: str, shown_at: str, site: Outgoing) -> Iterator[str]:
    """What is to be done once, after the first deployment."""
    yield f"the first time: {host.setting} ({branch})"
    if shown_at and f"{site.manifest.address}/".lower() != f"{shown_at}/":
        yield f"readers come to {site.manifest.address}/ once {host.name} knows that domain; until then, to {shown_at}/"


def _deployments(commits: list[Commit]) -> list[Commit]:
    return [commit for commit in commits if commit.site and not commit.same_as]


def _present(commits: list[Commit]) -> str:
    """The name of the deployment that readers see."""
    last = next((commit for commit in commits if commit.site), None)
    return (last.same_as or last.name) if last is not None else ""


def _former(commits: list[Commit], name: str) -> Commit | None:
    """The deployment to go back to: the one before, or the one with a name that begins so."""
    deployments = _deployments(commits)
    names = [commit.name for commit in deployments]
    if name:
        fitting = [
            commit for commit in deployments if commit.name.startswith(name) and commit.name != _present(commits)
        ]
        return fitting[0] if len(fitting) == 1 else None
    earlier = deployments[names.index(_present(commits)) + 1 :] if _present(commits) in names else []
    return earlier[0] if earlier else None


def _nothing_to_go_back_to(commits: list[Commit], name: str, target: GitBranch) -> str:
    others = [commit.name[:_SHOWN] for commit in _deployments(commits) if commit.name != _present(commits)]
    what = f"there is no other release {name}" if name else "there is no release before the present one"
    known = f"there are {', '.join(others)}. Go to one of them with TO_RELEASE=" if others else "there is no other one"
    return f"{what} at {target}; {known}"
