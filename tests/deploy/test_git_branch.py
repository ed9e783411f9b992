"""plugins/deploy/git_branch/: a branch of a bare repository on this machine.

KILLS=100 for a long run, SEED for other moments.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import threading
import time
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from deploy.deploy_error import DeployError
from deploy.git_branch.host import refuse_other_pages
from deploy.git_branch.page_hosts import PAGE_HOSTS, UNKNOWN, PageHost, page_host_of
from hosts.small_site import SmallSite

KILLS, SEED = int(os.environ.get("KILLS", "2")), int(os.environ.get("SEED", "1"))

GITHUB, GITLAB, CODEBERG = PAGE_HOSTS


@pytest.mark.parametrize(
    ("repository", "host", "shown_at"),
    [
        ("https://github.com/Ann/Blog.git", GITHUB, "https://ann.github.io/blog"),
        ("git@github.com:ann/ann.github.io", GITHUB, "https://ann.github.io"),
        ("ssh://git@ssh.github.com:443/ann/blog.git", GITHUB, "https://ann.github.io/blog"),
        ("https://www.github.com/ann/blog", GITHUB, "https://ann.github.io/blog"),
        ("https://token@gitlab.com/ann/blog/", GITLAB, "https://ann.gitlab.io/blog"),
        ("https://codeberg.org/ann/pages.git", CODEBERG, "https://ann.codeberg.page"),
        ("https://git.example.org/github.com/ann/blog", UNKNOWN, ""),
        ("../blog.git", UNKNOWN, ""),
    ],
)
def test_hosts(repository: str, host: object, shown_at: str) -> None:
    found = page_host_of([repository])
    assert (found, found.address_of(repository)) == (host, shown_at)


@pytest.mark.parametrize(
    ("host", "shown_at", "address", "is_refused"),
    [
        (GITHUB, "https://ann.github.io/blog", "https://ann.github.io/Blog", False),
        (GITHUB, "https://ann.github.io/blog", "https://ann.github.io", True),
        (GITHUB, "https://ann.github.io/blog", "https://solid-adventure-x1.pages.github.io", False),
        (GITLAB, "https://ann.gitlab.io/blog", "https://blog-4e9a6c.gitlab.io", False),
        (GITLAB, "https://ann.gitlab.io/blog", "https://bob.gitlab.io/blog", True),
        (CODEBERG, "https://ann.codeberg.page/blog", "https://ann.codeberg.page/blog/@new", False),
        (CODEBERG, "https://ann.codeberg.page/blog", "https://blog.example.org", False),
        (UNKNOWN, "", "https://ann.github.io", False),
    ],
)
def test_a_site_for_the_pages_of_another_repository_is_refused(
    host: PageHost, shown_at: str, address: str, is_refused: bool
) -> None:
    with pytest.raises(DeployError, match="SITEURL=") if is_refused else nullcontext():
        refuse_other_pages(host, shown_at, address)


class Bare:
    """A bare repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        subprocess.run(["git", "init", "--quiet", "--bare", folder], check=True)

    def git(self, *arguments: str) -> str:
        """Run git in it."""
        done = subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def page(self, branch: str, path: str = "index.html") -> str:
        """A file that readers see."""
        return self.git("show", f"{branch}:{path}")

    def files(self, branch: str) -> list[str]:
        """All that the branch has."""
        return self.git("ls-tree", "-r", "--name-only", branch).splitlines()

    def commit(self, branch: str, path: str, text: str) -> None:
        """Add a file to a branch, as a host or a user does."""
        text = f"commit refs/heads/{branch}\ncommitter A <a@b> 1 +0000\ndata 5\nOther\n" + (
            f"from refs/heads/{branch}^0\n" if self.git("branch", "--list", branch) else ""
        ) + f"M 100644 inline {path}\ndata {len(text)}\n{text}\n"  # fmt: skip
        subprocess.run(["git", "-C", self.folder, "fast-import", "--quiet"], input=text, text=True, check=True)


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    """A repository at a host."""
    return Bare(tmp_path / "it's a repository.git")


