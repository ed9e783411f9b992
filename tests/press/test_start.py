"""A build of two posts loads what these need, and nothing else; how long it takes is for `make bench-site`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Site, press_environment

#: Builds, and says what was loaded for it, and how many objects are searched for garbage at its end.
PROGRAM = """
import gc, json, sys
from press.__main__ import main

sys.argv = ["press", "build", "pelicanconf.py"]
status = main()
spared, searched = gc.get_freeze_count(), len(gc.get_objects())
print(json.dumps({"status": status, "loaded": [*sys.modules], "spared": spared, "searched": searched}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a first build of the site of this project came to, which has two posts with commands."""
    folder: Path = Site(tmp_path_factory.mktemp("start")).with_content().folder
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=folder, env=press_environment(), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["status"] == 0, done.stderr
    return found


@pytest.mark.starts_programs
def test_what_a_build_has_made_is_not_searched_for_garbage_when_it_ends(built: dict[str, Any]) -> None:
    assert built["spared"] > 100_000
    assert built["searched"] < 1_000
