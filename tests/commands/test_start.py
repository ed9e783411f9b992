"""A program that asks about one rule waits for what judges it, and for nothing else; how long is for `make bench`."""

import json
import subprocess
import sys
from pathlib import Path

from .run import ENVIRONMENT, GOOD

#: What takes as long to load as to judge a rule, or longer, and who needs it.
NOT_NEEDED = {
    "argparse": "options",
    "dataclasses": "pages",
    "bisect": "diagnostics",
    "copy": "pages",
    "pkgutil": "finding all extensions",
    "inspect": "dataclasses",
    "shlex": "explain",
    "concurrent.futures": "thousands of lines",
    "tree_sitter": "shell code",
    "socket": "IPv6 addresses",
    "drytables.page.check": "pages",
    "drytables.diagnostics.codes.every": "codes",
    "drytables.judging.release_wording": "older releases",
    "drytables.reading.shell.programs": "programs of other names than iptables",
    "drytables.bulk.shapes": "many lines",
}


def test_one_rule_is_judged_without_what_others_need() -> None:
    program = "import sys, json; from drytables.cli import main; main(['rules']); print(json.dumps([*sys.modules]))"

    run = subprocess.run([sys.executable, "-c", program], input=GOOD, capture_output=True, text=True, env=ENVIRONMENT)
    answer, loaded = run.stdout.splitlines()

    assert json.loads(answer)["ok"]
    assert NOT_NEEDED.keys() & {*json.loads(loaded)} == set()


def test_pages_without_a_command_are_dismissed_without_what_judges(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# A page\n\n```sh\nls -l\n```\n")
    program = (
        "import sys, json; from drytables.cli import main; main(['check', sys.argv[1]]);"
        "print(json.dumps([each for each in sys.modules if each.startswith(('drytables', 'tree_sitter'))]))"
    )

    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, env=ENVIRONMENT
    )
    told, loaded = run.stdout.splitlines()
    rooms = {name.removeprefix("drytables.").split(".")[0] for name in json.loads(loaded)}

    assert told == "0 iptables commands checked, 0 refused"
    assert not rooms & {"tree_sitter", "judging", "ruleset", "meaning", "page"}
