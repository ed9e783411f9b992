"""What a build reads: just what Pelican publishes, and a folder or file that it cannot see is named."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Site, need, press_environment
from warm.program import run

MISSPELT = "Type:\n\n```sh\niptables -A INPUT -p tcp --dprot 22 -j ACCEPT\n```\n"
RST = "Titled\n######\n\n:date: 2026-01-01\n:slug: {}\n\n{}\n"
HTML = (
    '<html><head><title>T</title><meta name="date" content="2026-01-01"><meta name="slug" content="{}"></head>'
    "<body>{}</body></html>\n"
)


def write(site: Site, name: str, text: str) -> Path:
    """Write a file below content/posts, and its folders."""
    file = site.folder / "content/posts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_what_editors_leave_is_passed_over(site: Site) -> None:
    """Locks, copies and hidden files of all sorts are neither judged nor published."""
    bad = site.post("good").read_text(encoding="utf-8") + MISSPELT
    for name in (".#open.md", "._good.md", ".secret.md", "#good.md#", "good.md~", "4913", ".good.md.swp", ".git/a.md"):
        write(site, name, bad)
    (site.folder / "content/posts/.#good.md").symlink_to("nobody@host.1")

    result = site.build()

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("1 post, 0 pages; 0 iptables commands checked")
    assert [path.name for path in (site.output / "2026/01").iterdir() if path.is_dir()] == ["good"]


def test_what_the_settings_leave_out(site: Site) -> None:
    """Excluded and ignored folders, a post and a page to skip: Pelican leaves them out, and so does drytables."""
    site.post("good")
    for name in ("attic/a.md", "wip/b.md", "sub/wip/c.md"):
        write(site, name, MISSPELT)
    site.post("skipped", MISSPELT, status="skip")
    site.post("in-capitals", MISSPELT, status="Skip")
    write(site, "later.rst", RST.format("later", ":status: skip\n\nAlso ``iptables -F``."))
    (site.folder / "content/pages/old").mkdir()
    (site.folder / "content/pages/old/d.md").write_text(MISSPELT, encoding="utf-8")
    (site.folder / "content/pages/e.md").write_text(f"Title: E\nStatus: skip\n\n{MISSPELT}", encoding="utf-8")
    site.settings('ARTICLE_EXCLUDES = ["posts/attic"]\nPAGE_EXCLUDES = ["pages/old"]\nIGNORE_FILES = ["wip"]')

    result = site.build()

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "1 post, 0 pages; 0 iptables commands checked, 0 refused\n"
    assert not list(site.output.glob("2026/01/*/skipped"))


def test_an_unknown_status_is_shown_at_its_line(site: Site) -> None:
    """It is told once."""
    site.post("odd", status="wip")

    result = site.build()

    assert result.returncode == 1
    assert "content/posts/odd.md:6:9\n" in result.stderr
    assert "unknown status `wip`" in result.stderr
    assert result.stderr.count("error[") == 1 and "; 1 error: the site was not built" in result.stderr


def test_posts_of_other_formats(site: Site) -> None:
    """They are published and counted when they show no command, and refused by file and line when they do."""
    site.post("good")
    write(site, "quiet.rst", RST.format("quiet", "About iptables, a tool.\n\niptables\n========\n\nNo more."))
    write(site, "quiet.html", HTML.format("quiet2", "<p>About <code>iptables-save</code> and <b>ip6tables</b>.</p>"))
    result = site.build()
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "3 posts, 0 pages; 0 iptables commands checked, 0 refused\n"

    write(site, "loud.rst", RST.format("loud", ".. code-block:: sh\n\n    sudo iptables -A INPUT --nope"))
    write(site, "part.txt", "iptables --flush\n")
    write(site, "outside.rst", RST.format("outside", ".. include:: part.txt"))
    write(site, "loud.html", HTML.format("loud2", "<pre>ip&#116;ables&nbsp;-<b>A</b> INPUT --nope</pre>"))
    write(site, "strange.rst", RST.format("strange", "Below:\n\n.. youtube:: x"))
    result = site.build()
    assert result.returncode == 1
    assert "--> content/posts/strange.rst:9:1\n" in result.stderr
    assert 'note: docutils says: Unknown directive type "youtube"\n' in result.stderr
    assert result.stderr.count("error[dropped-post]") == 1
    (site.folder / "content/posts/strange.rst").unlink()

    result = site.build()
    assert result.returncode == 1
    for place in ("loud.rst:9:28", "outside.rst:1:1", "loud.html:1:1"):
        assert f"--> content/posts/{place}\n" in result.stderr
    assert result.stderr.count("error[") == 3
    assert result.stderr.count("error[unjudged-post]") == 2
    assert "error[unknown-option]" in result.stderr
    assert "1 iptables command checked, 1 refused" in result.stderr

    site.settings("DRYTABLES_FAIL = False")
    result = site.build()
    assert (result.returncode, result.stderr.count("error[unjudged-post]")) == (0, 2)


def removed(site: Site) -> None:
    """Delete all posts."""
    (site.folder / "content/posts/good.md").unlink()


def all_but_a_draft(site: Site) -> None:
    """Delete all posts but one that is not published."""
    removed(site)
    site.post("later", status="draft")


def all_hidden(site: Site) -> None:
    """Delete all posts but one that is in no list."""
    removed(site)
    site.post("apart", status="hidden")


def filtered(site: Site) -> None:
    """Leave all posts out."""
    site.settings('IGNORE_FILES = ["*.md"]')


def missing(site: Site) -> None:
    """Move the folder away."""
    (site.folder / "content/posts").rename(site.folder / "posts")


def misspelt(site: Site) -> None:
    """Name a folder that there never was."""
    site.settings('PAGE_PATHS = ["paegs"]')


def lost(site: Site) -> None:
    """Leave a link where the folder was."""
    missing(site)
    (site.folder / "content/posts").symlink_to("nowhere")


def circular(site: Site) -> None:
    """Leave a link to itself."""
    missing(site)
    (site.folder / "content/posts").symlink_to("posts")


def a_file(site: Site) -> None:
    """Leave a file where the folder was."""
    missing(site)
    (site.folder / "content/posts").touch()


def leading_back(site: Site) -> None:
    """Link a folder into itself."""
    (site.folder / "content/posts/again").symlink_to(".")


LOSSES: list[tuple[Callable[[Site], None], str]] = [
    # what becomes of the posts => what is said
    (removed, "error: no post was found in content/posts, but output/ has 1, such as 2026/01/good/index.html. "),
    (all_but_a_draft, "error: no post but drafts and hidden ones was found in content/posts, but output/ has 1, "),
    (all_hidden, "error: no post but drafts and hidden ones was found in content/posts, but output/ has 1, "),
    (filtered, "error: no post was found in content/posts, but output/ has 1, "),
    (missing, "error: content/posts cannot be read: No such file or directory. It is listed in ARTICLE_PATHS of "),
    (
        misspelt,
        "error: content/paegs cannot be read: No such file or directory. It is listed in PAGE_PATHS of ",
    ),
    (lost, "error: content/posts is a broken link"),
    (circular, "error: content/posts is a broken link"),
    (a_file, "error: content/posts is neither a folder nor a file that Pelican reads"),
    (leading_back, "error: content/posts/again is a link to a folder that contains it; remove it"),
]


@pytest.mark.parametrize(("lose", "said"), LOSSES, ids=[lose.__name__ for lose, _ in LOSSES])
def test_posts_that_were_there(good_site: Site, tmp_path: Path, lose: Callable[[Site], None], said: str) -> None:
    """A site never loses its posts without a word; what was published stays."""
    site = good_site.copied_to(tmp_path / "site")
    lose(site)

    result = site.build()

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(said), result.stderr
    assert "again/again" not in result.stderr
    assert (site.output / "2026/01/good/index.html").is_file()


def test_what_cannot_be_read_is_named(site: Site) -> None:
    """A folder or a post that a link should lead to, a post in capitals, which Pelican does not take, and a pipe."""
    posts = site.folder / "content/posts"
    (posts / "2025").symlink_to("/no/such/disk")
    (posts / "linked.md").symlink_to("../drafts/linked.md")
    (posts / "LOUD.MD").touch()
    os.mkfifo(posts / "pipe.md")

    assert site.build().stderr.split("\n\n")[:-1] == [
        "error: content/posts/2025 is a broken link; fix or remove it",
        "error: content/posts/LOUD.MD is skipped by Pelican; write its extension in lower case: .md",
        "error: content/posts/linked.md is a broken link; fix or remove it",
        "error: content/posts/pipe.md is not a regular file; remove or rename it",
    ]


def test_a_folder_that_is_too_deep_is_named(site: Site) -> None:
    """No system opens it by a path that is so long."""
    site.post("good")
    name, here = "d" * 200, os.open(site.folder / "content/posts", os.O_RDONLY)
    for _ in range(25):
        os.mkdir(name, dir_fd=here)
        above, here = here, os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(above)
    os.close(here)

    result = site.build()
    subprocess.run(["rm", "-r", site.folder / "content/posts" / name], check=True)

    assert result.returncode == 1
    assert ": File name too long: content/posts/ddd" in result.stderr
    assert ". Shorten its name, or those of the folders above\n" in result.stderr
    assert "-->" not in result.stderr


def test_a_site_without_posts(site: Site) -> None:
    """It builds, again too; one that had posts does when its output was removed."""
    assert site.build().stdout.startswith("0 posts, 0 pages; ")
    gone = site.post("gone")
    site.built()
    gone.unlink()
    assert site.build().returncode == 1

    shutil.rmtree(site.output)
    assert site.build().returncode == 0


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that an ordinary user can enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.starts_programs
def test_a_folder_that_cannot_be_read(open_folder: Path) -> None:
    """It is named, however deep it is, and so is a file."""
    site = Site(open_folder).with_packages()
    site.post("good")
    write(site, "deep/down/hidden.md", "Title: Hidden\n")
    (site.folder / "content/posts/deep/down").chmod(0)
    write(site, "shut.md", "Title: Shut\n").chmod(0)
    become: tuple[str, ...] = ()
    if not os.geteuid():
        for path in (site.folder, *site.folder.rglob("*")):
            os.chown(path, 65534, 65534)
        become = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        trial = [*become, sys.executable, "-c", "import pelican"]
        tried = shutil.which("setpriv") and subprocess.run(trial, check=False)
        need(tried and not tried.returncode, "a Python that others than root can run", "apt-get install util-linux")

    result = subprocess.run(
        [*become, sys.executable, "-m", "press", "build", "pelicanconf.py", "--output", "output"],
        cwd=site.folder, env=press_environment(), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    (site.folder / "content/posts/deep/down").chmod(0o755)
    assert result.returncode == 1
    assert "error: content/posts/deep/down cannot be read: Permission denied. " in result.stderr
    assert "error: content/posts/shut.md cannot be read: Permission denied. " in result.stderr
    assert not site.output.exists()


@pytest.mark.starts_programs
def test_what_is_in_pelicans_own_cache_is_judged_all_the_same(site: Site) -> None:
    """A refused command is refused again by the next build, which reads the post from the cache."""
    site.post("good")
    site.post("bad", MISSPELT)
    site.settings("CACHE_CONTENT = LOAD_CONTENT_CACHE = True\nDRYTABLES_FAIL = os.environ.get('FAIL') == '1'")
    command = ["pelican", "--settings", "pelicanconf.py", "--output", "output"]

    def built(**environment: str) -> tuple[int, str]:
        done = run(command, site.folder, {**press_environment(), **environment})
        return done.returncode, done.stderr.decode()

    status, said = built()
    assert status == 0 and "content/posts/bad.md:10:26" in said, said
    status, said = built(FAIL="1")
    assert status == 1 and "content/posts/bad.md:10:26" in said
    site.post("bad", MISSPELT.replace("dprot", "dport"))
    assert built(FAIL="1")[0] == 0
