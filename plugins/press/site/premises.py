"""What the pages of a site depend on besides the texts of its posts: all else that is known of these, what plugins have
made of them, the context and the functions that templates are given, the files of the theme and of the content, and the
day.

Nobody can see that a template tells the date. So no page is kept for longer than that is the same.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from .description import CannotBeDescribedError, described, described_exactly
from .memory import Memory, Remembered
from .read_ahead import ReadAhead
from .snapshot import is_restored, key_of
from .stamps import Stamp, digest_of, is_settled
from .tree import ignored, places, tree

#: Files by their paths, each with its stamp; and with a digest where the stamp alone is no proof.
Files = dict[str, tuple[Stamp, bytes | None]]


class Premises(NamedTuple):
    """`digest` stands for all but the files and the texts, `files` are the former, and `texts` the digests of the
    latter by the keys of the posts.
    """

    digest: bytes
    files: Files
    texts: dict[str, bytes]


def today() -> date:
    """The day on which a site is built, where that is done."""
    return date.today()


def premises_of(reads: Sequence[ReadAhead], memory: Memory, files: Files) -> Premises | None:
    """The premises of a round in which all is read; None if something in it cannot be compared with another. `files`
    are all as they were when the round began.
    """
    context = reads[0].generator.context
    posts = [post for post in context["generated_content"].values() if post is not None]
    sources = dict(_remembered(reads, memory))
    digests = {key: source.digests for key, source in sources.items() if source.digests is not None}
    if len(digests) < len(posts) or not all(map(is_restored, posts)):
        return None  # Pelican has read one by itself
    headers = {key: each.header for key, each in digests.items()}
    environments = [read.generator.env.globals for read in reads]
    # What Markdown's extensions keep for the next text is no matter of pages.
    given = {**context, "OUTPUT_PATH": "", "MARKDOWN": described(context["MARKDOWN"])}
    try:
        changed = {post._snapshot.key: [described_exactly(each) for each in post.changed()] for post in posts}
        others = {key: each for key, (_, each) in changed.items()}
        digest = _digest(described_exactly([headers, others, environments, today(), given]))
    except CannotBeDescribedError:
        return None
    texts = {key: each.text + _digest(changed[key][0]) for key, each in digests.items() if key in changed}
    own = {source.files[0].path for source in sources.values()}
    return Premises(digest, {path: there for path, there in files.items() if path not in own}, texts)


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _remembered(reads: Sequence[ReadAhead], memory: Memory) -> Iterator[tuple[str, Remembered]]:
    """What was read from each source of a post, by the key of the post."""
    for read in reads:
        for name, content in sorted(read.contents.items()):
            source = memory.sources.get((read.kind.content.__name__, name))
            if content is not None and source is not None:
                yield key_of(read.kind.content.__name__, name), source


def files_of(settings: dict[str, Any]) -> Files:
    """All files in the folders of a site, by Pelican's settings. To be called before any of them is read: a change
    meanwhile must show.
    """
    unseen = ignored(tuple(settings["IGNORE_FILES"]))
    return {
        path: (there, None if is_settled(there) else digest_of(path))
        for path, there in sorted(tree(map(str, places(settings))).items())
        if not unseen.fullmatch(os.path.basename(path))  # noqa: PTH119
    }


def are_same(before: Files, now: Files) -> bool:
    """Whether all files have the content that they had."""
    return before.keys() == now.keys() and all(
        now[path][0] == there if digest is None else digest_of(path) == digest
        for path, (there, digest) in before.items()
    )


def to_bytes(files: Files) -> bytes:
    """The files, to be kept."""
    return pickle.dumps(files, pickle.HIGHEST_PROTOCOL)
