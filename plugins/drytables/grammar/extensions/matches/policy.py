"""policy: the IPsec policy that a packet was or will be handled by. iptables-extensions(8), policy.

Observed beyond it with iptables-legacy 1.8.9: without `--pol`, ipsec is meant; with `--pol none` the elements are
dropped; there can be up to four. What the kernel refuses was tried on Linux 6.18.
"""

from __future__ import annotations

from collections.abc import Mapping

from ....diagnostics.codes.command import ALSO_REQUIRES, BAD_VALUE, EXCLUDES, ONLY_ONCE, REQUIRED, WRONG_CHAIN
from ...extension import CheckFailure, Match, Option
from ...nft import Said, Unsayable, network_word
from ...rule import Setting, Use
from ...saving import setting_words
from ...values.base import Family, InvalidValue, OneOf, Value, uint32
from ...values.older_addresses import counted_host_mask, named_network
from ...values.protocols import Protocol, say_protocol
from ...values.resolved_addresses import resolved_host_mask
from ...values.unchecked import Unchecked
from ...values.wording import Context, as_typed

_ELEMENT = ("reqid", "spi", "proto", "mode", "tunnel-dst", "tunnel-src")
_MOST_ELEMENTS = 4
_PROTOCOLS = {50: "esp", 51: "ah", 108: "ipcomp"}


class IpsecProtocol(Protocol):
    """One of the protocols of IPsec, by name or number; written by its name."""

    synopsis = "ah|esp|ipcomp"

    def read(self, text: str, family: Family) -> int:
        value = super().read(text, family)
        if value not in _PROTOCOLS:
            raise InvalidValue(
                "expected ah, esp or ipcomp",
                says="policy match: protocol must be ah/esp/ipcomp",
                choices=tuple(_PROTOCOLS.values()),
            )
        return value

    def write(self, value: int, family: Family) -> str:
        return _PROTOCOLS[value]

    def say(self, value: int, context: Context) -> str:
        return say_protocol(value, context)


class SecurityParameterIndex(Value):
    """A number of 32 bits; written in hexadecimal."""

    synopsis = "N"

    def read(self, text: str, family: Family) -> int:
        return uint32().read(text, family)

    def write(self, value: int, family: Family) -> str:
        return f"{value:#x}"

    def say(self, value: int, context: Context) -> str:
        return as_typed(value, context.typed)


def elements(use: Use) -> list[list[Setting]]:
    """The settings of each element, in the order in which they were typed; `--next` begins a new one."""
    groups: list[list[Setting]] = [[]]
    for setting in sorted((each for given in use.settings.values() for each in given), key=lambda each: each.span):
        if setting.option.name == "next":
            groups.append([])
        elif setting.option.name in _ELEMENT:
            groups[-1].append(setting)
    return groups


def once_in_an_element(use: Use, setting: Setting) -> CheckFailure | None:
    """An element can have each option once."""
    name = setting.option.name
    if sum(each.option.name == name for each in elements(use)[-1]) < 2:
        return None
    return CheckFailure(
        ONLY_ONCE,
        f"`--{name}` can only be used once in an element",
        option=name,
        label="used again here",
        says=f"policy match: double --{name} option",
        help="start another element with `--next`, which requires `--strict`",
    )


def not_too_many_elements(use: Use, setting: Setting) -> CheckFailure | None:
    """There is room for four elements."""
    if len(elements(use)) <= _MOST_ELEMENTS:
        return None
    return CheckFailure(
        BAD_VALUE,
        f"a policy has at most {_MOST_ELEMENTS} elements",
        option="next",
        label="one too many",
        says="policy match: maximum policy depth reached",
    )


def direction_is_given(use: Use) -> CheckFailure | None:
    """The direction of the packets must be given."""
    if use.has("dir"):
        return None
    return CheckFailure(
        REQUIRED,
        "the `policy` match requires `--dir in` or `--dir out`",
        label="the direction is missing",
        says="policy match: neither --dir in nor --dir out specified",
    )


