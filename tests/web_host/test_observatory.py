"""Mozilla's observatory, against the real nginx, gives the headers of a site the best grade that it has."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NODE_MODULES, NPM, Site, need

pytestmark = pytest.mark.starts_programs

_PROGRAM = Path(__file__).with_name("observatory.mjs")
_PACKAGE = NODE_MODULES / "@mdn/mdn-http-observatory/src/index.js"


@pytest.mark.parametrize(("site", "path"), [("published", "/"), ("below_folder", "/blog/")])
def test_the_grade_is_the_best(
    site: str, path: str, certificate: Path, serve_with: Callable[..., object], request: pytest.FixtureRequest
) -> None:
    node = need(shutil.which("node"), "Node", "apt-get install nodejs")
    need(_PACKAGE, "Mozilla's observatory", NPM)
    built: Site = request.getfixturevalue(site)
    root = built.output.parent if path != "/" else None
    server = serve_with("nginx", built, root=root, certificate=certificate)

    command = [node, str(_PROGRAM), str(server.port), str(server.secure_port), path]
    environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate / "cert.pem")}
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=environment)
    judged = json.loads(told.stdout)

    assert (judged["grade"], judged["failed"]) == ("A+", [])
    assert {"csp-implemented-with-no-unsafe-default-src-none", "hsts-implemented-max-age-at-least-six-months"} <= {
        *judged["results"]
    }
