"""The command line, run as a user runs it: in a process of its own, by its exit status and what it prints."""

import json
from pathlib import Path

import pytest

from commands.run import BAD, GOOD, drytables, page

pytestmark = pytest.mark.starts_programs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good and a bad post, and something that is no post."""
    (tmp_path / "good.md").write_text(page(GOOD))
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "bad.markdown").write_text(page(GOOD, BAD))
    (tmp_path / "notes.txt").write_text(page(BAD))
    return tmp_path


# check


@pytest.mark.parametrize(("path", "status"), [("good.md", 0), ("deeper/bad.markdown", 1), (".", 1), ("missing.md", 2)])
def test_the_exit_status_says_what_was_found(folder: Path, path: str, status: int) -> None:
    assert drytables("check", path, folder=folder).returncode == status


def test_short_says_where_in_one_line(folder: Path) -> None:
    run = drytables("check", "--format", "short", ".", folder=folder)

    assert run.stdout.splitlines() == [
        "deeper/bad.markdown:7:22: error[bad-value]: `192.0.2.300` is not a valid value for `-s`"
    ]


def test_text_ends_with_one_line_that_counts(folder: Path) -> None:
    assert drytables("check", ".", folder=folder).stdout.splitlines()[-1] == "3 iptables commands checked, 1 refused"


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_checked(folder: Path) -> None:
    (folder / "latin.md").write_bytes(b"caf\xe9, iptables\n")

    run = drytables("check", "latin.md", "good.md", folder=folder)

    assert (run.returncode, run.stderr) == (2, "drytables: latin.md: not UTF-8 text (at byte 3)\n")
    assert run.stdout == "1 iptables command checked, 0 refused\n"


def test_a_file_that_says_nothing_of_iptables_is_not_complained_of_whatever_its_encoding(folder: Path) -> None:
    (folder / "latin.md").write_bytes(b"caf\xe9\n")

    run = drytables("check", "--format", "json", "latin.md", folder=folder)

    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout) == {"files": [{"path": "latin.md", "commands": [], "diagnostics": []}]}


def test_standard_input_is_a_post() -> None:
    assert drytables("check", "-", stdin=page(BAD)).returncode == 1


def test_json_has_every_command_and_diagnostic_with_its_place(folder: Path) -> None:
    unseen = f"\n```sh refused\n{GOOD}\n```\n"
    (folder / "post.md").write_text(page(GOOD, "iptables -A INPUT -s $HOME_NET -j DROP") + unseen)

    answer = json.loads(drytables("check", "--format", "json", "post.md", folder=folder).stdout)

    (file,) = answer["files"]
    first, second, _ = file["commands"]
    assert file["path"] == "post.md"
    assert (first["line"], first["column"], first["text"], first["status"]) == (6, 1, GOOD, "accepted")
    assert (first["family"], first["table"], first["canonical"]) == (
        "ipv4",
        "filter",
        "-A INPUT -s 192.0.2.1/32 -j DROP",
    )
    assert (first["needs"], first["since"], first["diagnostics"]) == ([], "1.1.0", [])
    assert (first["gaps"], first["misread"]) == ([], [])
    assert (second["status"], second["holes"]) == ("open", ["$HOME_NET"])
    assert "unseen-fence" in [each["code"] for each in file["diagnostics"]]


@pytest.mark.parametrize(
    ("mark", "command", "status"),
    [
        ('{.sh iptables="1.4.10"}', "iptables -A INPUT -m statistic --mode nth --every 3", "accepted"),
        ('{.sh iptables="1.4.11"}', "iptables -A INPUT -m statistic --mode nth --every 3", "refused"),
        ('{.sh unchecked="an example"}', BAD, "unchecked"),
        ('{.sh refused="bad-value"}', BAD, "refused"),
    ],
)
def test_a_mark_decides_how_a_fence_is_judged(folder: Path, mark: str, command: str, status: str) -> None:
    (folder / "post.md").write_text(page(command, mark=mark))

    answer = json.loads(drytables("check", "--format", "json", "post.md", folder=folder).stdout)

    assert [each["status"] for each in answer["files"][0]["commands"]] == [status]


# rules


def ruled(*lines: str, release: str = "") -> list[dict[str, object]]:
    """The answers of `drytables rules` to these lines."""
    run = drytables("rules", *(["--iptables", release] if release else []), stdin="\n".join(lines) + "\n")
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_rules_answers_each_line_in_order() -> None:
    answers = ruled(GOOD, BAD, "", "ls -l", "iptables -A INPUT -j 'unclosed", "ip6tables -P INPUT DROP")

    assert [answer["ok"] for answer in answers] == [True, False, False, False, False, True]
    assert [answer["family"] for answer in answers] == ["ipv4", "ipv4", None, None, None, "ipv6"]
    assert all(answer["diagnostics"] for answer in answers if not answer["ok"])


def test_a_rule_is_told_in_full() -> None:
    (answer,) = ruled(
        "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 3 --packet 0 -j SNAT --to 192.0.2.1"
    )

    assert answer["ok"] is True
    assert (answer["family"], answer["table"], answer["needs"], answer["diagnostics"]) == ("ipv4", "nat", [], [])
    assert answer["canonical"] == (
        "-A POSTROUTING -m statistic --mode nth --every 3 --packet 0 -j SNAT --to-source 192.0.2.1"
    )


def test_a_refused_rule_says_where_in_the_line() -> None:
    line = "iptables -A INPUT -m statistic --mode nth --every 3 -j ACCEPT"

    ((diagnostic,),) = [answer["diagnostics"] for answer in ruled(line)]

    assert diagnostic["code"] == "also-requires"
    assert line[diagnostic["start"] : diagnostic["end"]] == "--every 3"
    assert diagnostic["help"] == "to match the first packet of every three, write `--every 3 --packet 0`"


@pytest.mark.parametrize(("name", "needs"), [("blocked", ["chain blocked"]), ("LOG2", ["chain LOG2"]), ("ACCEPT", [])])
def test_a_chain_of_the_readers_own_is_a_need(name: str, needs: list[str]) -> None:
    assert [(answer["ok"], answer["needs"]) for answer in ruled(f"iptables -A INPUT -j {name}")] == [(True, needs)]


@pytest.mark.parametrize(
    "line", ["iptables -A INPUT -j ACCPET", "iptables -A INPTU -j DROP", "iptables -A INPUT -j reject"]
)
def test_a_near_miss_is_refused_with_what_was_meant(line: str) -> None:
    (answer,) = ruled(line)

    assert answer["ok"] is False
    assert "did you mean" in answer["diagnostics"][0]["help"]


def test_rules_judges_as_a_release() -> None:
    line = "iptables -A INPUT -m statistic --mode nth --every 3 -j ACCEPT"

    assert [ruled(line, release=each)[0]["ok"] for each in ("1.4.10", "1.4.11", "1.8.11")] == [True, False, False]


def test_bytes_that_are_no_text_are_answered_too() -> None:
    run = drytables("rules", stdin=b"iptables -A INPUT -m comment --comment \xff\xfe\n\x00\n")

    assert [json.loads(line)["ok"] for line in run.stdout.splitlines()] == [True, False]


def test_no_line_ends_the_stream_or_moves_the_others() -> None:
    """Each has its answer in its place, in UTF-8 and on one line for any reader, whatever it holds."""
    words = 'iptables -A INPUT -m comment --comment "\u2028\x85😀"'
    lines = [
        words,
        "x" * (5 << 20),
        words + "\r",
        "\0",
        "\ufeff" + GOOD,
        "iptables " + "-x " * (1 << 21),
        "'" * 9,
        GOOD,
    ]
    run = drytables("rules", "--jobs", "1", stdin="\n".join(lines), PYTHONIOENCODING="latin-1")

    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["ok"] for answer in answers] == [True, False, True, False, True, False, False, True]
    assert answers[0]["canonical"] == words.removeprefix("iptables ")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999"])
def test_a_number_of_jobs_is_one(number: str) -> None:
    run = drytables("rules", "--jobs", number)

    assert run.returncode == 2 and f"a number from 1 to 1024, not {number!r}" in run.stderr


# files of rules


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with rules of iptables, good and bad, and with those of udev."""
    (tmp_path / "rules.v4").write_text("*filter\n-A INPUT -s 192.0.2.1 -j DROP\nCOMMIT\n")
    (tmp_path / "bad.rules").write_text("*filter\n-A INPUT -s 192.0.2.300 -j DROP\nCOMMIT\n")
    (tmp_path / "99-net.rules").write_text('SUBSYSTEM=="net", RUN+="/sbin/iptables -A INPUT -s 192.0.2.300"\n')
    return tmp_path


