"""What `drytables check` prints for programs: GitHub's workflow commands, SARIF, one line a finding."""

import json
import os
import re
from pathlib import Path

import pytest
from conftest import NODE_MODULES, NPM, need
from jsonschema import Draft7Validator

from commands.run import GOOD, drytables, page

GOLDEN = Path(__file__).parent.parent / "golden"
SCHEMA = NODE_MODULES / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"


@pytest.mark.parametrize("form", ["short", "github"])
def test_the_lines_are_as_they_were_blessed(form: str) -> None:
    run = drytables("check", "--format", form, "several-lines.md", "slips-of-the-hand.md", folder=GOLDEN)
    blessed = GOLDEN / "formats" / f"{form}.txt"
    if os.environ.get("BLESS"):
        blessed.write_text(run.stdout, encoding="utf-8")

    assert run.stdout == blessed.read_text(encoding="utf-8")


def test_github_escapes_what_would_end_a_property_or_the_line(tmp_path: Path) -> None:
    (tmp_path / "a, b: 100%.md").write_text(page("iptables -A INPUT -s 10%,x:y -j DROP"))

    (line, *_) = drytables("check", "--format", "github", ".", folder=tmp_path).stdout.splitlines()

    command, _, data = line.removeprefix("::").partition("::")
    assert command.startswith("error file=a%2C b%3A 100%25.md,line=6,endLine=6,")
    assert re.fullmatch(r"(%25|%0A|%0D|[^%\n])*", data)