@pytest.mark.starts_programs
def test_a_site_goes_to_a_branch_and_back(blog: SmallSite, bare: Bare) -> None:
    """Going back is a commit of its own, and doing so again goes further back."""
    blog.environment["DEPLOY_TO"] = f"git+{bare.folder}#pages"
    assert "2 added" in blog.deployed() and bare.files("pages") == ["index.html", "theme/style.css"]
    blog.number(1)
    assert "  changed  index.html" in blog.deployed(DEPLOY_DRY_RUN="1") and "Number 0" in bare.page("pages")
    blog.deployed()
    assert "up to date" in blog.deployed()
    blog.number(2)
    blog.deployed()
    assert bare.git("rev-list", "--count", "pages") == "3"

    for number in (1, 0):
        blog.deployed("rollback")
        assert f"Number {number}" in bare.page("pages")
    last = bare.git("rev-list", "pages").splitlines()[2]
    said = blog.refused("rollback")
    assert "no release before" in said and last[:10] in said
    blog.deployed("rollback", DEPLOY_RELEASE=last[:10])
    assert "Number 2" in bare.page("pages") and bare.git("rev-list", "--count", "pages") == "6"
    assert not (blog.folder / ".deployed/repository.git").exists()


@pytest.mark.starts_programs
def test_each_host_gets_what_it_needs(blog: SmallSite, tmp_path: Path) -> None:
    """The project's own configuration says where the host is, as it may say who the user is."""
    subprocess.run(["git", "init", "--quiet", blog.folder], check=True)
    for domain, branch, files in (
        ("github.com", "gh-pages", [".nojekyll", "index.html", "theme/style.css"]),
        ("gitlab.com", "pages", [".gitlab-ci.yml", "public/index.html", "public/theme/style.css"]),
        ("codeberg.org", "pages", ["index.html", "theme/style.css"]),
    ):
        bare = Bare(tmp_path / domain / "ann" / "blog.git")
        setting = (f"url.{tmp_path}/{domain}/.insteadOf", f"https://{domain}/")
        subprocess.run(["git", "-C", blog.folder, "config", *setting], check=True)
        said = blog.deployed(DEPLOY_TO=f"git+https://{domain}/ann/blog")
        assert bare.files(branch) == files, domain
        assert branch in said and "knows that domain" in said

    subprocess.run(["git", "-C", blog.folder, "remote", "add", "origin", bare.folder], check=True)
    blog.number(1)
    # As from a hook of git's.
    blog.deployed(DEPLOY_TO="branch:pages", GIT_DIR=".git", GIT_WORK_TREE=".", GIT_INDEX_FILE=".git/index")
    assert "Number 1" in bare.page("pages")
    assert "no remote called upstream" in blog.refused(DEPLOY_TO="git+upstream#pages")
    blog.set('SITEURL = "https://bob.github.io/blog"')
    blog.write({"index.html": "<p>Bob's."})
    assert "SITEURL=https://ann.github.io/blog" in blog.refused(DEPLOY_TO="git+https://github.com/ann/blog")


@pytest.mark.starts_programs
def test_a_branch_that_is_not_ours_is_left_alone(blog: SmallSite, bare: Bare) -> None:
    blog.environment["DEPLOY_TO"] = f"git+{bare.folder}#main"
    bare.commit("main", "README", "Sources")
    assert "FORCE=1" in blog.refused()
    bare.commit("main", "pelicanconf.py", "Sources")
    assert "holds the sources" in blog.refused(DEPLOY_FORCE="1")
    assert bare.files("main") == ["README", "pelicanconf.py"]
    bare.commit("pages", "index.html", "Old")
    blog.deployed(DEPLOY_TO=f"git+{bare.folder}#pages", DEPLOY_FORCE="1")
    assert bare.git("rev-list", "--count", "pages") == "2", "the history stays"


@pytest.mark.starts_programs
def test_the_domain_that_a_host_has_written_down_stays(blog: SmallSite, bare: Bare) -> None:
    blog.environment["DEPLOY_TO"] = f"git+{bare.folder}#pages"
    blog.deployed()
    bare.commit("pages", "CNAME", "example.org\n")
    blog.number(1)
    blog.deployed()
    blog.deployed("rollback")
    assert bare.page("pages", "CNAME") == "example.org" and "Number 0" in bare.page("pages")
    bare.commit("pages", "CNAME", "example.com\n")
    assert "example.com" in blog.refused()


