"""What must not be deployed: a preview, a site with drafts, an empty one, and one that is older than its sources."""

from __future__ import annotations

import ipaddress
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from proofreader.kinds.tags import tags

from .deploy_error import DeployError
from .manifest import Manifest
from .settings import FILE, Settings

_PUBLISH = "build it with: make publish"
#: What Python leaves beside the sources that it has read, and what only editors look at.
_NO_SOURCE = re.compile(r"\.|__pycache__$|.*~$|#")
#: What a tag with an address has in it.
_ADDRESS = re.compile(r"\b(?:href|src)\s*=")


def refuse_preview_settings(settings: Settings) -> None:
    """Raise DeployError if a site with these settings can be seen on one machine only."""
    if not settings.address:
        raise DeployError(
            f"SITEURL is empty in {FILE}, as for a preview; set it to the address where the site will be seen, such as "
            "https://example.org"
        )
    if is_on_this_machine(settings.address):
        raise DeployError(
            f"SITEURL is {settings.address}, which every reader's machine takes for itself; set it to the address "
            "where the site will be seen"
        )


def refuse_unfit(settings: Settings, folder: Path, manifest: Manifest, built: float | None) -> None:
    """Raise DeployError if the site in a folder, with the files of `manifest`, is not one for readers.

    `built` is when its build began, in seconds since 1970; None takes the time of the output folder.
    """
    shown = os.path.relpath(settings.output)
    if not any(path.endswith((".html", ".htm")) for path in manifest.files):
        raise DeployError(f"{shown}/ has no page in it; {_PUBLISH}")
    if "index.html" not in manifest.files:
        raise DeployError(f"{shown}/ has no index.html, with which every site begins; {_PUBLISH}")
    is_draft = path_of_draft(settings.drafts)
    drafts = sorted(path for path in manifest.files if is_draft.fullmatch(path))
    if drafts:
        others = f" and {len(drafts) - 1} more" if len(drafts) > 1 else ""
        raise DeployError(f"{shown}/ has drafts in it: {drafts[0]}{others}. They are not for readers yet; {_PUBLISH}")
    _refuse_other_address(settings, (folder / "index.html").read_text(encoding="utf-8", errors="replace"), shown)
    _refuse_older_than_sources(settings, built, shown)


def is_on_this_machine(address: str) -> bool:
    """Whether an address leads to the machine on which someone opens it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified


def path_of_draft(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of the paths that drafts have, by Pelican's settings for that, such as `drafts/{slug}.html`."""
    fitting = []
    for pattern in patterns:
        start, *_ = parts = re.split(r"\{[^{}]*\}", pattern.lstrip("/"))
        if start.strip("/"):  # `{slug}.html` would fit every page
            fitting.append("[^/]+".join(map(re.escape, parts)))
    return re.compile("|".join(fitting) or r"(?!)")


class _Addresses(NamedTuple):
    """The addresses in a page: of what it loads and links to, and the one that it names as its own, or ""."""

    loaded: list[str]
    linked: list[str]
    own: str


def _addresses_in(page: str) -> _Addresses:
    loaded, linked, own = [], [], ""
    for element, attributes in tags(page, _ADDRESS):
        values = dict(attributes)
        relations = values.get("rel", "").lower().split()
        address = values.get("href", values.get("src", ""))
        if element == "link" and "canonical" in relations:
            own = address
        elif (element == "link" and {"stylesheet", "icon"} & {*relations}) or element in ("script", "img"):
            loaded.append(address)
        elif element == "a":
            linked.append(address)
    return _Addresses(loaded, linked, own)


def _refuse_other_address(settings: Settings, page: str, shown: str) -> None:
    """Raise DeployError if the first page was built for another address than the settings name."""
    found = _addresses_in(page)
    local = [address for address in (*found.loaded, found.own) if is_on_this_machine(address)]
    if local:
        raise DeployError(f"{shown}/ was built for a preview: its first page names {local[0]}; {_PUBLISH}")
    site = settings.address.lower() + "/"
    if found.own and not f"{found.own}/".lower().startswith(site):
        raise DeployError(
            f"{shown}/ was built for {found.own}, and {FILE} says {settings.address}; build it for the address where "
            "it will be seen: make publish"
        )
    addresses = [address for address in (*found.loaded, *found.linked) if not address.lower().startswith("data:")]
    is_published = settings.is_relative or any(f"{address}/".lower().startswith(site) for address in addresses)
    from_root = [address for address in addresses if address.startswith("/") and not address.startswith("//")]
    if from_root and not is_published:
        raise DeployError(
            f"{shown}/ was built for a preview: its first page names {from_root[0]} where the published one names "
            f"{settings.address}{from_root[0]}; {_PUBLISH}"
        )


def _refuse_older_than_sources(settings: Settings, built: float | None, shown: str) -> None:
    since = settings.output.stat().st_mtime if built is None else built
    files = (file for source in settings.sources for file in _files_of(source, settings.output))
    newer = next((file for file in files if since < file.stat().st_mtime <= time.time()), None)
    if newer is None:
        return
    path = os.path.relpath(newer)
    if built is not None:
        raise DeployError(f"{path} was saved while the site was built; deploy again")
    raise DeployError(f"{shown}/ is older than {path}, which was saved since; {_PUBLISH}")


def _files_of(source: Path, output: Path) -> Iterator[Path]:
    """The files of a source, which may have the output folder in it."""
    if not source.is_dir():
        yield from [source] if source.is_file() else []
        return
    with os.scandir(source) as entries:
        for entry in entries:
            path = Path(entry.path)
            if not _NO_SOURCE.match(entry.name) and path != output:
                yield from _files_of(path, output)
