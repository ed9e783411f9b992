""".github/workflows/: what is run by others, pinned and with few rights; and what pages.yml runs, run here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkout import Checkout
from conftest import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
PAGES = yaml.safe_load((PROJECT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
ADDRESS = "https://ann.github.io/blog"


def steps_of(job: str) -> list[dict[str, Any]]:
    """The steps of a job of pages.yml."""
    return list(PAGES["jobs"][job]["steps"])


def with_action(job: str, action: str) -> dict[str, Any]:
    """The one step of a job that is done by an action."""
    (step,) = [step for step in steps_of(job) if step.get("uses", "").startswith(f"actions/{action}@")]
    return step


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_pinned(file: Path) -> None:
    """To a commit, with the name of the version behind it."""
    uses = re.findall(r"uses: *(.*)", file.read_text(encoding="utf-8"))
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

    assert uses and [line for line in uses if not pinned.fullmatch(line)] == []


def test_spark_is_tried_where_it_is_installed() -> None:
    """No other run of the tests has it, and so that one must not skip it."""
    steps = yaml.safe_load((PROJECT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]["spark"]["steps"]
    *_, install, test = steps[-1]["run"].strip().splitlines()

    assert re.search(r"pip install .*\bpyspark\b", install)
    assert test.endswith("pytest tests/test_scale.py -k spark")


def test_rights_are_the_least() -> None:
    """Only the job that runs nothing of ours may write."""
    assert PAGES["permissions"] == {}
    assert {name: job["permissions"] for name, job in PAGES["jobs"].items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert [step for step in steps_of("deploy") if "run" in step] == []
    assert with_action("build", "checkout")["with"] == {"persist-credentials": False}


def test_a_deployment_is_never_broken_off() -> None:
    assert PAGES["concurrency"] == {"group": "pages"}
    assert PAGES["jobs"]["deploy"]["needs"] == "build"


@pytest.mark.starts_programs
def test_the_workflow_publishes_for_the_address_of_its_pages(tmp_path: Path) -> None:
    """As GitHub tells it, also below a folder; hidden files, such as `.well-known/`, are handed over as well."""
    project = Checkout(tmp_path)
    told = {f"${{{{ steps.{with_action('build', 'configure-pages')['id']}.outputs.base_url }}}}": ADDRESS}
    for step in steps_of("build"):
        if "run" in step:
            project.typed(step["run"], **{name: told[value] for name, value in step.get("env", {}).items()})
    handed = with_action("build", "upload-pages-artifact")["with"]

    assert handed["include-hidden-files"] is True
    assert f'href="{ADDRESS}/archives/"' in (tmp_path / handed["path"] / "index.html").read_text(encoding="utf-8")
