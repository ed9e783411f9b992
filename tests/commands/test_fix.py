"""`drytables fix`: what it repairs, what it leaves, and how it puts files in place."""

import contextlib
import io
import subprocess
from pathlib import Path

import pytest
from drytables.cli import main
from drytables.commands.fix import judged, repair
from drytables.configuration.settings import Settings
from drytables.diagnostics.source import Source, Span
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from commands.run import GOOD, drytables, page


def fixed(tmp_path: Path, text: str) -> str:
    """A page as `fix` leaves it; a second time it must leave it so."""
    file = tmp_path / "post.md"
    file.write_bytes(text.encode())
    main(["fix", str(file)])
    once = file.read_bytes()
    with contextlib.redirect_stdout(io.StringIO()) as again:
        main(["fix", str(file)])
    assert (file.read_bytes(), again.getvalue()) == (once, "")
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


def test_each_hunk_of_a_diff_says_why(tmp_path: Path) -> None:
    """Also where an earlier repair of another round, or a longer text above, has moved the lines."""
    heredoc = ["iptables-restore <<END", "*filter", "-A INPUT -j ACEPT", "END", *["iptables -L"] * 9]
    commands = [*heredoc, "iptables -A INPTU -p tcp -dport 22 -j DROP"]
    (tmp_path / "post.md").write_text(page(*commands))

    run = drytables("fix", "--diff", "post.md", folder=tmp_path)

    first, second = (line.partition(" @@ ")[2] for line in run.stdout.split("\n") if line.startswith("@@"))
    assert first.split("; ") == [
        "unknown-target: did you mean `ACCEPT`?",
        "missing-commit: write `COMMIT` on a line of its own after the last rule",
    ]
    assert second.split("; ") == ["unknown-chain: did you mean `INPUT`?", "single-dash: write `--dport`"]
    subprocess.run(["git", "apply", "-"], input=run.stdout, cwd=tmp_path, check=True, text=True)
    assert drytables("fix", "--diff", "post.md", folder=tmp_path).stdout == ""


def test_standard_input_is_repaired_to_standard_output() -> None:
    run = drytables("fix", "-", stdin=page("iptables -A INPTU -j DROP"))

    assert run.stdout == page("iptables -A INPUT -j DROP")


def test_what_is_left_is_said_in_the_exit_status(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(page("iptables -A INPUT -s 192.0.2.300 -j DROP"))

    run = drytables("fix", "post.md", folder=tmp_path)

    assert (run.returncode, run.stderr) == (1, "0 findings repaired, 1 left (see `drytables check`)\n")


IN_DOUBT = {
    "tables of two families, by their comments": (
        "```\n# Generated by iptables-save v1.8.9\n*filter\n:INPUT ACCEPT [0:0]\n"
        "-A INPUT -s 192.0.2.7/32 -j REJECT --reject-with icmp-port-unreachable\nCOMMIT\n"
        "# Generated by ip6tables-save v1.8.9\n*filter\n:INPUT ACCEPT [0:0]\n"
        "-A INPUT -s 2001:db8::/32 -j REJECT --reject-with icmp6-port-unreachable\nCOMMIT\n```\n"
    ),
    "the same by their rules": (
        "```\n*filter\n-A INPUT -s 192.0.2.7/32 -j REJECT --reject-with icmp-host-unreachable\nCOMMIT\n"
        "*filter\n-A INPUT -d 2001:db8::/32 -j REJECT --reject-with icmp6-adm-prohibited\nCOMMIT\n```\n"
    ),
    "the same by the prompts before them": (
        "```console\n# iptables-save\n*filter\n-A INPUT -j REJECT --reject-with icmp-port-unreachable\nCOMMIT\n"
        "# ip6tables-save\n*filter\n-A INPUT -j REJECT --reject-with icmp6-port-unreachable\nCOMMIT\n```\n"
    ),
    "a command of either family": (
        "```sh\niptables -A INPUT -s 2001:db8::/32 -j REJECT --reject-with icmp6-port-unreachable\n```\n"
    ),
    "another command of either family": "```sh\nip6tables -A INPUT -p icmp --icmp-type echo-request -j ACEPT\n```\n",
    "the head of what was printed": (
        "```console\n$ sudo iptables-save | head -3\n*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -i eth9 -j ACCEPT\n```\n"
    ),
    "the head of a file": "Put this above:\n\n```\n*nat\n:INPUT ACCEPT [0:0]\n-A POSTROUTING -j MASQUERADE\n```\n",
    "a slip in what may have been printed": "```\n*filter\n-A INPUT -j ACEPT\nCOMMIT\n```\n",
    "a slip in rules that were listed": "```\n-A INPUT -p tcp -dport 22 -j ACCEPT\n```\n",
    "a usage of another program": "```\nFlags:\n  -P PORT  LISTEN\n```\n",
    "options of another program": "```\n  -R rule               --rule-name rule\n  -I file   --input file\n```\n",
    "more options": "```\n-A NAME\t--append NAME\n-D NAME  --delete NAME\n-P FILE DIR\n```\n",
    "rules of ebtables": "```\n-A eth9-in -p IPv4 -s 02:00:00:00:00:09 --ip-src 192.0.2.9 -j ACCEPT\n```\n",
    "more rules of ebtables": "```\n*nat\n:OUTPUT ACCEPT\n-A OUTPUT -p ARP -j x --arpreply-mac 2:0:0:0:0:9\n```\n",
    "rules of ebtables below its prompt": "```\n# ebtables -L INPUT\n-A INPUT -j ACEPT\n```\n",
    "what a program printed in a session": "```console\n$ cat fw.sh\niptables -A INPTU -j DROP\n```\n",
    "a patch": "```diff\n+iptables -A INPTU -j DROP\n-iptables -A INPTU -j ACCEPT\n```\n",
    "a drawing": "```\niptables -A INPUT -j DROP and so it is dropped\n```\n",
    "a fence that some Markdown does not see": "Title: x\n\n```sh refused\niptables -L\n```\n",
}  # fmt: skip


@pytest.mark.parametrize("text", IN_DOUBT.values(), ids=IN_DOUBT)
def test_what_is_in_doubt_is_left(tmp_path: Path, text: str) -> None:
    assert fixed(tmp_path, f"{text}") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "```sh\nip6tables-restore <<END\n*filter\n-A INPUT -j ACEPT\nEND\n```\n",
            "```sh\nip6tables-restore <<END\n*filter\n-A INPUT -j ACCEPT\nCOMMIT\nEND\n```\n",
        ),
        ("```console\n$ iptables -A INPTU -j DROP\n```\n", "```console\n$ iptables -A INPUT -j DROP\n```\n"),
        ("```sh\niptables -F all of it\n```\n", "```sh\niptables -F # all of it\n```\n"),
        (
            "```sh\nip6tables -A INPUT -s 2001:db8::1 -j ACEPT\n```\n",
            "```sh\nip6tables -A INPUT -s 2001:db8::1 -j ACCEPT\n```\n",
        ),
    ],
)
def test_what_was_typed_beyond_doubt_is_repaired(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, before) == after


