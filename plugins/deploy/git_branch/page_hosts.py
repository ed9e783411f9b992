"""The hosts that show a branch as a site: which branch, at which address, and what it has to contain for that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_FOR_GITLAB = """\
# Written by make deploy: GitLab shows the folder that a job of this name hands it.
pages:
  image: busybox
  script: ["true"]
  artifacts:
    paths: [public]
  rules:
    - if: $CI_COMMIT_BRANCH == "{branch}"
"""


@dataclass(frozen=True)
class PageHost:
    """`domain` is part of the addresses of its repositories; `branch` is what it, or a user, expects.

    Its pages are below `pages_domain`, those of the repository `root`, in which `{owner}` stands for the owner, without
    a folder. `other_addresses` is a pattern for those that the host gives to a repository besides, and that do not
    follow from its name. The site is in `folder` of the branch, with `files` beside it; `setting` is what a user does
    there once.
    """

    name: str
    domain: str
    branch: str
    pages_domain: str
    root: str
    setting: str
    other_addresses: str = r"(?!)"
    folder: str = ""
    has_no_jekyll: bool = False
    files: Mapping[str, str] = field(default_factory=dict)

    def address_of(self, repository: str) -> str:
        """Return where it shows a repository, given by its address, or "" if that does not name one."""
        found = re.search(
            rf"{re.escape(self.domain)}(?::\d+)?[:/]+([^/]+)/(.+?)(?:\.git)?/?$", repository, re.IGNORECASE
        )
        if found is None or self is UNKNOWN:
            return ""
        owner, name = found[1].lower(), found[2].lower()
        site = f"https://{owner}.{self.pages_domain}"
        return site if name == self.root.format(owner=owner) else f"{site}/{name}"


PAGE_HOSTS = (
    PageHost(
        "GitHub",
        "github.com",
        branch="gh-pages",
        pages_domain="github.io",
        root="{owner}.github.io",
        setting="choose this branch at GitHub in Settings, Pages",
        other_addresses=r"https://[\w-]+\.pages\.github\.io",  # for members of an organization alone
        has_no_jekyll=True,
    ),
    PageHost(
        "GitLab",
        "gitlab.com",
        branch="pages",
        pages_domain="gitlab.io",
        root="{owner}.gitlab.io",
        setting="GitLab shows it when the job of this branch has run; see Deploy, Pages",
        other_addresses=r"https://[\w-]+-[0-9a-f]{6,}\.gitlab\.io",  # what projects have unless that is turned off
        folder="public",
        files={".gitlab-ci.yml": _FOR_GITLAB},
    ),
    PageHost(
        "Codeberg",
        "codeberg.org",
        branch="pages",
        pages_domain="codeberg.page",
        root="pages",
        setting="Codeberg shows this branch by itself",
        other_addresses=r"https://[\w-]+\.codeberg\.page/(?:[^/]+/)?@[^/]+",  # another branch
    ),
)
#: The host in the address of a repository; those that are known have several names for the same.
_HOST = re.compile(r"(?:[a-z+]+://)?(?:[^/@]*@)?(?:www\.|ssh\.|altssh\.)?([^/:]+)", re.IGNORECASE)
#: Whatever else shows a branch.
UNKNOWN = PageHost("", "", branch="", pages_domain="", root="", setting="let the host show this branch")


def page_host_of(addresses: Iterable[str]) -> PageHost:
    """Return the host of a repository, by what it is called."""
    domains = {match[1].lower() for each in addresses if (match := _HOST.match(each))}
    return next((host for host in PAGE_HOSTS if host.domain in domains), UNKNOWN)
