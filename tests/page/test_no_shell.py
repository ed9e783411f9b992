"""A command without a shell around it is told so, where it has signs that only a shell understands."""

from __future__ import annotations

import pytest
from drive import report_of

RULE = "iptables -A INPUT -j DROP"


@pytest.mark.parametrize(
    ("language", "code", "sign"),
    [
        ("ini", f"ExecStart=/sbin/{RULE} || true", "||"),
        ("ini", f"ExecStart={RULE} && x", "&&"),
        ("ini", f"ExecStart={RULE} 2>/dev/null", "2>/dev/null"),
        ("ini", f"ExecStart={RULE} | tee x", "|"),
        ("ini", f"ExecStart={RULE}; x -F", "DROP;"),
        ("ini", "ExecStop=iptables -F && iptables -X", "&&"),
        ("yaml", f"- name: x\n  command: {RULE} > x", ">"),
        ("yaml", '- [iptables, -A, INPUT, -j, DROP, "||", "true"]', '"||"'),
        ("ini", f"ExecStart=sh -c '{RULE} || true'", None),
        ("ini", f"ExecStart={RULE} ; {RULE}", None),
        ("yaml", f"- name: x\n  shell: {RULE} || true", None),
        ("ini", f'ExecStart={RULE} -m comment --comment "a; | b"', None),
    ],
)
def test_told(language: str, code: str, sign: str | None) -> None:
    report = report_of(f"~~~{language}\n{code}\n~~~\n")
    faults = [each for each in report.all_diagnostics() if each.severity == "error"]

    assert [(each.code, report.source.slice(each.span)) for each in faults] == ([("no-shell", sign)] if sign else [])


def test_another_fault_before_it_is_told_as_itself() -> None:
    report = report_of("~~~ini\nExecStart=iptables -A INPUT -p tpc -j DROP || true\n~~~\n")

    assert [each.code for each in report.all_diagnostics() if each.severity == "error"] != ["no-shell"]
