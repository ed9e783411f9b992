"""Which files differ from a commit, and what they were then; git is asked.

A file is known by the ids that git gives texts, and names are separated by NUL, so they may be as odd as they like.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..configuration.find import Unusable
from .files import STDIN

#: Git's id for a missing file.
_NOTHING = b"0" * 40


def changed_since(reference: str, names: Iterable[str]) -> dict[str, bytes | None]:
    """What changed in the repositories that some files and folders are in, also if it is not yet committed or added: by
    its real path, with the old text; None if there was none.

    For any commit but HEAD, that is since the commit that it has in common with HEAD, as in a pull request. Raises
    Unusable if git cannot say it.
    """
    files: dict[str, bytes | None] = {}
    for root in dict.fromkeys(_root_of(name) for name in names):
        base = _base(root, reference)
        ids = _ids_of_changed(root, base)
        texts = _texts(root, [each for each in ids.values() if each is not None])
        for path, each in ids.items():
            files[os.path.realpath(os.path.join(root, path))] = texts.get(each) if each is not None else None  # noqa: PTH118
    return files


def _root_of(name: str) -> str:
    """The root of the repository that a file or folder is in."""
    if name == STDIN:
        raise Unusable(line="--changed: standard input is in no repository; name files or folders")
    path = Path(name)
    folder = path if path.is_dir() else path.parent
    found = _git(str(folder) if folder.is_dir() else ".", "rev-parse", "--show-toplevel")
    if found.returncode:
        why = found.stderr.decode(errors="replace").strip().splitlines()
        if any("not a git repository" in line for line in why):
            raise Unusable(line=f"--changed: {name} is in no repository of git, so nothing can be said to have changed")
        raise Unusable(line=f"--changed: git says: {why[0] if why else 'nothing'}")
    return os.fsdecode(found.stdout.removesuffix(b"\n"))


def _base(root: str, reference: str) -> str:
    """The commit, or tree, that files are compared with."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    if found.returncode:
        if reference == "HEAD":
            # Nothing is committed yet: all of it is new.
            return _asked(root, "hash-object", "-t", "tree", os.devnull).decode().strip()
        is_shallow = _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        fetch = "; this clone is shallow: fetch it, as with `fetch-depth: 0` of actions/checkout" if is_shallow else ""
        raise Unusable(line=f"--changed: there is no commit `{reference}` here{fetch}")
    commit = found.stdout.decode().strip()
    if reference == "HEAD":
        return commit
    common = _git(root, "merge-base", commit, "HEAD")
    if common.returncode:
        # In a shallow clone it is not there. What differs from the commit itself is as much, or more.
        return commit
    return common.stdout.decode().strip()


def _ids_of_changed(root: str, base: str) -> dict[str, bytes | None]:
    """The paths of what changed, below the root, with the id of the old text, if there was one."""
    ids: dict[str, bytes | None] = {}
    options = ("--raw", "-z", "--no-abbrev", "--find-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules")
    fields = iter(_asked(root, "diff", *options, base, "--").split(b"\0"))
    for about in fields:
        if not about:
            break
        _, _, old, _, status = about.split(b" ")
        path = next(fields)
        if status[:1] in b"RC":
            path = next(fields)
        ids[os.fsdecode(path)] = None if old == _NOTHING else old
    for path in _asked(root, "ls-files", "-z", "--others", "--exclude-standard").split(b"\0"):
        if path:
            ids.setdefault(os.fsdecode(path), None)
    return ids


def _texts(root: str, ids: Sequence[bytes]) -> dict[bytes, bytes]:
    """The texts with some ids."""
    texts: dict[bytes, bytes] = {}
    answer = _asked(root, "cat-file", "--batch", stdin=b"".join(each + b"\n" for each in ids)) if ids else b""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        words = answer[at:end].split(b" ")
        at = end + 1
        if words[-1] != b"missing":
            size = int(words[2])
            texts[words[0]] = answer[at : at + size]
            at += size + 1
    return texts


def _asked(root: str, *words: str, stdin: bytes = b"") -> bytes:
    """What git answers; raises Unusable if it does not."""
    answer = _git(root, *words, stdin=stdin)
    if answer.returncode:
        why = answer.stderr.decode(errors="replace").strip().splitlines()
        raise Unusable(line=f"--changed: git {words[0]} says: {why[0] if why else 'nothing'}")
    return answer.stdout


def _git(folder: str, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # Nothing is written, not even what git keeps to answer the next time sooner, and the messages are in English.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", "-C", folder, *words], input=stdin, capture_output=True, check=False, env=environment
        )
    except FileNotFoundError:
        raise Unusable(line="--changed: git is not installed") from None