def test_the_settings_of_a_folder_beside_it_are_not_those_of_a_file(tmp_path: Path) -> None:
    """A site asks about a file that is not its own; which Markdown reads that one is then not known."""
    site, other = tmp_path / "site", tmp_path / "other"
    for folder in (site, other):
        folder.mkdir()
    (site / "pelicanconf.py").write_text('MARKDOWN = {"extension_configs": {"pymdownx.superfences": {}}}\n')
    text = " ```sh\niptables -L\n```\n"
    (other / "page.md").write_text(text)

    drytables("fix", "../other/page.md", folder=site)

    assert (other / "page.md").read_text() == text


#: Lines that are right, those with faults that can be repaired, and what stands around them on a page.
RIGHT = (
    "iptables -A INPUT -s 192.0.2.1 -j DROP",
    "sudo ip6tables -A INPUT -p ipv6-icmp -j ACCEPT",
    "echo done",
    "# a remark",
)
WRONG = (
    "iptables -A INPTU -j DROP",
    "iptables -t nat -A POST_ROUTING -o eth9 -j MASQUERADE",
    "iptables -A INPUT -p tcp -dport 22 -j ACCPET",
    "iptables -A INPUT -j DROP sudo iptables -L",
    "iptables –A INPUT –j DROP",
    "ip6tables -A INPUT -s 192.0.2.1 -j ACEPT",
    "iptables -A INPUT -s 192.0.2.300 -j DROP",
)
SHOWN = (
    "*filter\n:INPUT ACCEPT [0:0]\n[snip]\n-A INPUT -j ACEPT # x\nCOMMIT",
    "-A INPUT -p tcp -dport 22 -j ACCEPT",
    "$ sudo iptables-save | head -2\n*nat\n:OUTPUT ACCEPT [0:0]\n$ iptables -A INPTU -j DROP",
    "@@ -1 +1,2 @@\n *filter\n+-A INPUT -j ACEPT\n COMMIT",
    " └─ iptables -A INPTU -j DROP   -> dropped",
    "Usage: iptables -A INPTU -j DROP",
    "iptables-restore <<END\n*filter\n-A INPUT -j ACEPT\nEND",
)
LANGUAGES = ("", "sh", "console", "text", "diff", "yaml", "iptables-save")
blocks = st.tuples(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(RIGHT + WRONG + SHOWN), min_size=1, max_size=5))


@hypothesis_settings(deadline=None, max_examples=40)
@given(st.lists(blocks, min_size=1, max_size=4))
@example([("", [SHOWN[2], WRONG[0]]), ("diff", [SHOWN[3]])])
def test_no_right_line_is_changed_and_nothing_gets_worse_or_changes_again(drawn: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(f"```{language}\n" + "\n".join(lines) + "\n```\n" for language, lines in drawn)
    settings = Settings(markdown="commonmark")
    before = judged(Source("post.md", text), settings)

    after, _, left = repair(before.source, settings)

    faults = [each for each in before.all_diagnostics() if each.edits]
    wrong = {row for each in faults for edit in each.edits for row in rows_of(before.source, edit.span)}
    rows = text.split("\n")
    right = [row for number, row in enumerate(rows, 1) if number not in wrong]
    assert is_within(right, after.split("\n"))
    assert left <= sum(each.severity == "error" for each in before.all_diagnostics())
    assert repair(Source("post.md", after), settings)[0] == after


def rows_of(source: Source, span: Span) -> range:
    """The numbers of the lines that a span is in."""
    return range(source.position(span.start)[0], source.position(span.end)[0] + 1)


def is_within(some: list[str], rows: list[str]) -> bool:
    """Whether some lines are among others, in their order."""
    others = iter(rows)
    return all(each in others for each in some)
