"""How the command line behaves: many files, terminals, closed pipes, files that are none, shells that complete."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.run import BAD, COMMAND, ENVIRONMENT, GOOD, drytables, page

MANY = 60
#: What sets a colour or ends it; other sequences, such as that which erases a line, are none.
COLOR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with more files than one process works on."""
    for number in range(MANY):
        (tmp_path / f"{number:03}.md").write_text(page(BAD if number % 2 else GOOD))
    return tmp_path


def on_a_terminal(*arguments: str, folder: Path, **environment: str) -> str:
    """What a terminal gets to see of both streams."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"TERM": "xterm"} | environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.wait()
    os.close(master)
    return seen.decode()


# Streams


@pytest.mark.starts_programs
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("second", "status"), [("001.md", 1), ("002.md", 0)])
def test_streams_that_are_closed(many: Path, closed: str, second: str, status: int) -> None:
    """The exit status is as ever, and no file that is read takes the place of one."""
    program = f'exec "$@" {closed}'
    command = ["sh", "-c", program, "sh", *COMMAND, "check", "000.md", second]
    ended = subprocess.run(command, cwd=many, env=ENVIRONMENT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (status, "")


# Files


def test_many_files_are_told_in_order(many: Path) -> None:
    together = drytables("check", "--format", "short", ".", folder=many).stdout.splitlines()
    alone = [
        line
        for number in range(1, MANY, 20)
        for line in drytables("check", "--format", "short", f"{number:03}.md", folder=many).stdout.splitlines()
    ]

    assert [line[:3] for line in together] == [f"{number:03}" for number in range(1, MANY, 2)]
    assert set(alone) <= set(together)


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["*.md"], ["a.md", "b.md"]),
        (["**/*.md"], ["a.md", "b.md", "in/c.md", "node_modules/x/f.md"]),
        (["."], ["a.md", "b.md", "in/c.md", "in/d.mdx"]),
        (["in", "a.md", "in/c.md"], ["in/c.md", "in/d.mdx", "a.md"]),
        (["notes.txt"], ["notes.txt"]),
    ],
)
def test_folders_patterns_and_files_are_named(tmp_path: Path, paths: list[str], files: list[str]) -> None:
    for name in ("a.md", "b.md", "in/c.md", "in/d.mdx", ".git/e.md", "node_modules/x/f.md", "notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page(BAD))

    run = drytables("check", "--format", "short", *paths, folder=tmp_path)

    assert [line.split(":")[0] for line in run.stdout.splitlines()] == files


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing.md", "missing.md: No such file or directory"),
        ("*.nothing", "*.nothing: no file matches this pattern"),
        (
            "empty",
            "empty: no page in this folder"
            " (*.md, *.markdown, *.mkd, *.mdown, *.mdx, *.rst, *.adoc, *.asciidoc, *.ipynb, *.rules, *.v4, *.v6)",
        ),
        ("latin.md", "latin.md: not UTF-8 text (at byte 3)"),
        ("round.md", "round.md: Too many levels of symbolic links"),
        ("good.md/below", "good.md/below: Not a directory"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_what_cannot_be_read_is_one_line(tmp_path: Path, command: str, path: str, says: str) -> None:
    (tmp_path / "good.md").write_text(page(GOOD))
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.md").write_bytes(b"caf\xe9, iptables\n")
    (tmp_path / "round.md").symlink_to("round.md")

    run = drytables(command, path, "good.md", folder=tmp_path)

    assert run.returncode == 2
    assert f"drytables: {says}\n" in run.stderr


def test_what_has_no_end_is_passed_over(tmp_path: Path) -> None:
    """A pipe in a folder would be waited for, and a device has no end."""
    (tmp_path / "post.md").write_text(page(BAD))
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")

    for path in (".", "*.md"):
        run = drytables("check", "--format", "short", path, folder=tmp_path)
        assert run.returncode == 2
        assert "pipe.md: skipped, because it is a pipe\n" in run.stderr
        assert "zero.md: skipped, because it is a device\n" in run.stderr
        assert run.stdout.count("error[") == 1
    assert "drytables: /dev/zero: cannot read a device\n" in drytables("check", "/dev/zero").stderr


ENDLESS = "cat /dev/zero | tr '\\0' x"


@pytest.mark.parametrize(
    ("before", "command", "says"),
    [
        ("", "check -", "standard input: longer than 64 MiB, which is too long for a page"),
        (f"echo '{GOOD}'; ", "rules", "standard input: line 2 is longer than 256 MiB, and may have no end"),
    ],
)
def test_input_without_an_end_is_refused(before: str, command: str, says: str) -> None:
    """It takes no more memory than what is read of it."""
    program = f"ulimit -v 2000000; {{ {before}{ENDLESS}; }} | {' '.join(COMMAND)} {command}"

    run = subprocess.run(
        ["bash", "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120
    )

    assert (run.returncode, run.stderr) == (2, f"drytables: {says}\n")
    assert run.stdout.count('"ok": true') == bool(before)


def test_a_circle_of_folders_ends(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    (tmp_path / "in" / "post.md").write_text(page(BAD))

    assert len(drytables("check", "--format", "short", ".", folder=tmp_path).stdout.splitlines()) == 1


def test_a_file_name_that_is_no_text_is_shown_somehow(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text(page(BAD))

    for form in ("text", "short", "json", "github", "sarif"):
        assert drytables("check", "--format", form, ".", folder=tmp_path).returncode == 1


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"```", b"\r\r\n```sh\r\niptables -A\r\n"])
def test_standard_input_may_hold_anything(data: bytes) -> None:
    assert drytables("check", "-", stdin=data).returncode in (0, 1, 2)


# Pipes and terminals


@pytest.mark.parametrize("arguments", [["codes"], ["--help"], ["check", "--format", "json", "."], ["rules"]])
def test_a_closed_pipe_is_no_fault(many: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [*COMMAND, *arguments],
        cwd=many,
        env=ENVIRONMENT,
        input=f"{GOOD}\n".encode() * 20000,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert run.stderr == b""


@pytest.mark.parametrize(
    ("environment", "has_color"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_only_a_terminal_gets_colour_and_not_against_its_will(
    tmp_path: Path, environment: dict[str, str], has_color: bool
) -> None:
    (tmp_path / "post.md").write_text(page(BAD))

    assert bool(COLOR.search(on_a_terminal("check", "post.md", folder=tmp_path, **environment))) is has_color
    assert "\x1b[" not in drytables("check", "post.md", folder=tmp_path).stdout


def test_what_a_terminal_would_obey_is_shown(tmp_path: Path) -> None:
    """No text of a page gets to move the cursor, set a colour or turn a line round."""
    signs = ["\x1b[31m", "\x07", "\x7f", "\x9b", "\u202e", "\u2066"]
    (tmp_path / "post.md").write_text(page(*(f"iptables -A INPUT -s 192.0.2.300{sign} -j DROP" for sign in signs)))

    for form in ("text", "short"):
        shown = drytables("check", "--format", form, "post.md", folder=tmp_path).stdout
        assert shown.count("error[") == len(signs)
        assert not set(shown) & set("\x1b\x07\x7f\x9b\u202e\u2066")


def test_a_pipe_gets_no_progress(many: Path) -> None:
    assert drytables("check", "--format", "short", ".", folder=many).stderr == ""


# Help


@pytest.mark.parametrize("command", ["", "check", "fix", "explain", "codes", "rules", "completion"])
def test_help_teaches_by_examples(command: str) -> None:
    run = drytables(*([command] if command else []), "--help")

    assert run.returncode == 0
    assert "examples:\n" in run.stdout
    assert all(len(line) <= 100 for line in run.stdout.splitlines())


def test_the_version_is_semantic() -> None:
    name, version = drytables("--version").stdout.split()

    assert name == "drytables"
    assert [part.isdecimal() for part in version.split(".")] == [True, True, True]


# Pages of other site builders, as they are


PAGES = [
    ("hugo.md", "+++\ntitle = 'x'\n+++\n\n{{< highlight bash \"linenos=table\" >}}\n@\n{{< /highlight >}}\n"),
    ("hugo.md", "---\ntitle: x\n---\n\n```bash {linenos=true,hl_lines=[1]}\n@\n```\n"),
    ("hugo.md", '{{% tab "Debian" %}}\n```bash\n@\n```\n{{% /tab %}}\n'),
    ("jekyll.md", "---\nlayout: post\ntags:\n- a\n---\n\n{% highlight bash linenos %}\n@\n{% endhighlight %}\n"),
    ("jekyll.md", "---\nlayout: post\n---\n\n1. step\n\n   ```sh\n   @\n   ```\n"),
    ("jekyll.md", "{% raw %}\n```sh\n@\n```\n{% endraw %}\n"),
    ("mkdocs.md", '=== "Debian"\n\n    ```bash title="fw.sh" linenums="1"\n    @\n    ```\n'),
    ("mkdocs.md", "!!! note\n\n    ``` { .bash .annotate }\n    @\n    ```\n"),
    (
        "docusaurus.mdx",
        '---\nid: x\n---\n\n:::note\n\n```bash title="fw.sh" showLineNumbers {1,3-4}\n@\n```\n\n:::\n',
    ),
    (
        "docusaurus.mdx",
        '<Tabs>\n  <TabItem value="a">\n\n  ```bash npm2yarn\n  @\n  ```\n\n  </TabItem>\n</Tabs>\n',
    ),
]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The codes of what is found in each of them, once with a command that is refused and once with one that is not."""
    folder = tmp_path_factory.mktemp("pages")
    for number, (name, text) in enumerate(PAGES):
        for kind, command in (("bad", BAD), ("good", GOOD)):
            (folder / f"{number}-{kind}").mkdir()
            (folder / f"{number}-{kind}" / name).write_text(text.replace("@", command))
    pages = json.loads(drytables("check", "--format", "json", ".", folder=folder).stdout)["files"]
    return {page["path"].partition("/")[0]: [*codes_of(page)] for page in pages}


def codes_of(page: dict[str, Any]) -> Iterator[str]:
    """The codes of what was found on a page, with `ok` for each command of which nothing is said."""
    yield from (each["code"] for each in page["diagnostics"])
    for command in page["commands"]:
        yield from [each["code"] for each in command["diagnostics"]] or ["ok"]


@pytest.mark.parametrize("number", range(len(PAGES)), ids=[name for name, _ in PAGES])
def test_other_builders_pages_are_read_as_they_are(findings: dict[str, list[str]], number: int) -> None:
    assert findings[f"{number}-bad"] == ["bad-value"]
    assert findings[f"{number}-good"] == ["ok"]


def test_what_an_editor_and_a_system_leave_beside_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(page(GOOD))
    (tmp_path / ".#post.md").symlink_to("somebody@host.123:456")
    (tmp_path / "._post.md").write_bytes(b"\x00\x05\x16\x07\xff")
    for name in ("post.md~", "#post.md#", ".post.md.swp", "4913"):
        (tmp_path / name).write_text(page(BAD))

    run = drytables("check", str(tmp_path))

    assert (run.returncode, run.stdout, run.stderr) == (0, "1 iptables command checked, 0 refused\n", "")
