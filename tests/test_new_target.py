"""A terminating target is added by a file of its own, and its cases: all that tells of rules then knows it as one.

A made-up target is written into a copy of the package, once with `terminates=True` and once without.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from case_files import FOLDER
from commands.run import ENVIRONMENT, PLUGINS
from drytables.grammar.catalogue import all_extensions
from drytables.grammar.history.releases import history

DECLARED = '''"""PARK: keep packets until they are asked for; made up for a test."""

from ...extension import Option, Target
from ...nft import NotInNft
from ...values.base import uint16

park = Target(
    "PARK",
    Option("lot", uint16(), required=True, sentence="in the lot {value}"),
    terminates={terminates},
    sentence="keep the packet",
    nft=NotInNft("nft parks no packets"),
)
'''
CASES = """-A INPUT -j PARK --lot 7 => ok: -A INPUT -j PARK --lot 7
-A INPUT «-j PARK» => required
-A INPUT -j PARK --lot «x» => bad-value
"""

#: Asks whatever tells of rules about chains that use the target, and prints the answers.
PROGRAM = """
import json
from case_files import all_cases
from drive import report_of_code
from drytables.meaning.chains import built_chains, ending_chains
from drytables.meaning.explain import explain
from drytables.meaning.flow import tracks
from drytables.formats.html.flow import flow_in_words
from drytables.page.story import step_of
from drytables.meaning.spread import spreads
from drytables.meaning.spread_text import in_words
from test_extensions import difference_of

cases = [case for case in all_cases() if case.place.startswith("targets/park.txt")]
for case in cases:
    assert not difference_of(case), difference_of(case)


def snippet(*rules):
    return report_of_code("\\n".join(f"iptables {rule}" for rule in rules))


def chains(*rules):
    return built_chains([step_of(checked) for checked in snippet(*rules).snippets[0].commands])


own = chains("-N OWN", "-A OWN -j PARK --lot 7", "-A INPUT -s 192.0.2.1 -j OWN")
shared = chains("-A INPUT -m statistic --mode nth --every 2 --packet 0 -j PARK --lot 1", "-A INPUT -j DROP")
story = snippet("-A INPUT -j PARK --lot 7", "-A INPUT -s 192.0.2.1 -j DROP")
print(json.dumps({
    "cases": len(cases),
    "story": [found.code for found in story.all_diagnostics()],
    "explain": [part.sentence for part in explain(own[0].rules[0])],
    "ending": sorted(ending_chains(own)),
    "flow": [flow_in_words(track) for track in tracks(own)],
    "spread": [in_words(spread) for chain in shared for spread in spreads(chain.rules)],
}))
"""


def answers(folder: Path, terminates: bool) -> dict[str, Any]:
    """What a copy of the package tells of the made-up target."""
    shutil.copytree(PLUGINS / "drytables", folder / "drytables", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(FOLDER, folder / "cases")
    for file in ("case_files.py", "drive.py", "grammar/test_extensions.py"):
        shutil.copy(FOLDER.parent / file, folder)
    target = folder / "drytables" / "grammar" / "extensions" / "targets" / "park.py"
    target.write_text(DECLARED.replace("{terminates}", str(terminates)), encoding="utf-8")
    (folder / "cases" / "targets" / "park.txt").write_text(CASES, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env=ENVIRONMENT | {"PYTHONPATH": str(folder)},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.mark.starts_programs
def test_a_new_terminating_target_is_known_as_one_everywhere(tmp_path: Path) -> None:
    told = answers(tmp_path, terminates=True)

    assert told["cases"] == 3
    assert told["explain"] == ["add a rule at the end of the OWN chain", "keep the packet", "in the lot 7"]
    assert told["story"] == ["never-reached"]
    assert told["ending"] == ["OWN"]
    assert "comes back" not in told["flow"][0]
    assert "PARK 1: 1 in 2 (packets 1, 3, 5 …); DROP: 1 in 2" in told["spread"][0]


@pytest.mark.starts_programs
def test_a_new_target_that_is_not_terminating_lets_packets_go_on(tmp_path: Path) -> None:
    told = answers(tmp_path, terminates=False)

    assert told["story"] == []
    assert told["ending"] == []
    assert "the rest returns" in told["flow"][0]
    assert "PARK 1: 1 in 2 (packets 1, 3, 5 …); DROP: all" in told["spread"][0]


@pytest.mark.parametrize("name", [each.name for each in all_extensions() if each.common])
def test_a_common_target_is_found_by_a_slip_in_its_name(name: str) -> None:
    """What is common is looked for in the history, so that no file is loaded in vain."""
    assert history()["extensions"][name]["kind"] == "target"
