"""Every case of tests/cases: the verdict, the canonical form, the fault and where it is."""

import pytest
from case_files import Case, cases_by_file
from drive import verdict_of
from drytables.grammar.history.releases import NEWEST
from drytables.meaning.canonical import canonical


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_commands_are_judged_as_their_lines_say(cases: list[Case]) -> None:
    """All that differ are shown at once."""
    differing = [difference for case in cases if (difference := difference_of(case))]

    assert not differing, "\n".join(["", *differing])


def difference_of(case: Case) -> str:
    """In what the judgement of a case differs from its line; empty where it does not."""
    verdict = verdict_of(case.command, case.release or NEWEST)
    refusal = verdict.refusal
    kind, _, rest = case.expected.partition(":")
    where = f"{case.place}: {case.command}\n    "
    if kind not in ("ok", "needs", "open"):
        if refusal is None:
            return f"{where}is accepted, not refused with {case.expected}"
        if refusal.code != case.expected:
            return f"{where}is refused with {refusal.code}, not {case.expected}: {refusal.message}"
        if case.marked and (refusal.span.start, refusal.span.end) != case.marked:
            pointed, marked = case.command[slice(*refusal.span)], case.command[slice(*case.marked)]
            return f"{where}points at {pointed!r}, not at {marked!r}"
        return ""
    if refusal is not None:
        return f"{where}is refused: {refusal.message}"
    expected = "open" if kind == "open" else "accepted"
    if verdict.status != expected:
        return f"{where}is {verdict.status}, not {expected}"
    if kind == "ok" and rest and canonical(verdict.rule) != rest.strip():
        return f"{where}is printed as {canonical(verdict.rule)}, not as {rest.strip()}"
    needs = ", ".join(map(str, verdict.needs))
    return f"{where}needs {needs}, not {rest.strip()}" if kind == "needs" and needs != rest.strip() else ""
