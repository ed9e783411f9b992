"""`drytables fix`: what it repairs, what it leaves, and how it puts files in place."""

import subprocess
from pathlib import Path

import pytest

from commands.run import GOOD, drytables, page


def fixed(tmp_path: Path, text: str) -> str:
    """A page as `fix` leaves it; a second run must leave it so."""
    file = tmp_path / "post.md"
    file.write_bytes(text.encode())
    drytables("fix", str(file))
    once = file.read_bytes()
    again = drytables("fix", str(file))
    assert (file.read_bytes(), again.stdout) == (once, "")
    return once.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "iptables -A INPUT -m statistic --mode nth --every 3 -j DROP",
            "iptables -A INPUT -m statistic --mode nth --every 3 --packet 0 -j DROP",
        ),
        ("iptables -A INPTU -j DROP", "iptables -A INPUT -j DROP"),
        ("iptables -A INPUT -p tcp -dport 22 -j ACCEPT", "iptables -A INPUT -p tcp --dport 22 -j ACCEPT"),
        ("iptables -A INPUT -s ! 192.0.2.1 -j DROP", "iptables -A INPUT ! -s 192.0.2.1 -j DROP"),
        ("iptables –A INPUT –p tcp ––dport 80 –j ACCEPT", "iptables -A INPUT -p tcp --dport 80 -j ACCEPT"),
        ("iptables -A INPTU -p tcp -dport 22 -j ACCPET", "iptables -A INPUT -p tcp --dport 22 -j ACCEPT"),
    ],
)
def test_what_is_certain_is_repaired(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, page(before)) == page(after)


@pytest.mark.parametrize(
    "command",
    [GOOD, "iptables -A INPUT -s 192.0.2.300 -j DROP", "iptables -A INPUT -j $TARGET", "iptables -A INPUT -j BLOCKED"],
)
def test_what_is_right_or_not_certain_is_left(tmp_path: Path, command: str) -> None:
    assert fixed(tmp_path, page(command)) == page(command)


def test_a_fence_that_shows_a_mistake_is_left(tmp_path: Path) -> None:
    shown = page("iptables -A INPTU -j DROP", mark='{.sh refused="unknown-chain"}')

    assert fixed(tmp_path, shown) == shown


def test_a_repaired_file_checks_clean(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(page("iptables -A INPTU -j DROP", "iptables -A INPUT -j ACCPET"))

    assert drytables("check", "post.md", folder=tmp_path).returncode == 1
    run = drytables("fix", "post.md", folder=tmp_path)

    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "post.md:7:22: repaired[unknown-target]: did you mean `ACCEPT`?",
        "post.md:6:13: repaired[unknown-chain]: did you mean `INPUT`?",
    ]
    assert run.stderr == "2 findings repaired, 0 left\n"
    assert drytables("check", "post.md", folder=tmp_path).returncode == 0


def test_line_ends_the_byte_order_mark_and_the_mode_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    file.write_bytes(b"\xef\xbb\xbf" + page("iptables -A INPTU -j DROP").replace("\n", "\r\n").encode() + b"no end")
    file.chmod(0o640)

    drytables("fix", str(file))

    expected = page("iptables -A INPUT -j DROP").replace("\n", "\r\n").encode()
    assert file.read_bytes() == b"\xef\xbb\xbf" + expected + b"no end"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["post.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text(page("iptables -A INPTU -j DROP"))
    (tmp_path / "link.md").symlink_to("real.md")

    drytables("fix", "link.md", folder=tmp_path)

    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == page("iptables -A INPUT -j DROP")


def test_diff_writes_nothing_and_patch_takes_it(tmp_path: Path) -> None:
    before, after = page("iptables -A INPTU -j DROP"), page("iptables -A INPUT -j DROP")
    (tmp_path / "post.md").write_text(before.rstrip("\n"))

    run = drytables("fix", "--diff", "post.md", folder=tmp_path)

    assert run.returncode == 1
    assert (tmp_path / "post.md").read_text() == before.rstrip("\n")
    subprocess.run(["git", "apply", "-"], input=run.stdout, cwd=tmp_path, check=True, text=True)
    assert (tmp_path / "post.md").read_text() == after.rstrip("\n")


def test_standard_input_is_repaired_to_standard_output() -> None:
    run = drytables("fix", "-", stdin=page("iptables -A INPTU -j DROP"))

    assert run.stdout == page("iptables -A INPUT -j DROP")


def test_what_is_left_is_said_in_the_exit_status(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(page("iptables -A INPUT -s 192.0.2.300 -j DROP"))

    run = drytables("fix", "post.md", folder=tmp_path)

    assert (run.returncode, run.stderr) == (1, "0 findings repaired, 1 left (see `drytables check`)\n")
