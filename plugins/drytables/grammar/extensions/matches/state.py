"""state: the state of a packet's connection, an older subset of conntrack. iptables-extensions(8), state.

Observed beyond it with iptables-legacy 1.8.9: the words may be shortened, in any case, and are saved in a fixed order.
"""

from ...extension import Match, Option
from ...values.connection_states import ConnectionStates

_STATES = ConnectionStates(
    "INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", says='Bad state "{text}"',
    says_nothing='"--state" requires a list of states with no spaces, e.g. ESTABLISHED,RELATED',
)  # fmt: skip

state = Match(
    "state",
    Option(
        "state",
        _STATES,
        required=True,
        negatable=True,
        not_negatable_in="1.4.11..1.4.11.1",
        twice_in="..1.4.10",
        sentence="the packet {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="ct state {value}",
        today="-m conntrack {! }--ctstate {value}",
    ),
    table_since="1.4.11",
    looks_at="packet",
    sentence="ask connection tracking about the packet's connection",
)
