"""action.yml: what it runs after the installation, run here as GitHub does, with `bash -e`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT

PAGE = "```sh\niptables -A INPUT -j DORP\n```\n"


@pytest.mark.starts_programs
def test_the_action_checks_what_it_is_given_and_runs_none_of_it(tmp_path: Path) -> None:
    action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    program = tmp_path / "drytables" / "bin" / "drytables"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m drytables "$@"\n')
    program.chmod(0o755)
    (tmp_path / "a.md").write_text(PAGE)
    (tmp_path / "b.md").write_text(PAGE)

    def checked(paths: str, options: str = "") -> subprocess.CompletedProcess[str]:
        given = {"${{ inputs.paths }}": paths, "${{ inputs.options }}": options}
        environment = {name: given[value] for name, value in step["env"].items()}
        place = {"RUNNER_TEMP": str(tmp_path), "PYTHONPATH": str(PROJECT / "plugins"), "PATH": os.environ["PATH"]}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path, env={**place, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert action["inputs"].keys() == {"paths", "options"}
    one = checked("a.md")
    assert (one.returncode, one.stdout.count("::error file=a.md,")) == (1, 1)
    assert checked("a.md b.md").stdout.count("::error ") == 2
    assert checked("a.md", "--iptables 9").returncode == 2
    assert checked("a.md;touch${IFS}run $(touch run)").returncode == 2
    assert not (tmp_path / "run").exists()
    (tmp_path / ".drytables.toml").write_text('paths = ["b.md"]')
    assert "::error file=b.md," in checked("").stdout
