"""NFTABLES.md: its table of what shows that a form does the same has each match and target, and says what is true."""

import re
from pathlib import Path

from conftest import PROJECT
from drytables.grammar.catalogue import all_extensions
from nft.cases import cases

PAGE = (PROJECT / "NFTABLES.md").read_text(encoding="utf-8")
ORACLE = Path(__file__).parent / "oracle"
WITNESSES = {"code", "packets", "taken", "reason"}


def rows(kind: str) -> dict[str, set[str]]:
    """The witnesses of each match, or target, as the page states them."""
    table = PAGE.partition(f"| {kind} | shown by | |\n")[2].partition("\n\n")[0]
    found = re.findall(r"^\| ([\w-]+) \| ([\w, ]+) \| .*\|$", table, re.MULTILINE)
    return {name: {*witnesses.split(", ")} for name, witnesses in found}


def used(kind: str, text: str) -> set[str]:
    """The matches or targets that commands name, or that their protocol brings in."""
    if kind == "target":
        return {*re.findall(r" -j (\w+)", text)}
    synonyms = {"icmpv6": "icmp6"}
    return {*re.findall(r" -m (\w+)", text)} | {synonyms.get(name, name) for name in re.findall(r" -p (\w+)", text)}


def test_every_match_and_target_has_a_witness() -> None:
    for kind in ("match", "target"):
        assert rows(kind).keys() == {each.name for each in all_extensions() if each.kind == kind}
        assert set().union(*rows(kind).values()) <= WITNESSES


def test_what_packets_show_is_tried_with_packets() -> None:
    pairs = (ORACLE / "nft_pairs.txt").read_text(encoding="utf-8")
    changes = (ORACLE / "nft_changes.txt").read_text(encoding="utf-8")
    for kind in ("match", "target"):
        stated = {name for name, witnesses in rows(kind).items() if "packets" in witnesses}
        assert stated <= used(kind, pairs + changes), kind


def test_each_is_in_a_case_and_has_a_form_unless_there_is_a_reason() -> None:
    said = {True: "", False: ""}
    for case in cases():
        said[bool(case.lines)] += f"\n{case.command} "
    for kind in ("match", "target"):
        for name, witnesses in rows(kind).items():
            if witnesses == {"reason"}:
                assert name not in used(kind, said[True]), name
            else:
                assert name in used(kind, said[True]), name


def test_every_option_is_in_a_case() -> None:
    text = "\n".join(case.command for case in cases())
    refused = {"CLUSTERIP", "ULOG"}  # by Linux, so that no command with them is accepted
    # What says how IPsec, or a program, is set up, and has no part in the form.
    needless = {"policy", "rateest", "ipvs", "bpf", "HMARK", "RATEEST", "LED"}
    missing = [
        f"{extension.name} --{option.name}"
        for extension in all_extensions()
        if extension.name not in refused | needless
        for option in extension.options
        if not any(re.search(rf" --?{re.escape(name)}(?= |$)", text, re.MULTILINE) for name in option.names)
    ]

    assert missing == []
