"""cluster: this node's share of the packets that several nodes all see. iptables-extensions(8), cluster.

Observed with iptables-legacy 1.8.9: a node is saved as the equivalent mask, and masks above 32 are refused.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ...builtin import CHAINS
from ...checks import needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import NEVER, network_word
from ...rule import Use
from ...values.base import uint32


def node_exists(use: Use) -> CheckFailure | None:
    """A node's number, or mask, must not exceed the number of nodes; if both are given, iptables keeps the last."""
    total = use.value("cluster-total-nodes")
    given = [name for name in use.settings if name in ("cluster-local-node", "cluster-local-nodemask")]
    if total is None or not given or not use.has("cluster-hash-seed"):
        return None
    last = given[-1]
    value, is_node = use.value(last), last == "cluster-local-node"
    if not (1 << value - 1 if is_node else value) >> total:
        return None
    says = "local-node' must be <=" if "cluster-local-node" in given else "local-nodemask' too big for"
    return CheckFailure(
        BAD_VALUE,
        f"node {value} of {total} does not exist"
        if is_node
        else f"the mask {value:#x} selects more than {total} nodes",
        option=last,
        cause="cluster-total-nodes",
        label=f"the nodes are 1 to {total}" if is_node else f"one bit for each of the {total} nodes",
        says=f"cluster match: `--cluster-{says} `--cluster-total-nodes'",
    )


def saved(use: Use) -> list[str]:
    """The mask, even if a node was given, and the rest."""
    node = use.value("cluster-local-node")
    option = "cluster-local-node" if node is not None else "cluster-local-nodemask"
    mask = 1 << node - 1 if node is not None else use.value("cluster-local-nodemask")
    return [
        *(["!"] if use.negated(option) else []), "--cluster-local-nodemask", f"0x{mask:08x}",
        "--cluster-total-nodes", str(use.value("cluster-total-nodes")),
        "--cluster-hash-seed", f"0x{use.value('cluster-hash-seed'):08x}",
    ]  # fmt: skip


def by_the_hash(use: Use) -> str:
    """The nodes by their bits, which nft's hash counts from 0; the packet counts as sent to this machine then."""
    node = use.value("cluster-local-node")
    option = "cluster-local-nodemask" if node is None else "cluster-local-node"
    mask = use.value(option) if node is None else 1 << node - 1
    bits = [str(bit) for bit in range(32) if mask >> bit & 1]
    if not bits:
        return NEVER
    total, seed = use.value("cluster-total-nodes"), use.value("cluster-hash-seed")
    nodes = f"{{ {', '.join(bits)} }}" if len(bits) > 1 else bits[0]
    comparison = "!= " if use.negated(option) else "" if len(bits) > 1 else "eq "
    header = network_word(use.rule.family)
    # Without the name of the header, nft 1.0.6 and 1.1.3 end when they list the rule.
    words = f"jhash ct original {header} saddr mod {total} seed {seed:#x} {comparison}{nodes}"
    chain = use.rule.chain
    # nft changes the type of a packet before it is routed, and nowhere else.
    is_early = chain is None or chain.text not in CHAINS or chain.text == "PREROUTING"
    return f"{words} meta pkttype set host" if is_early else words


cluster = Match(
    "cluster",
    Option(
        "cluster-local-node",
        uint32(1, 32),
        negatable=True,
        excludes="cluster-local-nodemask",
        sentence="the packet is {not }for node {value}",
        negated_inside_in="1.4.6..1.4.10",
    ),
    Option(
        "cluster-local-nodemask",
        uint32(1, 32),
        negatable=True,
        sentence="the packet is {not }for one of the nodes in the mask {value}",
        negated_inside_in="1.4.6..1.4.10",
    ),
    Option(
        "cluster-total-nodes",
        uint32(1, 32),
        required=True,
        sentence="the connections are shared by {value:node}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "cluster-hash-seed",
        uint32(),
        required=True,
        sentence="connections are distributed with the seed {value}",
        negation_ignored_in="..1.4.10",
    ),
    checks=(
        needs_one_of(
            "cluster-local-node",
            "cluster-local-nodemask",
            says="cluster match: `--cluster-local-node' or`--cluster-local-nodemask' is missing",
        ),
        node_exists,
    ),
    table_since="1.4.11",
    saved=saved,
    sentence="take this node's share of the connections that all nodes see",
    nft=by_the_hash,
)
