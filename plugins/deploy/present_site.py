"""What readers see at the host before a deployment must be the same site, as far as that is known."""

from __future__ import annotations

from .deploy_error import DeployError
from .orders import Orders


def refuse_other_site(present: str, new: str, place: str, orders: Orders) -> None:
    """Raise DeployError if a site for another address is at a host. `present` and `new` are addresses, or empty."""
    if present and present != new and not orders.is_forced:
        raise DeployError(
            f"readers see {present} at {place}, and this site was built for {new}. Look at SITEURL and at TO; if the "
            "site has moved, add FORCE=1"
        )


def nothing_deployed(place: str) -> DeployError:
    """What to raise where there is nothing to take back."""
    return DeployError(f"nothing was deployed to {place} yet, so that there is nothing to go back to")
