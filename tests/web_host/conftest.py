"""A site that was published, and the real nginx and Caddy that serve it on this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Site, need

#: The parts of nginx that Debian has in packages of their own.
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

#: Where the site is: the observatory tells scripts of the same host from others.
HOME = "https://localhost"

_INLINE = """<p style="color: #123456" id="styled">Styled.</p>
<script>document.documentElement.dataset.inline = "ran"</script>
<button onclick="document.documentElement.dataset.handler = 'ran'">Press</button>
<style>#styled { font-style: italic }</style>
"""


class Answer(NamedTuple):
    """What a server answers: the status, the headers by their names in lower case, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server(NamedTuple):
    """A server on this machine, by its ports for `http:` and `https:`; the latter is 0 if it has none."""

    port: int
    secure_port: int = 0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        """Ask it for something; `_` in the name of a header is a hyphen."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found


#: Posts have another address than in a WordPress.
_SETTINGS = """
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
FEED_ALL_RSS = "feeds/all.rss.xml"
SECURITY_TXT = {"Contact": "mailto:ann@example.org", "Expires": "2999-01-01"}
"""
#: Files beside the posts.
_FILES = {
    "images/drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg" style="color: red"/>',
    "images/font.woff2": "wOF2",
}


def fill(site: Site) -> Site:
    """Give a site what a host has to do with."""
    site.post("moved", aliases="/old/, /older.html, /?p=12, /alt/größe/", wordpress_id="7", modified="2026-02-03 04:05")
    site.post("styled", _INLINE)
    site.post("word", lang="es", slug="moved", title="Movido", translation="true")
    site.post("waits", status="draft")
    site.post("secret", status="hidden")
    site.settings(_SETTINGS)
    for name, text in _FILES.items():
        file = site.folder / "content" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return site


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that was published at the root of a host."""
    site = fill(Site(tmp_path_factory.mktemp("published")))
    site.built("publishconf.py", SITEURL=HOME)
    return site


@pytest.fixture(scope="session")
def below_folder(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return one that was published below a folder, in a folder of that name."""
    site = fill(Site(tmp_path_factory.mktemp("below")))
    site.built("publishconf.py", SITEURL=f"{HOME}/blog")
    (site.folder / "host").mkdir()
    site.output.rename(site.folder / "host" / "blog")
    site.output = site.folder / "host" / "blog"
    return site


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return int(there.getsockname()[1])


def nginx_conf(site: Site, root: Path, folder: Path, server: Server, certificate: Path | None) -> str:
    """The settings of an nginx that keeps all that it writes in a folder."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    includes = site.output / ".host"
    brotli = "brotli_static on;" if _BROTLI.is_file() else ""
    site_lines = f"root {root}; {brotli} include {includes}/nginx-server.conf;"
    secure = (
        f"server {{ listen 127.0.0.1:{server.secure_port} ssl; ssl_certificate {certificate}/cert.pem; "
        f"ssl_certificate_key {certificate}/key.pem; {site_lines} }}"
        if certificate
        else ""
    )
    plain = f"return 301 https://localhost:{server.secure_port}$request_uri;" if certificate else site_lines
    return f"""
{f"load_module {_BROTLI};" if _BROTLI.is_file() else ""}
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{ access_log off; {temporary} include {includes}/nginx-http.conf; {secure}
server {{ listen 127.0.0.1:{server.port}; {plain} }} }}
"""


@contextlib.contextmanager
def running(command: list[str], port: int, errors: Path, **environment: str) -> Iterator[None]:
    """Run a server until it is no longer needed."""
    with errors.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment})
        try:
            for _ in range(400):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                assert process.poll() is None, errors.read_text(encoding="utf-8")
                time.sleep(0.025)
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def serve_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Return a function that has a server, `nginx` or `caddy`, serve a site with what was written for it. `root` is the
    folder that it serves, if that is not the site, and `certificate` that of a key, for `https:` with nginx.
    """
    with contextlib.ExitStack() as stack:

        def serve(name: str, site: Site, root: Path | None = None, certificate: Path | None = None) -> Server:
            program = need(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"), name, f"apt-get install {name}")
            program = need(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"), name, f"apt-get install {name}")
            folder, server = tmp_path_factory.mktemp(name), Server(free_port(), free_port() if certificate else 0)
            settings, shown = folder / "settings", root or site.output
            if name == "nginx":
                text = nginx_conf(site, shown, folder, server, certificate)
                command = [program, "-p", str(folder), "-c", str(settings)]
            else:
                block = f"root * {shown}\nimport {site.output}/.host/Caddyfile\n"
                text = f"{{\nadmin off\n}}\nhttp://127.0.0.1:{server.port} {{\n{block}}}\n"
                command = [program, "run", "--config", str(settings), "--adapter", "caddyfile"]
            settings.write_text(text, encoding="utf-8")
            home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
            stack.enter_context(running(command, server.port, folder / "log", **home))
            return server

        yield serve