@pytest.mark.parametrize(("name", "status"), [(".", 1), ("rules.v4", 0), ("99-net.rules", 0), ("bad.rules", 1)])
def test_files_of_rules_are_judged_and_those_of_other_programs_passed_over(rules: Path, name: str, status: int) -> None:
    run = drytables("check", "--format", "short", name, folder=rules)

    assert run.returncode == status
    assert run.stdout.splitlines() == (
        ["bad.rules:2:13: error[bad-value]: `192.0.2.300` is not a valid value for `-s`"] if status else []
    )


def test_files_of_rules_are_in_every_form_of_report_and_in_a_baseline(rules: Path) -> None:
    (result,) = json.loads(drytables("check", "--format", "sarif", ".", folder=rules).stdout)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"], place["region"]["startColumn"]) == (
        "bad.rules", 2, 13,
    )  # fmt: skip
    assert "::error file=bad.rules,line=2," in drytables("check", "--format", "github", ".", folder=rules).stdout
    drytables("check", "--baseline", "known.jsonl", "--write-baseline", ".", folder=rules)
    assert drytables("check", "--baseline", "known.jsonl", ".", folder=rules).returncode == 0


# the rest


@pytest.mark.parametrize("arguments", [["--iptables", "9.9", "x.md"], ["--format", "xml", "x.md"], []])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    assert drytables("check", *arguments).returncode == 2


def test_codes_lists_them_and_explains_one() -> None:
    assert "also-requires" in drytables("codes").stdout
    explained = drytables("codes", "also-requires").stdout
    assert "Bad:\n    iptables" in explained and "Good:\n    iptables" in explained
    assert drytables("codes", "no-such-code").returncode == 2
