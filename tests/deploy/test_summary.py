"""plugins/deploy/summary.py: what a user is told to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from deploy.manifest import Changes
from deploy.orders import Outcome
from deploy.summary import of_deployment, of_rollback
from deploy.target import target_of
from hosts.small_site import SmallSite


@pytest.mark.parametrize(
    ("to", "changed", "is_told"),
    [
        ("ann@example.org:/srv/blog", (".host/Caddyfile", "index.html"), True),
        ("ann@example.org:/srv/blog", ("index.html",), False),
        ("rclone:store:blog", (".host/Caddyfile",), False),
    ],
)
def test_a_web_server_is_to_be_reloaded_when_what_it_includes_has_changed(
    to: str, changed: tuple[str, ...], is_told: bool
) -> None:
    outcome, target = Outcome(Changes(changed=changed), "a release"), target_of(to)
    for lines in (of_deployment(outcome, target, "https://example.org", True), of_rollback(outcome, target)):
        assert any("reload" in line for line in lines) is is_told


@pytest.mark.starts_programs
def test_a_deployment_of_which_nobody_reads_is_none_that_failed(blog: SmallSite, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "deploy"],
        cwd=blog.folder,
        env=blog.whole_environment(DEPLOY_TO=str(tmp_path / "srv")),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "srv/current/index.html").is_file()
