"""A build of two posts loads what these need, and nothing else; how long it takes is for `make bench-site`."""

import importlib.util
import json
import subprocess
import sys
from typing import Any

import pytest
from conftest import Site, press_environment

COMMAND = "iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT"

#: Builds, and says what was loaded for it, and how many objects are searched for garbage at its end.
PROGRAM = """
import gc, json, sys
from press.__main__ import main

sys.argv = ["press", "build", "pelicanconf.py"]
status = main()
spared, searched = gc.get_freeze_count(), len(gc.get_objects())
print(json.dumps({"status": status, "loaded": [*sys.modules], "spared": spared, "searched": searched}))
"""


#: What takes long to load, and what a site would have to have for it.
NOT_NEEDED = {
    "docutils.parsers.rst.directives.tables": "a post in reStructuredText",
    "drytables.page.notebook": "a notebook",
    "drytables.reading.asciidoc.blocks": "a page in AsciiDoc",
    "drytables.reading.markdown.commonmark": "a page in CommonMark",
    "drytables.reading.restructuredtext.blocks": "a post in reStructuredText",
    "external_links.report": "make links",
    "headers.yaml_fields": "a header in YAML",
    "press.serve.worker": "the preview",
    "proof.evidence": "an experiment beside a post",
    "proof.experiment": "an experiment beside a post",
    "proof.prove": "make prove",
    "proof.standing": "an experiment beside a post",
    "tree_sitter_javascript": "a script that is a module",
    "tree_sitter_toml": "a fault in a file of settings",
    "web_host.publishing": "make publish",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a first build of two posts with commands came to."""
    site = Site(tmp_path_factory.mktemp("start"))
    for name in ("first", "second"):
        site.post(name, f"Type:\n\n```sh\n{COMMAND}\n```\n\nOr `iptables -S`.\n")
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=site.folder, env=press_environment(), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["status"] == 0, done.stderr
    return found


@pytest.mark.starts_programs
def test_two_posts_are_built_without_what_others_need(built: dict[str, Any]) -> None:
    assert NOT_NEEDED.keys() & {*built["loaded"]} == set()
    assert {each for each in NOT_NEEDED if importlib.util.find_spec(each) is None} == set()


@pytest.mark.starts_programs
def test_what_a_build_has_made_is_not_searched_for_garbage_when_it_ends(built: dict[str, Any]) -> None:
    assert built["spared"] > 100_000
    assert built["searched"] < 1_000
