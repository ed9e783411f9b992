"""The last lines that a user sees: what changed, where to look at it, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from web_host.files.folder import FOLDER

from .manifest import Changes
from .orders import Outcome
from .target import ServerFolder, Target

#: How many paths of a kind are listed.
_LISTED = 30


def of_dry_run(outcome: Outcome, target: Target, *, is_rollback: bool) -> Iterator[str]:
    """The lines that say what would change, in place of doing it."""
    if not outcome.changes:
        yield f"nothing would change at {target}"
        return
    doing = f"going back to release {outcome.release}" if is_rollback else "deploying"
    yield f"{doing} would change this at {target}:"
    for word, paths in _kinds(outcome.changes):
        yield from (f"  {word:<8} {path}" for path in paths[:_LISTED])
        if len(paths) > _LISTED:
            yield f"  {word:<8} {len(paths) - _LISTED:,} more"
    yield f"{_counts(outcome.changes)}, {outcome.changes.unchanged:,} stay as they are"


def of_deployment(outcome: Outcome, target: Target, address: str, is_usual_target: bool) -> Iterator[str]:
    """One line, after what the host has to say; a target that is not in the settings has to be named again."""
    yield from outcome.notes
    if not outcome.is_new:
        yield f"nothing to deploy: {address}/ is up to date at {target} ({outcome.release})"
        return
    again = "make rollback" if is_usual_target else f"make rollback TO={quote(str(target))}"
    yield from _to_reload(outcome, target)
    yield f"deployed to {target}: {_counts(outcome.changes)}; see {address}/, and take it back with: {again}"


def of_rollback(outcome: Outcome, target: Target) -> Iterator[str]:
    """One line, after what the host has to say."""
    yield from outcome.notes
    yield from _to_reload(outcome, target)
    yield f"{target} is back at release {outcome.release}: {_counts(outcome.changes)}"


def _to_reload(outcome: Outcome, target: Target) -> Iterator[str]:
    """What a web server reads only when it starts: with old headers it would refuse new scripts of pages."""
    if isinstance(target, ServerFolder) and any(path.startswith(f"{FOLDER}/") for path in outcome.changes.changed):
        yield f"{FOLDER}/ has changed: if your nginx or Caddy includes it, reload that, as in: systemctl reload nginx"


def _kinds(changes: Changes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed))


def _counts(changes: Changes) -> str:
    counts = [f"{len(paths):,} {word}" for word, paths in _kinds(changes) if paths]
    return ", ".join(counts) or "no file changed"