def no_policy_is_not_strict(use: Use) -> CheckFailure | None:
    """`none` has no elements to be strict about, and no second one either."""
    other = next((name for name in ("strict", "next") if use.has(name)), None)
    if use.value("pol") != "none" or other is None:
        return None
    return CheckFailure(
        EXCLUDES,
        f"`--pol none` and `--{other}` cannot be used together",
        option=other,
        cause="pol",
        label="conflicts with `--pol none`",
        says=f"policy match: policy none but {'--strict' if other == 'strict' else 'policy'} given",
    )


def elements_are_complete(use: Use) -> CheckFailure | None:
    """A strict policy has no empty element, and only tunnels have ends."""
    if use.value("pol") == "none":
        return None
    for number, element in enumerate(elements(use)):
        names = {setting.option.name: setting for setting in element}
        if use.has("strict") and not names:
            return CheckFailure(
                REQUIRED,
                f"element {number} of the policy is empty",
                option="strict",
                label="each element requires an option",
                says=f"policy match: empty policy element {number}. --strict is in"
                " effect, but at least one of reqid, spi, tunnel-src, tunnel-dst, proto or mode is required.",
            )
        end = next((name for name in ("tunnel-src", "tunnel-dst") if name in names), None)
        if end and not _is_tunnel(names.get("mode")):
            return CheckFailure(
                ALSO_REQUIRES,
                f"`--{end}` also requires `--mode tunnel`",
                option=end,
                cause="mode" if "mode" in names else "",
                label="only a tunnel has endpoints",
                help="add `--mode tunnel`" if "mode" not in names else "",
                says="policy match: --tunnel-src/--tunnel-dst is only valid in tunnel mode",
            )
    return None


def one_policy_unless_strict(use: Use) -> CheckFailure | None:
    """Once, a second use of the match was taken for another element, which only a strict policy may have."""
    of_policy = [each for each in use.rule.matches if each.extension is use.extension]
    if use.has("strict") or use is of_policy[0]:
        return None
    return CheckFailure(
        ALSO_REQUIRES,
        "two `policy` matches require `--strict` in this release",
        says="policy match: multiple elements but no --strict",
        until="1.4.10",
    )


def _is_tunnel(mode: Setting | None) -> bool:
    return mode is not None and (mode.known == "tunnel") != mode.negated


def direction_fits_the_chain(use: Use) -> CheckFailure | None:
    """Packets do not come in everywhere, nor go out."""
    chain = use.rule.chain.text if use.rule.chain else ""
    direction = use.value("dir")
    others = {"in": ("OUTPUT", "POSTROUTING"), "out": ("PREROUTING", "INPUT")}.get(direction, ())
    if chain not in others:
        return None
    way = "come in" if direction == "in" else "go out"
    return CheckFailure(
        WRONG_CHAIN,
        f"`--dir {direction}` cannot be used in `{chain}`",
        option="dir",
        label=f"packets do not {way} here",
        by_kernel=True,
    )


def saved(use: Use) -> list[str]:
    """Direction and policy, and the elements, each in a fixed order."""
    policy = use.value("pol", "ipsec")
    words = ["--dir", use.value("dir"), "--pol", policy]
    if policy == "none":
        return words
    words += ["--strict"] if use.has("strict") else []
    for number, element in enumerate(elements(use)):
        words += ["--next"] if number else []
        for name in _ELEMENT:
            words += [
                word for each in element if each.option.name == name for word in setting_words(each, use.rule.family)
            ]
    return words


def _part(
    name: str,
    value: Value,
    sentence: str,
    *,
    before: Mapping[str, Value] | None = None,
    negated_inside_in: str = "..1.4.3.2 1.4.6..1.4.10",
    glued_in: str = "1.4.4..",
) -> Option:
    return Option(
        name,
        value,
        before=before,
        negatable=True,
        repeatable=True,
        check=once_in_an_element,
        sentence=sentence,
        negated_inside_in=negated_inside_in,
        glued_in=glued_in,
    )


