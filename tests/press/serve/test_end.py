"""plugins/press/serve: however the preview ends, nothing is left of it."""

import contextlib
import os
import signal
import socket
from pathlib import Path

import pytest
from conftest import Site
from previews import COLD, PATIENCE, Preview, is_alive, preview_of, until

pytestmark = pytest.mark.starts_programs


def left_of(preview: Preview, processes: list[int]) -> list[str]:
    """Return which of its processes are alive after the time they may take to end, and its port if that is open."""
    with contextlib.suppress(AssertionError):
        until(lambda: not any(map(is_alive, processes)), "")
    left = [f"process {pid}" for pid in processes if is_alive(pid)]
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", preview.port), PATIENCE):
        left.append(f"port {preview.port}")
    return left


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly(site: Site, tmp_path: Path, number: int) -> None:
    site.post("first")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with preview_of(site, program=COLD, TMPDIR=str(scratch)) as preview:
        preview.says("the site is read .*\n")
        # An open tab, which would wait for events for ever.
        with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as tab:
            tab.sendall(b"GET /.press/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert tab.recv(100)
            processes = preview.processes()
            said = preview.said

            assert preview.stop(number) == 0

        assert len(processes) == 2
        assert left_of(preview, processes) == []
        assert preview.rest() == ""
        assert said.count("\n") == 2
        assert not [*scratch.iterdir()]


def test_connections_that_cannot_be_taken_are_told_of_once(site: Site) -> None:
    """There may be fewer open files than tabs."""
    site.post("first")
    few = ("sh", "-c", 'ulimit -n 40 && exec "$@"', "sh", *COLD)
    with preview_of(site, program=few) as preview, contextlib.ExitStack() as tabs:
        preview.says("the site is read .*\n")
        for _ in range(60):
            tabs.enter_context(socket.create_connection(("127.0.0.1", preview.port), PATIENCE))
        preview.says(
            "nobody else can connect to the preview: Too many open files. Allow more .ulimit -n., and try again"
        )
        tabs.close()

        assert preview.get("/2026/01/first/")[0] == 200
        assert preview.stop() == 0
        assert preview.rest() == ""


def test_a_signal_during_the_first_look_ends_it_too(site: Site) -> None:
    site.post("first")
    with preview_of(site) as preview:
        processes = preview.processes()

        assert preview.stop() == 0

        assert left_of(preview, processes) == []
        assert preview.rest() == ""


def test_who_is_killed_takes_the_worker_along_and_the_next_one_clears_up(site: Site, tmp_path: Path) -> None:
    site.post("first")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with preview_of(site, program=COLD, TMPDIR=str(scratch)) as preview:
        preview.says("the site is read")
        processes = preview.processes()
        for pid in reversed(processes):
            os.kill(pid, signal.SIGKILL)
        preview.process.wait()
        assert left_of(preview, processes) == []
    assert len([*scratch.iterdir()]) == 1

    with preview_of(site, TMPDIR=str(scratch)) as preview:
        preview.says("the site is read")
        assert len([*scratch.iterdir()]) == 1
        processes = preview.processes()
        preview.process.kill()
        preview.process.wait()
        assert left_of(preview, processes) == []


def test_a_worker_that_is_busy_ends_with_the_front(site: Site) -> None:
    site.post("first")
    site.settings("import time; time.sleep(999)")
    with preview_of(site) as preview:
        until(lambda: len(preview.processes()) == 2, "no worker was started")
        processes = preview.processes()
        preview.process.kill()
        preview.process.wait()
        assert left_of(preview, processes) == []


def test_what_was_ignored_at_the_start_is_ignored_on(site: Site) -> None:
    """As nohup asks for it."""
    site.post("first")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with preview_of(site) as preview:
            preview.process.send_signal(signal.SIGHUP)
            assert preview.get("/")[0] == 200
    finally:
        signal.signal(signal.SIGHUP, before)
