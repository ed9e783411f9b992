"""Which snippets of a page tell one story."""

import pytest
from drive import report_of
from drytables.page.joined import joined

NEW, RULE, JUMP = "iptables -N web", "iptables -A web -s 192.0.2.1 -j DROP", "iptables -A INPUT -j web"


@pytest.mark.parametrize(
    ("snippets", "stories"),
    [
        ([NEW, RULE, JUMP], {2: (0, 1, 2)}),
        ([f"{NEW}\n{RULE}", JUMP], {1: (0, 1)}),
        ([f"{NEW}\n{RULE}", "iptables -A INPUT -j DROP", JUMP], {2: (0, 2)}),
        ([f"{NEW}\n{RULE}\n{JUMP}", f"{NEW}\n{JUMP}"], {}),
        ([NEW, RULE, NEW, JUMP], {1: (0, 1), 3: (2, 3)}),
        ([JUMP, RULE], {}),
        ([NEW, "iptables -t nat -A web -j ACCEPT", "ip6tables -A web -j DROP"], {}),
        (["iptables -A INPUT -j DROP", "iptables -A INPUT -j ACCEPT"], {}),
        ([NEW, "iptables -N mail\niptables -A mail -j web", "iptables -A INPUT -j mail"], {2: (0, 1, 2)}),
    ],
)
def test_joined(snippets: list[str], stories: dict[int, tuple[int, ...]]) -> None:
    report = report_of("\n\n".join(f"```sh\n{each}\n```" for each in snippets) + "\n")

    assert dict(joined(report.snippets)) == stories