_NETWORKS_BEFORE = {"1.4.11": named_network, "1.4.19.1": counted_host_mask}
_INSIDE_A_NUMBER = "..1.4.2 1.4.6..1.4.10"


def of_ipsec(use: Use) -> Said:
    """Whether there is a policy, or what the first one that was applied says."""
    way = use.value("dir")
    exists = "exists" if use.value("pol", "ipsec") == "ipsec" else "missing"
    if use.has("strict") or use.has("next"):
        raise Unsayable("nft cannot ask that a packet has just these policies", "`ipsec in spnum N …` for each of them")
    if use.has("proto") or use.has("mode"):
        raise Unsayable("nft sees neither the protocol nor the mode of a policy", "`ipsec in reqid` or `ipsec in spi`")
    words = []
    for option, (key, kind) in _NFT_PARTS.items():
        if use.has(option):
            family = use.rule.family
            condition = kind.nft_condition(use.value(option), family, use.negated(option))
            words.append(f"ipsec {way} {key.replace('{ip}', network_word(family))} {condition}")
    if words:
        return Said(" ".join(words), notes=("only the first policy that was applied is looked at",))
    return Said(f"meta secpath {exists}" if way == "in" else f"rt ipsec {exists}")


#: The parts of a policy that nft can look at.
_NFT_PARTS: dict[str, tuple[str, Value]] = {
    "reqid": ("reqid", uint32()),
    "spi": ("spi", SecurityParameterIndex()),
    "tunnel-src": ("{ip} saddr", resolved_host_mask),
    "tunnel-dst": ("{ip} daddr", resolved_host_mask),
}


policy = Match(
    "policy",
    Option(
        "dir",
        OneOf(
            *("in", "out"),
            says='policy_match: invalid dir "{text}"',
            said={"in": "the packet was received", "out": "the packet will be sent"},
        ),
        sentence="look at how {value}",
        negation_ignored_in="1.4.11..1.4.12",
        glued_in="1.4.4..",
    ),
    Option(
        "pol",
        OneOf(
            *("ipsec", "none"),
            says='policy match: invalid policy "{text}"',
            said={"ipsec": "IPsec handles it", "none": "IPsec does not handle it"},
        ),
        sentence="{value}",
        glued_in="1.4.4..",
        twice_in="..1.4.10",
    ),
    Option("strict", sentence="the policy has just these elements, in this order"),
    _part(
        "reqid",
        uint32(),
        "the element's request id is {not }{value}",
        before={"1.4.3": Unchecked(bits=32)},
        negated_inside_in=_INSIDE_A_NUMBER,
        glued_in="..",
    ),
    _part(
        "spi",
        SecurityParameterIndex(),
        "the element's security parameter index is {not }{value}",
        before={"1.4.3": Unchecked(bits=32, base=16)},
        negated_inside_in=_INSIDE_A_NUMBER,
        glued_in="..",
    ),
    _part("proto", IpsecProtocol(), "the element's protocol is {not }{value}"),
    _part(
        "mode",
        OneOf("tunnel", "transport", says='policy match: invalid mode "{text}"'),
        "the element is {not }in {value} mode",
    ),
    _part("tunnel-dst", resolved_host_mask, "the tunnel's far end is {not }{value}", before=_NETWORKS_BEFORE),
    _part("tunnel-src", resolved_host_mask, "the tunnel's near end is {not }{value}", before=_NETWORKS_BEFORE),
    Option("next", repeatable=True, also="strict", check=not_too_many_elements, sentence="start the next element"),
    checks=(direction_is_given, no_policy_is_not_strict, one_policy_unless_strict, elements_are_complete),
    table_since="1.4.11",
    kernel=(direction_fits_the_chain,),
    saved=saved,
    looks_at="packet",
    sentence="look at the IPsec policy that handled or will handle the packet",
    nft=of_ipsec,
)
