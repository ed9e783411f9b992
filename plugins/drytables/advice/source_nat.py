"""Source addresses that are changed on all packets, whichever way they leave."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.codes.advice import NAT_EVERYWHERE
from ..diagnostics.diagnostic import Diagnostic, Label
from ..model.conditions import conditions_of
from ..model.ruleset import Chain
from ..model.targets.nat import changes_source


def about_source_nat(chain: Chain) -> Iterator[Diagnostic]:
    """Rules of POSTROUTING that change the source of all packets that come to them: not even `-s` limits them.

    A rule with any condition, even one of chance, is meant for some packets. Only the first is reported: no packet
    reaches the next.
    """
    for placed in chain.rules:
        rule = placed.rule
        if rule.target is None or not changes_source(rule.target) or rule.unread or conditions_of(placed):
            continue
        yield Diagnostic(
            NAT_EVERYWHERE,
            "this changes the source of connections out of every interface, the inner ones too",
            Label(rule.target.named),
            notes=(
                "whoever is connected to then sees this machine as the source: a server in the local network that is"
                " reached through it, another container, and what is forwarded through a tunnel",
            ),
            help="name the interface that leads outside, as in `-o eth0`",
            severity="note",
        )
        return
