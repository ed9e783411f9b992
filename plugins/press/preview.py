"""Shows the site while it is written: `python -m press.preview [PORT]`, which `make serve` calls.

Builds, serves output/ on 127.0.0.1, and builds again whenever content, theme, plugins or settings are saved. Each build
is a new process of build.py, so changes to plugins take effect too, and one that fails leaves the last good site in
place, with its report in the terminal. The preview has one extra page: /style/, with every element of the theme. Ctrl-C
ends it.
"""

import functools
import os
import subprocess
import sys
import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import PythonFilter, watch

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "output"
FOLDERS = [ROOT / "content", ROOT / "theme", ROOT / "plugins"]
DEFAULT_PORT = 8000


class SitePreview(SimpleHTTPRequestHandler):
    """Serves files as a static host does: index.html for a folder, 404.html for a missing file, and nothing cached."""

    def end_headers(self) -> None:
        """End the headers, telling the browser to ask again each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_head(self) -> Any:
        """Send the headers; an address that cannot be a file name, such as one with a NUL, counts as missing."""
        try:
            return super().send_head()
        except ValueError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def list_directory(self, path: str | object) -> None:
        """Refuse to list a folder, as static hosts do."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page if something is missing."""
        page = OUTPUT / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing, to keep the terminal free for build reports."""


def watch_for_saves(saved: threading.Event) -> None:
    """Set `saved` at each change of a source, from now on and in the background."""

    def watch_folders() -> None:
        for _ in watch(*(folder for folder in FOLDERS if folder.exists())):
            saved.set()

    def watch_settings() -> None:
        for changes in watch(ROOT, watch_filter=PythonFilter(), recursive=False):
            if any(Path(path).name.endswith("conf.py") for _, path in changes):
                saved.set()

    for watcher in (watch_folders, watch_settings):
        threading.Thread(target=watcher, daemon=True).start()


def build() -> None:
    """Build the preview in a process of its own, which prints its own report."""
    command = [sys.executable, "-m", "press.build", "pelicanconf.py", str(OUTPUT)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "STYLE_PAGE": "1"}
    subprocess.run(command, cwd=ROOT, env=environment, check=False)


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C and return the exit status."""
    try:
        port = int(arguments[0]) if arguments else DEFAULT_PORT
        server = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(SitePreview, directory=str(OUTPUT)))
    except (ValueError, OverflowError):
        print(f"error: {arguments[0]!r} is not a port; use a number from 1024 to 65535", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"error: port {port} cannot be used: {error.strerror}. Try another: make serve PORT=8001", file=sys.stderr
        )
        return 1
    saved = threading.Event()
    try:
        watch_for_saves(saved)
        build()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Preview: http://127.0.0.1:{server.server_port}/ (press Ctrl-C to stop)", flush=True)
        while True:
            saved.wait()
            saved.clear()
            build()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
