"""plugins/press/preview.py: `make serve`."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection

import pytest
from conftest import Site, press_environment

# How long a change may take to arrive before it counts as lost. Not a measure of speed.
PATIENCE = 60


class Preview:
    """A preview that runs on a port the system chose."""

    def __init__(self, site: Site) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "press.preview", "0"],
            cwd=site.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**press_environment(), "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout
        for line in self.process.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found[1])
                return
        raise AssertionError("the preview did not start")

    def get(self, path: str, method: str = "GET") -> tuple[int, str, str | None]:
        """Return the status, the body and the Cache-Control of one answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.getheader("Cache-Control")

    def wait_for(self, path: str, fits: Callable[[int, str], bool]) -> None:
        """Ask until the answer fits."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, body, _ = self.get(path)
            if fits(status, body):
                return
            time.sleep(0.1)
        raise AssertionError(f"{path} never became what it should")

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit status and what was printed since the start."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@pytest.fixture
def preview(site: Site) -> Iterator[Preview]:
    """Return the preview of a site with one post."""
    site.post("first", "alpha\n")
    preview = Preview(site)
    yield preview
    preview.process.kill()
    preview.process.communicate()


def test_answers_like_a_host(preview: Preview) -> None:
    """Folders have their index page, what is missing has the site's own page, and nothing is kept by the browser."""
    assert preview.get("/2026/01/first/")[0] == 200
    assert preview.get("/2026/01/first")[0] == 301
    status, body, cached = preview.get("/no/such/page/")
    assert (status, cached) == (404, "no-store")
    assert "<h1>Page not found</h1>" in body
    assert preview.get("/no/such/page/", "HEAD")[:2] == (404, "")
    assert preview.get("/theme/")[0] == 404
    assert preview.get("/../pelicanconf.py")[0] == 404
    for unheard_of in ("/%00", "/theme/%00.css", "/%00/", "/a?b%00", "//[", "/" + "a" * 3000):
        assert preview.get(unheard_of)[0] == 404, unheard_of


def test_rebuilds_on_save(site: Site, preview: Preview) -> None:
    """A saved post, setting and stylesheet show; a post that is refused leaves the last good site."""
    site.post("first", "beta\n")
    preview.wait_for("/2026/01/first/", lambda status, body: "beta" in body)

    site.post("added", "Added.\n")
    preview.wait_for("/2026/01/added/", lambda status, body: status == 200)

    site.settings("SITENAME = 'Another name'")
    preview.wait_for("/", lambda status, body: "Another name" in body)

    for sheet in ("theme/static/style.css", "plugins/drytables/formats/html/snippets.css"):
        with (site.folder / sheet).open("a", encoding="utf-8") as end:
            end.write(f".snippet {{ content: '{sheet}'; }}")
        preview.wait_for("/theme/style.css", lambda status, body, sheet=sheet: f"'{sheet}'" in body)

    site.post("first", "delta.\n\n```sh\niptables -A INPUT --no-such-option\n```\n")
    site.post("added", date="never")
    assert preview.process.stdout
    for line in preview.process.stdout:
        if "added.md" in line:
            break
    assert "beta" in preview.get("/2026/01/first/")[1]

    site.post("added", "Mended.\n")
    site.post("first", "gamma\n")
    preview.wait_for("/2026/01/first/", lambda status, body: "gamma" in body)


def test_ends_quietly(preview: Preview) -> None:
    """Ctrl-C ends it without a traceback, with status 0; nor did an address that no file can have leave one."""
    preview.get("/%00")

    assert preview.stop() == (0, "")


def test_port_in_use(site: Site, preview: Preview) -> None:
    """A second preview on the same port says so in one line."""
    second = subprocess.run(
        [sys.executable, "-m", "press.preview", str(preview.port)], cwd=site.folder, capture_output=True, text=True,
        check=False, timeout=PATIENCE, env=press_environment(),
    )  # fmt: skip

    assert second.returncode == 1
    assert second.stderr.startswith(f"error: port {preview.port} cannot be used")
    assert second.stderr.count("\n") == 1
