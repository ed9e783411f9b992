"""Every case of tests/cases, a test each: the verdict, the canonical form, the fault and where it is."""

import pytest
from case_files import Case, all_cases
from drive import verdict_of
from drytables.grammar.history.releases import NEWEST
from drytables.meaning.canonical import canonical


@pytest.mark.parametrize("case", [*all_cases()], ids=lambda case: case.place)
def test_case(case: Case) -> None:
    """A command is judged as its line says."""
    verdict = verdict_of(case.command, case.release or NEWEST)
    found = verdict.refusal
    kind, _, rest = case.expected.partition(":")
    if kind not in ("ok", "needs", "open"):
        assert found is not None, f"{case.command}\nis accepted"
        assert (found.code, case.command) == (case.expected, case.command), found.message
        if case.marked:
            marked = case.command[slice(*case.marked)]
            assert (found.span.start, found.span.end) == case.marked, (
                f"{case.command}\npoints at {case.command[found.span.start : found.span.end]!r}, not at {marked!r}"
            )
        return
    assert found is None, f"{case.command}\n{found and found.message}"
    assert verdict.status == ("open" if kind == "open" else "accepted")
    if kind == "ok" and rest:
        assert canonical(verdict.rule) == rest.strip()
    if kind == "needs":
        assert ", ".join(map(str, verdict.needs)) == rest.strip()
