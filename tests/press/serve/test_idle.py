"""plugins/press/serve: a preview that is left open for days costs nothing while nobody writes."""

import time
from pathlib import Path

import pytest
from previews import Preview

pytestmark = pytest.mark.starts_programs

#: In seconds, and how often all its processes together may wake in that time.
IDLE, WAKES = 2, 10


def wakes(preview: Preview) -> int:
    """How often a thread of the preview has gone to sleep until now."""
    files = [file for pid in preview.processes() for file in Path(f"/proc/{pid}/task").glob("*/status")]
    lines = [line for file in files for line in file.read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


def test_an_idle_preview_sleeps(preview: Preview) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("the system does not say how often a process wakes; run this on Linux")
    preview.get("/2026/01/first/")
    preview.says("the site is read")
    time.sleep(IDLE)
    before = wakes(preview)

    time.sleep(IDLE)

    assert wakes(preview) - before <= WAKES
