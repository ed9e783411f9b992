"""plugins/press/serve: no save is lost, however it is made, and none leaves anything in memory."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Site
from previews import COLD, Preview, preview_of, until

pytestmark = pytest.mark.starts_programs

FIRST = "/2026/01/first/"
#: Enough to show when the page of each save is kept, of 100 kB.
SAVES, LONG = 40, "long " * 20_000
#: After how many saves a process has most of the memory that it goes on with.
SETTLED = 100
#: In kilobytes, for all processes together. Python keeps some of what it gives back.
SLACK = 2500
#: On a busy machine a process may once more need as much as never before; what is kept of saves grows in each block.
BLOCKS = 3


def in_place(file: Path, text: str) -> None:
    """Save as most editors do."""
    file.write_text(text, encoding="utf-8")


def by_rename(file: Path, text: str) -> None:
    """Save as Vim and VS Code may: write a new file, and give it the name of the old one."""
    fresh = file.with_name("4913")
    fresh.write_text(text, encoding="utf-8")
    file.rename(file.with_name(f"{file.name}~"))
    fresh.rename(file)


def piece_by_piece(file: Path, text: str) -> None:
    """Save slowly, so that a half is seen before the whole."""
    with file.open("w", encoding="utf-8") as opened:
        for letter in text:
            opened.write(letter)
            opened.flush()


@pytest.mark.parametrize("save", [in_place, by_rename, piece_by_piece])
def test_what_was_saved_is_what_is_answered_next(
    site: Site, preview: Preview, save: Callable[[Path, str], None]
) -> None:
    file = site.folder / "content" / "posts" / "first.md"
    text = file.read_text(encoding="utf-8")
    for number in range(5):
        save(file, text.replace("alpha", f"save-{number}"))
        assert f"save-{number}" in preview.get(FIRST)[1]


def test_a_hundred_rapid_saves_end_with_the_last(site: Site, preview: Preview) -> None:
    for number in range(100):
        site.post("first", f"save-{number}\n")

    assert "save-99" in preview.get(FIRST)[1]


def test_what_editors_leave_beside_a_post_is_no_change(site: Site, preview: Preview) -> None:
    preview.says("the site is read")
    posts = site.folder / "content" / "posts"
    (posts / ".#first.md").symlink_to("nobody@host.1")
    for name in ("4913", "first.md~", "#first.md#", ".first.md.swp"):
        (posts / name).write_text("Not a post.\n", encoding="utf-8")

    assert preview.get(FIRST)[0] == 200
    site.post("second", "beta\n")
    preview.says("2 posts")
    changes = [line.split("  ")[1] for line in preview.said.splitlines() if " s  " in line]
    assert [change for change in changes if "second" not in change] == ["the site is read"]
    assert "error" not in preview.said
    assert "warning" not in preview.said


def test_a_post_appears_when_it_is_due(site: Site) -> None:
    """Without any save, and without anybody asking for a page."""
    site.post("first")
    site.post("much-later", date="2136-01-01")
    with preview_of(site) as preview:
        preview.says("due on 2136")
        due = datetime.now(UTC) + timedelta(seconds=5)
        site.post("later", date=due.isoformat(timespec="seconds"))
        assert "later" not in preview.get("/")[1]
        preview.says("a post is due")

        assert "/later/" in preview.get("/")[1] and "/much-later/" not in preview.get("/")[1]
        assert preview.said.count("a post is due") == 1


def test_a_folder_that_goes_and_comes_back_is_followed(site: Site, preview: Preview) -> None:
    preview.says("the site is read")
    content, aside = site.folder / "content", site.folder / "aside"
    content.rename(aside)
    preview.get(FIRST)
    aside.rename(content)
    assert "alpha" in preview.get(FIRST)[1]

    site.post("first", "beta\n")

    # Nobody asks: the watcher alone has to see it.
    preview.says(r"content/posts/first\.md  ")
    assert "beta" in preview.get(FIRST)[1]


def test_many_saves_leave_nothing_behind(site: Site) -> None:
    """Started cold: what a copy takes of its own in place of what it shared would look like growth."""

    def save(preview: Preview, numbers: range) -> None:
        for number in numbers:
            site.post("first", f"{LONG}\n\nsave-{number}\n")
            assert f"save-{number}" in preview.get(FIRST)[1]

    def sizes(preview: Preview) -> list[tuple[int, int, int]]:
        """For each process: kilobytes in memory, open files, threads."""
        found = []
        for pid in preview.processes():
            process = Path(f"/proc/{pid}")
            status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines())
            open_files = len(list((process / "fd").iterdir()))
            found.append((int(status["VmRSS"].split()[0]), open_files, int(status["Threads"])))
        return found

    if not Path("/proc/self/status").exists():
        pytest.skip("the system tells no sizes of processes; run this on Linux")
    site.post("first")
    with preview_of(site, program=COLD) as preview:
        save(preview, range(SETTLED))
        before = sizes(preview)
        grown = []
        for begun in range(SETTLED, SETTLED + BLOCKS * SAVES, SAVES):
            less = sum(memory for memory, _, _ in sizes(preview))
            save(preview, range(begun, begun + SAVES))
            until(lambda: len(sizes(preview)) == len(before), "a process is left")
            grown.append(sum(memory for memory, _, _ in sizes(preview)) - less)
            if grown[-1] < SLACK:
                break
        else:
            pytest.fail(f"texts are kept: {grown} kB after {SAVES} saves each")
        after = sizes(preview)
    for (_, files, threads), (_, more_files, more_threads) in zip(before, after, strict=True):
        assert more_files <= files + 1
        assert more_threads <= threads
