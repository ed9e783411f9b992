"""The real nginx and the real Caddy, each with what a published site has for it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from conftest import Site, need

from .ports import free_port

#: The part of nginx that Debian has in a package of its own.
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
#: A line of JSON for each answer, as nginx is told to write it; Caddy has its own.
_LOG = (
    """log_format requests escape=json '{"path": "$request_uri", "status": $status, """
    """"encoding": "$sent_http_content_encoding"}';"""
)


class Answer(NamedTuple):
    """What a server answers: the status, the headers by their names in lower case, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Request(NamedTuple):
    """What a server was asked for, and how it answered: `encoding` is empty for what was not compressed."""

    path: str
    status: int
    encoding: str


class Ports(NamedTuple):
    """Where a server listens, for `http:` and `https:`; the latter is 0 if it does not."""

    plain: int
    secure: int = 0


class Server(NamedTuple):
    """A server on this machine: its ports, as `Ports` has them, and the file of what it was asked for."""

    port: int
    secure_port: int
    log: Path

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

    def requests(self) -> list[Request]:
        """Return what it was asked for since it was started."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [_request(json.loads(line)) for line in lines]


def _request(line: dict) -> Request:
    if "request" in line:
        encoding = line["resp_headers"].get("Content-Encoding", [""])[0]
        return Request(line["request"]["uri"], line["status"], encoding)
    return Request(line["path"], line["status"], line["encoding"])


def make_certificate(folder: Path) -> None:
    """Make a key for localhost in a folder, `key.pem`, and a certificate that it has signed itself, `cert.pem`."""
    openssl = need(shutil.which("openssl"), "openssl", "apt-get install openssl")
    made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-out", "cert.pem"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run([openssl, "req", "-x509", *made, *names], cwd=folder, check=True, capture_output=True)


def free_ports() -> Ports:
    """Return two ports of this machine that nobody listens at."""
    return Ports(free_port(), free_port())


def _nginx(site: Site, root: Path, folder: Path, ports: Ports, certificate: Path | None) -> str:
    """The settings of an nginx that keeps all that it writes in a folder."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    includes = site.output / ".host"
    brotli = "brotli_static on;" if BROTLI.is_file() else ""
    site_lines = f"root {root}; {brotli} include {includes}/nginx-server.conf;"
    secure = (
        f"server {{ listen 127.0.0.1:{ports.secure} ssl; ssl_certificate {certificate}/cert.pem; "
        f"ssl_certificate_key {certificate}/key.pem; {site_lines} }}"
        if certificate
        else ""
    )
    plain = f"return 301 https://localhost:{ports.secure}$request_uri;" if certificate else site_lines
    return f"""
{f"load_module {BROTLI};" if BROTLI.is_file() else ""}
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{ {_LOG} access_log {folder}/requests requests; {temporary} include {includes}/nginx-http.conf; {secure}
server {{ listen 127.0.0.1:{ports.plain}; {plain} }} }}
"""


def _caddy(site: Site, root: Path, folder: Path, ports: Ports, certificate: Path | None) -> str:
    """The settings of a Caddy."""
    block = f"root * {root}\nimport {site.output}/.host/Caddyfile\nlog {{\noutput file {folder}/requests\n}}\n"
    secure = f"https://localhost:{ports.secure} {{\ntls {certificate}/cert.pem {certificate}/key.pem\n{block}}}\n"
    plain = f"http://127.0.0.1:{ports.plain} {{\n{block}}}\n"
    return f"{{\nadmin off\nauto_https disable_redirects\n}}\n{plain}{secure if certificate else ''}"


@contextlib.contextmanager
def serving(
    name: str,
    site: Site,
    folder: Path,
    root: Path | None = None,
    certificate: Path | None = None,
    at: Ports | None = None,
) -> Iterator[Server]:
    """Have a server, `nginx` or `caddy`, serve a site with what was written for it, and keep its own files in a folder.

    `root` is the folder that it serves, if that is not the site, and `certificate` that of a key, for `https:` as well.
    """
    program = need(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"), name, f"apt-get install {name}")
    ports = at or Ports(free_port(), free_port() if certificate else 0)
    settings, write = folder / "settings", _nginx if name == "nginx" else _caddy
    settings.write_text(write(site, root or site.output, folder, ports, certificate), encoding="utf-8")
    command = {
        "nginx": [program, "-p", str(folder), "-c", str(settings)],
        "caddy": [program, "run", "--config", str(settings), "--adapter", "caddyfile"],
    }[name]
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with _running(command, ports.plain, folder / "log", **home):
        yield Server(ports.plain, ports.secure, folder / "requests")


@contextlib.contextmanager
def _running(command: list[str], port: int, errors: Path, **environment: str) -> Iterator[None]:
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
