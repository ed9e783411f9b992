"""SCALE.md: its recipes are run as they are written, and answer each line in its place, bad ones too."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from commands.run import BAD, COMMAND, ENVIRONMENT, GOOD
from conftest import PROJECT, need
from drytables.commands.rules import answers
from drytables.grammar.history.releases import NEWEST, Release

TEXT = (PROJECT / "SCALE.md").read_text(encoding="utf-8")
LINES = [
    line
    for number in range(200)
    for line in (f"iptables -A INPUT -p tcp --dport {number} -j ACCEPT", GOOD, BAD, "😀 no command", "", "'open")
]

pytestmark = pytest.mark.starts_programs


def block(language: str) -> str:
    """The only block of a language."""
    (code,) = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    return str(code)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with `drytables`, and a folder with rules.txt."""
    program = tmp_path / "bin" / "drytables"
    program.parent.mkdir()
    settings = " ".join(f"{name}='{value}'" for name, value in ENVIRONMENT.items())
    program.write_text(f'#!/bin/sh\nexec env {settings} {" ".join(COMMAND)} "$@"\n')
    program.chmod(0o755)
    (tmp_path / "rules.txt").write_text("".join(f"{line}\n" for line in LINES), encoding="utf-8")
    return ENVIRONMENT | {"PATH": f"{program.parent}{os.pathsep}{ENVIRONMENT['PATH']}", "HOME": str(tmp_path)}


def expected() -> str:
    return "".join(text for text, _ in answers(iter(LINES), Release(NEWEST), 1))


def test_gnu_parallel(tmp_path: Path, environment: dict[str, str]) -> None:
    """In many blocks, and in the order of the input."""
    need(shutil.which("parallel"), "GNU parallel", "apt-get install parallel")
    line = block("sh").replace("10M", "20k")
    assert "20k" in line

    run = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert (tmp_path / "judged.jsonl").read_text(encoding="utf-8") == expected()


def test_a_program_that_fails_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    need(shutil.which("parallel"), "GNU parallel", "apt-get install parallel")
    (tmp_path / "bin" / "drytables").write_text("#!/bin/sh\nexit 2\n")

    assert subprocess.run(["sh", "-c", block("sh")], cwd=tmp_path, env=environment, check=False).returncode == 1


#: Below the recipe: the rows of each partition, in the order of the partitions.
SHOW = """
import glob, json
for part in sorted(glob.glob("judged/part-*")):
    for row in spark.read.parquet(part).collect():
        print(json.dumps(row.asDict()))
"""


@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is missing; install it with: pip install pyspark")
def test_spark(tmp_path: Path, environment: dict[str, str]) -> None:
    """Only where it is installed, as in a job of its own in CI: it takes half a gigabyte, and half a minute of a
    processor to start. What Spark puts into its pipe is what parallel does.
    """
    need(shutil.which("java"), "Java", "apt-get install default-jre-headless")
    (tmp_path / "judge.py").write_text(block("python") + SHOW, encoding="utf-8")
    local = environment | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    words = [sys.executable, "judge.py", "rules.txt", "judged"]
    run = subprocess.run(words, cwd=tmp_path, env=local, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [row["line"] for row in rows] == LINES
    assert "".join(f"{row['answer']}\n" for row in rows) == expected()
    assert [row["status"] for row in rows] == [json.loads(row["answer"])["status"] for row in rows]
