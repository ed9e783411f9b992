"""plugins/press/serve/front/watcher.py: each change of a source is told, by the kernel and by watchfiles."""

import asyncio
import contextlib
import resource
import shutil
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path

import pytest
from press.serve.front import comparing as comparing_module
from press.serve.front import settled
from press.serve.front.watcher import Watcher
from previews import PATIENCE, in_a_loop

#: How long to wait for what is no change, in seconds: longer than a save takes to be told.
SILENCE = 0.2
Change = Callable[[Path], object]
Means = Callable[[], contextlib.AbstractContextManager[None]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with content, a theme beside it, and settings."""
    for name in ("content/posts", "theme/templates", "aside/deep", ".git"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("content/posts/first.md", "theme/templates/base.html", "pelicanconf.py", "aside/deep/lost.md"):
        (tmp_path / name).write_text("before", encoding="utf-8")
    return tmp_path


def watched(project: Path) -> tuple[str, ...]:
    """What a worker names for such a project."""
    return tuple(str(project / name) for name in ("content", "theme", "pelicanconf.py", "not/there/yet.py"))


def told_of(project: Path, *changes: Change, means: Means) -> list[bool]:
    """Make some changes, and return of which a watcher tells; only of the last one it must not be silent."""

    async def watch() -> list[bool]:
        told = asyncio.Event()
        watcher = Watcher(project / "pelicanconf.py", told.set)
        with means():
            watcher.watch(watched(project))
        await asyncio.sleep(SILENCE)
        found = []
        for change in changes:
            told.clear()
            change(project)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), PATIENCE if change is changes[-1] else SILENCE)
                await asyncio.sleep(SILENCE)  # until all is told of this one
            found.append(told.is_set())
        watcher.end()
        return found

    return in_a_loop(watch())


def save(project: Path, name: str = "content/posts/first.md") -> None:
    """Save a file in place."""
    (project / name).write_text(f"after {name}", encoding="utf-8")


def save_by_rename(project: Path) -> None:
    """Save as some editors do."""
    save(project, "content/posts/4913")
    (project / "content/posts/first.md").rename(project / "content/posts/first.md~")
    (project / "content/posts/4913").rename(project / "content/posts/first.md")


def to_folder(project: Path) -> None:
    """Put a link to a folder into the content, with a post in it."""
    (project / "content" / "linked").symlink_to(project / "aside" / "deep")


CHANGES: dict[str, tuple[Change, ...]] = {
    "a save in place": (save,),
    "a save by renaming": (save_by_rename,),
    "a new file": (lambda project: save(project, "content/posts/second.md"),),
    "a file that is removed": (lambda project: (project / "content/posts/first.md").unlink(),),
    "the settings": (lambda project: save(project, "pelicanconf.py"),),
    "a mode": (lambda project: (project / "content/posts/first.md").chmod(0o600),),
    "a new folder, and what is saved in it": (
        lambda project: (project / "content" / "deeper" / "yet").mkdir(parents=True),
        lambda project: save(project, "content/deeper/yet/third.md"),
    ),
    "a folder that goes and comes back, and what is saved in it": (
        lambda project: (project / "content").rename(project / "away"),
        lambda project: (project / "away").rename(project / "content"),
        save,
    ),
    "a folder that is replaced, and what is saved in it": (
        lambda project: shutil.rmtree(project / "theme"),
        lambda project: shutil.copytree(project / "content", project / "theme"),
        lambda project: save(project, "theme/posts/first.md"),
    ),
    "what a link leads to": (to_folder, lambda project: save(project, "aside/deep/lost.md")),
    "what was missing": (
        lambda project: (project / "not" / "there").mkdir(parents=True),
        lambda project: save(project, "not/there/yet.py"),
    ),
}
SILENT: tuple[Change, ...] = (
    lambda project: save(project, "content/posts/.first.md.swp"),
    lambda project: (project / "content/posts/.#first.md").symlink_to("nobody@host.1"),
    lambda project: save(project, "content/posts/first.md~"),
    lambda project: save(project, "README.md"),
    lambda project: save(project, ".git/index"),
    lambda project: save(project, "aside/deep/lost.md"),
)


@contextlib.contextmanager
def kernel() -> Iterator[None]:
    """Let a watcher choose the best."""
    yield


@contextlib.contextmanager
def watchfiles() -> Iterator[None]:
    """Let a watcher think that it is on another system."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "platform", "darwin")
        yield


@contextlib.contextmanager
def comparing() -> Iterator[None]:
    """Leave no more files to be opened: then the kernel watches none."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


#: watchfiles does not follow a link that was not there when it began.
SEEN: dict[Means, list[str]] = {
    kernel: [*CHANGES],
    watchfiles: [change for change in CHANGES if to_folder not in CHANGES[change]],
    comparing: [*CHANGES],
}


@pytest.mark.parametrize(("means", "change"), [(means, change) for means in SEEN for change in SEEN[means]])
def test_a_change_is_told(project: Path, means: Means, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing_module, "PAUSE", SILENCE / 4)
    assert told_of(project, *CHANGES[change], means=means)[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say enough; run this on Linux")
def test_what_is_no_source_is_not_told(project: Path) -> None:
    assert told_of(project, *SILENT, save, means=kernel) == [False] * len(SILENT) + [True]


async def save_slowly(project: Path) -> None:
    """Empty a file, and write it a moment later."""
    with (project / "content/posts/first.md").open("w", encoding="utf-8") as file:
        await asyncio.sleep(SILENCE)
        file.write("after")


async def replace_slowly(project: Path) -> None:
    """Move a file out of the way, and put another in its place a moment later."""
    file = project / "content/posts/first.md"
    file.rename(file.with_name("first.md~"))
    await asyncio.sleep(SILENCE)
    file.write_text("after", encoding="utf-8")


async def rename(project: Path) -> None:
    """Give a file another name: then nothing more is to be expected of it."""
    (project / "content/posts/first.md").rename(project / "content/posts/second.md")
    await asyncio.sleep(SILENCE)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say enough; run this on Linux")
@pytest.mark.parametrize("slowly", [save_slowly, replace_slowly, rename])
def test_a_save_is_told_once_and_when_it_is_over(
    project: Path, monkeypatch: pytest.MonkeyPatch, slowly: Callable[[Path], Coroutine[None, None, None]]
) -> None:
    monkeypatch.setattr(settled, "LONGEST", PATIENCE)

    async def run() -> list[bool]:
        told: list[bool] = []
        watcher = Watcher(project / "pelicanconf.py", lambda: told.append(is_over))
        watcher.watch(watched(project))
        is_over = slowly is rename
        await slowly(project)
        is_over = True
        await asyncio.sleep(SILENCE)
        watcher.end()
        return told

    assert in_a_loop(run()) == [True]