@pytest.mark.starts_programs
def test_what_git_refuses_is_said_with_what_to_do_and_without_secrets(blog: SmallSite, bare: Bare) -> None:
    (bare.folder / "hooks/pre-receive").write_text("#!/bin/sh\necho protected by Ann\nexit 1\n")
    (bare.folder / "hooks/pre-receive").chmod(0o755)
    for to, said in (
        (f"git+{bare.folder}#pages", "protected by Ann"),
        (f"git+{bare.folder}", "#pages"),
        (f"git+{bare.folder}-none#pages", "no repository"),
        ("git+host.example/ann/blog", "write git+https://host.example/ann/blog"),
        ("git+s3cret-t0ken@host.example/ann/blog", "write git+https://host.example/ann/blog"),
        ("git+https//host.example/ann/blog", "write git+https://host.example/ann/blog"),
        ("git+https://gihub.com/ann/blog", "is at none of github.com, gitlab.com, codeberg.org"),
        ("git+https://ann:s3cret-t0ken@127.0.0.1:1/blog.git#pages", "takes no connection"),
        ("git+https://s3cret-t0ken@no-such-host.invalid/blog.git#pages", "is unknown"),
        ("https://ann:s3cret-t0ken@github.com/blog.git", "git+"),
    ):
        refusal = blog.refused(DEPLOY_TO=to)
        assert said in refusal and "s3cret" not in refusal, refusal
    assert "git is not installed here" in blog.refused(DEPLOY_TO="git+/srv/x#pages", PATH="/nowhere")


class _Noting(BaseHTTPRequestHandler):
    """Notes what git shows to be let in, and knows no repository."""

    shown: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer."""
        self.shown.append(self.headers.get("Authorization", ""))
        self.send_error(404)

    def log_message(self, format: str, *arguments: object) -> None:
        """Without a word."""


@pytest.mark.starts_programs
def test_the_projects_own_credentials_are_used_and_not_printed(blog: SmallSite) -> None:
    """As actions/checkout leaves them in the repository; git itself shows such a header where it is asked."""
    server = HTTPServer(("127.0.0.1", 0), _Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    git = ["git", "-C", blog.folder]
    subprocess.run(["git", "init", "--quiet", blog.folder], check=True)
    subprocess.run([*git, "config", f"http.{address}/.extraheader", "Authorization: basic s3cret"], check=True)
    subprocess.run([*git, "remote", "add", "origin", f"{address}/ann/blog.git"], check=True)
    said = blog.refused(DEPLOY_TO="branch:gh-pages")
    server.shutdown()

    assert "there is no repository" in said and "s3cret" not in said
    assert _Noting.shown[0] == "basic s3cret"


@pytest.mark.starts_programs
def test_of_two_deployments_one_is_turned_away(blog: SmallSite, bare: Bare, tmp_path: Path) -> None:
    """The second comes in while the first is on its way."""
    blog.environment["DEPLOY_TO"] = f"git+{bare.folder}#pages"
    blog.deployed()
    other = SmallSite(tmp_path / "other")
    other.number(7)
    hook = bare.folder / "hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/waits\nwhile [ -e {tmp_path}/waits ]; do sleep 0.02; done\n")
    hook.chmod(0o755)
    blog.number(1)
    first = blog.start()
    while not (tmp_path / "waits").exists():
        time.sleep(0.02)
    hook.unlink()
    other.deployed(DEPLOY_TO=blog.environment["DEPLOY_TO"])
    (tmp_path / "waits").unlink()
    said = first.said()
    assert first.returncode == 1 and "deploy again" in said, said
    assert "Number 7" in bare.page("pages")


@pytest.mark.starts_programs
def test_cut_off_at_any_moment(blog: SmallSite, bare: Bare) -> None:
    """The branch has one edition or the other, and the next deployment finishes."""
    moments = random.Random(SEED)
    blog.environment["DEPLOY_TO"] = f"git+{bare.folder}#pages"
    blog.number(0, 40)
    start = time.monotonic()
    blog.deployed()
    longest, before = time.monotonic() - start, 0
    for number in range(1, KILLS + 1):
        blog.number(number, 40)
        deployment = blog.start()
        time.sleep(moments.uniform(0.3, 1.3) * longest)
        deployment.send_signal(moments.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
        said = deployment.said()
        assert "Traceback" not in said, said
        numbers = {*re.findall(r"Number (\d+)", bare.git("grep", "-h", "Number", "pages", "--", "*.html"))}
        assert len(numbers) == 1 and numbers <= {str(before), str(number)}
        before = int(numbers.pop())
    blog.number(KILLS + 1, 40)
    blog.deployed()
    assert f"Number {KILLS + 1}" in bare.page("pages", "page-39/index.html") and len(bare.files("pages")) == 41
