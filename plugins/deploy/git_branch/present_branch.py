"""What the branch holds before a deployment: whether we put it there, and which files stay."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..deploy_error import DeployError
from ..manifest import Manifest
from ..orders import Orders
from ..present_site import refuse_other_site
from .repository import Repository

#: What hosts and users write into the branch for a domain.
FOR_DOMAIN = ("CNAME", ".domains")
#: A branch with one of these holds what the site is made from.
_OF_SOURCES = ("pelicanconf.py", "publishconf.py")


def refuse_other_branch(
    repository: Repository, branch: str, tip: str, new: Manifest, orders: Orders, place: str
) -> None:
    """Raise DeployError if the branch holds something else than a former edition of the site."""
    files = repository.files_of(tip)
    source = next((path for path in _OF_SOURCES if path in files), None)
    if source is not None:
        raise DeployError(
            f"the branch {branch} of {place} has {source} in it: it holds the sources. Choose another one"
        )
    if orders.is_forced:
        return
    before = next((commit.site for commit in repository.commits(branch) if commit.site), "")
    if not before:
        raise DeployError(
            f"the branch {branch} of {place} has commits that make deploy did not make. To put the site in their "
            "place (they stay in its history), add FORCE=1; otherwise, choose another branch"
        )
    for names in map(str.split, domains(repository, tip).values()):
        if names and urlsplit(new.address).hostname not in names:
            before = names[0]
    refuse_other_site(before, new.address, place, orders)


def domains(repository: Repository, tip: str) -> dict[str, str]:
    """The files of the branch that name its domains, with their texts; a new site without them does not lose them."""
    files = repository.files_of(tip)
    return {path: repository.text_of(files[path]) for path in FOR_DOMAIN if path in files}
