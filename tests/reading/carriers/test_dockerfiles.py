"""The commands of a Dockerfile."""

from __future__ import annotations

import pytest
from one_fence import commands

A, F = "iptables -A INPUT -j DROP", "iptables -F"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"RUN {F} && {A}", [F, A]),
        (f"run --mount=type=cache,target=/x --network=host {F}", [F]),
        ("RUN apt-get update \\\n  # why\n\n  && iptables -A INPUT \\\n    -j DROP", [A]),
        (f"RUN <<END\n{F}\n{A}\nEND\nRUN iptables -L", [F, A, "iptables -L"]),
        (f'CMD ["sh", "-c", "{F}; {A}"]', [F, A]),
        ('ENTRYPOINT ["iptables", "-A", "a b"]', ["iptables -A [a b]"]),
        (f"ENTRYPOINT {F}", [F]),
        (f"HEALTHCHECK --interval=5s CMD {F} || exit 1", [F]),
        (f"ONBUILD RUN {F}", [F]),
        (f"# RUN {F}\nLABEL x={F}\nENV y {F}", []),
    ],
)
@pytest.mark.parametrize("language", ["dockerfile", ""])
def test_commands(code: str, found: list[str], language: str) -> None:
    assert commands(f"FROM debian\n{code}\n", language) == found
