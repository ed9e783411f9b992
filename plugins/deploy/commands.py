"""What `make deploy` and `make rollback` do, from the settings to the last line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable

from . import settings as published
from . import summary
from .deploy_error import DeployError
from .fitness import refuse_preview_settings, refuse_unfit
from .git_branch.host import Pages
from .masking import without_secrets
from .orders import Host, Orders
from .outgoing import only_deployment_from_here, outgoing
from .progress import Progress
from .rclone.host import CloudFolder
from .rsync.host import Server
from .settings import FILE, Settings
from .target import GitBranch, RcloneFolder, ServerFolder, Target, target_of

#: What `make publish` runs.
_BUILD = ("press", "build", str(FILE), "--require", "drytables")


def deploy(settings: Settings, target: Target, orders: Orders, is_built: bool) -> None:
    """Build the site unless it is built, and deploy it. Raises DeployError."""
    progress = Progress()
    host = host_of(target, progress)
    refuse_preview_settings(settings)
    built = None if is_built else _build()
    with only_deployment_from_here(), outgoing(settings.output, settings.address) as site:
        refuse_unfit(settings, site.folder, site.manifest, built)
        try:
            outcome = host.deploy(site, orders)
        finally:
            progress.clear()
    if orders.is_dry_run:
        _print(summary.of_dry_run(outcome, target, is_rollback=False))
    else:
        is_usual = bool(settings.target) and target == target_of(settings.target)
        _print(summary.of_deployment(outcome, target, settings.address, is_usual))


def roll_back(target: Target, orders: Orders) -> None:
    """Take the last deployment back. Raises DeployError."""
    progress = Progress()
    with only_deployment_from_here():
        try:
            outcome = host_of(target, progress).roll_back(orders)
        finally:
            progress.clear()
    _print(
        summary.of_dry_run(outcome, target, is_rollback=True)
        if orders.is_dry_run
        else summary.of_rollback(outcome, target)
    )


def host_of(target: Target, progress: Progress) -> Host:
    """Return what deploys to a target. Raises DeployError if a program is missing for it."""
    match target:
        case ServerFolder():
            return Server(target, progress)
        case GitBranch():
            return Pages(target, progress)
        case RcloneFolder():
            return CloudFolder(target, progress)


def _build() -> float:
    """Build the site as `make publish` does, and return when that began. Raises DeployError if it fails."""
    began = time.time()
    if subprocess.run([sys.executable, "-m", *_BUILD], check=False).returncode:
        raise DeployError("the site could not be built, and nothing was deployed")
    return began


def _orders() -> Orders:
    return Orders(
        is_dry_run=_is_set("DEPLOY_DRY_RUN"),
        is_forced=_is_set("DEPLOY_FORCE"),
        is_unlocking=_is_set("DEPLOY_UNLOCK"),
        release=os.environ.get("DEPLOY_RELEASE", "").strip(),
    )


def _is_set(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() not in ("", "0", "no", "false")


def _print(lines: Iterable[str]) -> None:
    """Print what was done, which is done even if nobody reads on, as after `| head`."""
    try:
        for line in lines:
            print(without_secrets(line))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(is_rollback: bool) -> None:
    """Do what the environment says. Raises DeployError, and SystemExit from settings that say why they stop."""
    settings = published.read()
    target = target_of(os.environ.get("DEPLOY_TO") or settings.target)
    if is_rollback:
        roll_back(target, _orders())
    else:
        deploy(settings, target, _orders(), _is_set("DEPLOY_BUILT"))
