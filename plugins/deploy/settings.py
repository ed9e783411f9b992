"""What the settings that a site is published with say about its deployment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .deploy_error import DeployError

#: The settings that `make publish` builds with.
FILE = Path("publishconf.py")
_DRAFTS = ("DRAFT_SAVE_AS", "DRAFT_LANG_SAVE_AS", "DRAFT_PAGE_SAVE_AS", "DRAFT_PAGE_LANG_SAVE_AS")


@dataclass(frozen=True)
class Settings:
    """`address` is the site's own, without a slash at its end; `target` is DEPLOY_TO, or empty.

    `sources` are the files and folders that it is built from, and `drafts` the patterns of the files of drafts.
    """

    address: str
    output: Path
    target: str
    is_relative: bool
    sources: tuple[Path, ...]
    drafts: tuple[str, ...]


def read() -> Settings:
    """Read the settings in the current folder.

    Raises DeployError, or SystemExit from settings that say why they stop.
    """
    from pelican.settings import read_settings  # half of all the time that it takes to refuse something

    if not FILE.is_file():
        raise DeployError(f"there is no {FILE} here; run make in the folder of the project")
    try:
        found: dict[str, Any] = read_settings(str(FILE))
    except Exception as error:
        raise DeployError(f"{FILE} cannot be read: {type(error).__name__}: {error}") from None
    target = found.get("DEPLOY_TO") or ""
    if not isinstance(target, str):
        raise DeployError(f'DEPLOY_TO is {target!r}; it is a text, such as "user@host:/srv/blog"')
    folders = (found["PATH"], found["THEME"], *found.get("PLUGIN_PATHS", []))
    return Settings(
        address=str(found.get("SITEURL") or "").rstrip("/"),
        output=Path(found["OUTPUT_PATH"]).absolute(),
        target=target,
        is_relative=bool(found.get("RELATIVE_URLS")),
        sources=(*sorted(FILE.absolute().parent.glob("*.py")), *map(Path, folders)),
        drafts=tuple(str(found[name]) for name in _DRAFTS if found.get(name)),
    )
