"""What the user has asked for, and what came of it: between `commands` and the rooms of the hosts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .manifest import Changes
from .outgoing import Outgoing


@dataclass(frozen=True)
class Orders:
    """How to deploy or to take back.

    `is_forced` treats whatever is at the host as ours, and sends all files; `is_unlocking` removes the lock of a
    deployment that has died; `release` is the one to go back to, or empty for the last but one.
    """

    is_dry_run: bool = False
    is_forced: bool = False
    is_unlocking: bool = False
    release: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was changed at the host, or in a dry run what would be.

    `release` is what is, or would be, seen there, and `is_new` whether that is another one than before; `notes` are
    sentences for the user.
    """

    changes: Changes
    release: str
    is_new: bool = True
    notes: tuple[str, ...] = ()


class Host(Protocol):
    """Where a site can be deployed to.

    Both functions raise DeployError; readers then see what they saw before, or the new site.
    """

    def deploy(self, site: Outgoing, orders: Orders) -> Outcome:
        """Put a site in the place of the one before."""

    def roll_back(self, orders: Orders) -> Outcome:
        """Put a former site in the place of the present one."""