@pytest.mark.parametrize("form", ["json", "sarif"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_is_in_utf_8_whatever_the_locale_says(tmp_path: Path, form: str, encoding: str) -> None:
    (tmp_path / "ü.md").write_text(page('iptables -A INPUT -s "é😀" -j DROP'), encoding="utf-8")

    run = drytables("check", "--format", form, ".", folder=tmp_path, PYTHONIOENCODING=encoding)

    assert "`é😀` is not a valid value" in json.dumps(json.loads(run.stdout), ensure_ascii=False)


def test_github_tells_notes_as_notices(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(page("iptables -A INPUT -j WEB"))

    run = drytables("check", "--format", "github", "post.md", folder=tmp_path)

    assert (run.returncode, run.stdout.split(" ")[0]) == (0, "::notice")


def test_github_is_shown_the_gravest_first_and_the_others_in_a_group(tmp_path: Path) -> None:
    """As many of each kind as it shows of one step; all are counted in the summary of the job."""
    warned = "iptables -A INPUT -m quota --quota 5k -j DROP"
    (tmp_path / "a.md").write_text(page(*[warned] * 12, mark='{.sh iptables="1.4.10"}'))
    (tmp_path / "b|`.md").write_text(page(*[f"iptables -A INPUT -s 192.0.2.{300 + n} -j DROP" for n in range(13)]))
    summary = tmp_path / "summary"
    summary.write_text("what was there\n")

    run = drytables("check", "--format", "github", ".", folder=tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    lines = run.stdout.splitlines()
    kinds = [line.split(" ")[0] for line in lines if line.startswith("::")]

    assert run.returncode == 1
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::group::5", "::endgroup::"]
    inside = lines[lines.index("::group::5 more findings, which GitHub does not show as annotations") + 1 : -2]
    assert [line.split(":")[0] for line in inside] == ["  b|`.md"] * 3 + ["  a.md"] * 2
    assert lines[-1].startswith("25 iptables commands checked, 13 refused")
    assert summary.read_text() == (
        f"what was there\n### drytables: {lines[-1]}\n\n\n"
        "| finding | kind | how many |\n| --- | --- | ---: |\n"
        "| `bad-value` | error | 13 |\n| `read-differently` | warning | 12 |\n\n"
        "| file | how many |\n| --- | ---: |\n| b&#124;&#96;.md | 13 |\n| a.md | 12 |\n\n"
    )


def test_github_is_told_paths_of_the_repository_and_obeys_no_file(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(11):
        (docs / f"{number:02}\n::error::x.md").write_text(page("iptables -A INPUT -s 192.0.2.300 -j DROP"))

    run = drytables("check", "--format", "github", ".", folder=docs, GITHUB_WORKSPACE=str(tmp_path))

    assert run.stdout.startswith("::error file=docs/00%0A%3A%3Aerror%3A%3Ax.md,line=6,")
    assert run.stdout.count("\n::error ") == 9 and "\n::error::" not in run.stdout


def obeyed(line: str) -> tuple[str, dict[str, str], str] | None:
    """The command that GitHub's runner takes a line of the log for, as it reads both its forms of commands."""
    if line.lstrip().startswith("::") and "::" in line.lstrip()[2:]:
        head, _, data = line.lstrip()[2:].partition("::")
        name, _, properties = head.partition(" ")
        pairs = (each.split("=", 1) for each in properties.split(",") if "=" in each)
        read = {key: unescaped(value, "\r\n:,%") for key, value in pairs}
        return name, read, unescaped(data, "\r\n%")
    return ("##[", {}, line) if "##[" in line and "]" in line.partition("##[")[2] else None


def unescaped(text: str, signs: str) -> str:
    """A text with signs written as `%2C`; the percent sign comes last."""
    for sign in signs:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_github_reads_what_was_meant_and_obeys_nothing_else(tmp_path: Path) -> None:
    """Whatever the names of files are, in annotations, in the group below them, and of files that cannot be read."""
    names = ["a,b=c: 100%25%0A.md", "::error ::x.md", " ::warning::y.md", "##[error]z.md", "new\n::error::line.md"]
    faults = ["iptables -A INPUT -s '##[error]%0A::x' -j DROP"] * 12
    for name in names:
        (tmp_path / name).write_text(page(*faults))
    (tmp_path / "bad\n::error file=x::unreadable.md").write_bytes(b"iptables \xff")
    (tmp_path / "##[error]unreadable.md").write_bytes(b"iptables \xff")

    run = drytables("check", "--format", "github", ".", folder=tmp_path)

    commands = [command for line in run.stdout.split("\n") if (command := obeyed(line))]
    assert [name for name, *_ in commands] == ["error"] * 10 + ["group", "endgroup"]
    assert all(read["file"] in names for name, read, _ in commands if name == "error")
    assert commands[0][2].startswith("`##[error]%0A::x` is not a valid value for `-s`\n")
    assert [line for line in run.stderr.split("\n") if obeyed(line)] == []
    assert run.stderr.count("not UTF-8 text") == 2


# SARIF


def sarif(*arguments: str, folder: Path) -> dict[str, object]:
    """The log that a check prints, held against the schema."""
    log = json.loads(drytables("check", "--format", "sarif", *arguments, folder=folder).stdout)
    schema = json.loads(need(SCHEMA, "the SARIF schema", NPM).read_text(encoding="utf-8"))
    errors = [f"{list(each.path)}: {each.message}" for each in Draft7Validator(schema).iter_errors(log)]
    assert errors == []
    return log


def test_sarif_is_valid_for_every_golden_page() -> None:
    log = sarif(".", folder=GOLDEN)

    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) > 5
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])


def test_sarif_says_where_and_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "ä post.md").write_text(page("iptables -A INPTU -j DROP"))

    (result,) = sarif("ä post.md", folder=tmp_path)["runs"][0]["results"]

    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%C3%A4%20post.md"
    assert place["region"] == {"startLine": 6, "startColumn": 13, "endLine": 6, "endColumn": 18}
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert (replacement["deletedRegion"], replacement["insertedContent"]) == (place["region"], {"text": "INPUT"})


def test_sarif_is_valid_with_nothing_in_it_and_with_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(page(GOOD))

    empty = sarif("good.md", folder=tmp_path)["runs"][0]
    troubled = sarif("good.md", "missing.md", folder=tmp_path)["runs"][0]

    assert (empty["results"], empty["invocations"]) == ([], [{"executionSuccessful": True}])
    (notification,) = troubled["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "missing.md: No such file or directory"


def test_json_and_sarif_of_standard_input_are_whole() -> None:
    assert json.loads(drytables("check", "--format", "json", "-", stdin=page(GOOD)).stdout)["files"][0]["commands"]
    assert json.loads(drytables("check", "--format", "sarif", "-", stdin=page(GOOD)).stdout)["version"] == "2.1.0"


@pytest.mark.parametrize("form", ["text", "short", "json", "github"])
def test_advice_is_as_it_was_blessed(form: str) -> None:
    """All of what is printed of a page that could be better, and what is counted."""
    run = drytables("check", "--advice", "--format", form, "rules.md", folder=GOLDEN / "advice")
    blessed = GOLDEN / "advice" / f"rules.{form}.out"
    if os.environ.get("BLESS"):
        blessed.write_text(run.stdout + run.stderr, encoding="utf-8")

    assert run.returncode == 0
    assert run.stdout + run.stderr == blessed.read_text(encoding="utf-8")
