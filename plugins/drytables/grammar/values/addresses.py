"""Addresses as options accept them: hosts, networks, masks and MACs, read as libxtables reads them and written as `-S`
does.

An IPv4 or IPv6 address is an integer here. How short forms (`10/8`), masks and names are read was observed with
iptables-legacy 1.8.9.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from ...diagnostics.codes.command import WRONG_FAMILY
from ...reading.need import Need
from ...reading.pattern import pattern
from ..nft import Unsayable
from .base import IPV4, Family, InvalidValue, Value, number
from .wording import Context

#: The bits of an address, by family.
BITS = {IPV4: 32, "ipv6": 128}

_NAME = pattern(
    r"(?=.*[A-Za-z])[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?\Z"
)


#: Few different masks are in use.
_MOST_MASKS = 64

#: The bytes of an address as they are usually written.
_BYTES = {str(byte): byte for byte in range(256)}


class Name(str):
    """A host or network name, whose address only the reader's machine knows."""

    __slots__ = ()


class Network(NamedTuple):
    """A masked address, and its mask."""

    address: int | Name
    mask: int


def dotted_quad(text: str) -> int | None:
    """An IPv4 address in its usual form, which is printed unchanged: four decimal bytes without leading zeros."""
    parts = text.split(".")
    if len(parts) != 4:
        return None
    try:
        first, second, third, fourth = [_BYTES[part] for part in parts]
    except KeyError:
        return None
    return first << 24 | second << 16 | third << 8 | fourth


def ipv4(text: str) -> int | None:
    """An IPv4 address, in which missing bytes at the end are zero (`10` is 10.0.0.0)."""
    usual = dotted_quad(text)
    if usual is not None:
        return usual
    parts = text.split(".")
    if len(parts) > 4:
        return None
    address = 0
    for part in parts:
        byte = number(part)
        if byte is None or byte > 255:
            return None
        address = address << 8 | byte
    return address << 8 * (4 - len(parts))


def ipv6(text: str) -> int | None:
    """An IPv6 address, in any form of RFC 4291."""
    from socket import AF_INET6, inet_pton  # imported with the first IPv6 address: it is slow to start

    try:
        return int.from_bytes(inet_pton(AF_INET6, text), "big")
    except (OSError, ValueError):
        return None


_PART = pattern(r"0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*", re.ASCII)

#: Used where `number` returns None: a part with far too many digits.
_TOO_LARGE = 1 << 64

#: The zone of a link-local address: an interface, by name or number.
_ZONE = pattern(r"[\w.-]{1,15}", re.ASCII)

#: The first 96 bits of an IPv6 address that represents an IPv4 one (`::ffff:192.0.2.1`).
_MAPPED = 0xFFFF


def resolved_ipv4(text: str) -> int | None:
    """An IPv4 address as the C library's resolver reads it: one to four numbers of any base, the last of which fills
    all remaining bytes (`10.1` is 10.0.0.1), or an IPv6 address that represents one.
    """
    parts = text.split(".")
    if len(parts) > 4 or not all(_PART.fullmatch(part) for part in parts):
        mapped = ipv6(text) if ":" in text else None
        return mapped & 0xFFFF_FFFF if mapped is not None and mapped >> 32 == _MAPPED else None
    *bytes_, rest = [_TOO_LARGE if (value := number(part)) is None else value for part in parts]
    if any(byte > 255 for byte in bytes_) or rest >= 1 << 8 * (5 - len(parts)):
        return None
    address = 0
    for byte in bytes_:
        address = address << 8 | byte
    return address << 8 * (5 - len(parts)) | rest


def resolved_ipv6(text: str) -> int | None:
    """An IPv6 address; the zone of a link-local one (`fe80::1%eth0`) is read and dropped."""
    address, percent, zone = text.partition("%")
    value = ipv6(address)
    if percent and (not _ZONE.fullmatch(zone) or value is None or value >> 118 != 0xFE80 >> 6):
        return None
    return value


def write_address(address: int | Name, family: Family) -> str:
    """An address in its usual form; a name as itself."""
    if isinstance(address, Name):
        return address
    if family == IPV4:
        return f"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}"
    from socket import AF_INET6, inet_ntop

    return inet_ntop(AF_INET6, address.to_bytes(16, "big"))


def prefix_length(mask: int, family: Family) -> int | None:
    """How many leading ones a mask has, or None if it has gaps."""
    bits = BITS[family]
    length = mask.bit_count()
    return length if mask == (1 << bits) - (1 << bits - length) else None


@lru_cache(_MOST_MASKS)
def write_mask(mask: int, family: Family) -> str:
    """A mask as `-S` writes it after the slash: its length, or in full if it has gaps."""
    length = prefix_length(mask, family)
    return str(length) if length is not None else write_address(mask, family)


@lru_cache(_MOST_MASKS)
def read_mask(text: str, family: Family) -> int:
    """A mask: a length, or an address with all its bytes; raises InvalidValue."""
    bits = BITS[family]
    length = number(text)
    if length is not None and length <= bits:
        return (1 << bits) - (1 << bits - length)
    mask = (ipv4(text) if text.count(".") == 3 else None) if family == IPV4 else ipv6(text)
    if mask is None:
        raise InvalidValue(f"not a mask: expected 0 to {bits}, or an address", says=f"invalid mask `{text}' specified")
    return mask


def read_host(text: str, family: Family, says: str = "host/network `{text}' not found") -> int | Name:
    """One address or name; raises InvalidValue, with `says` as iptables' answer."""
    address = ipv4(text) if family == IPV4 else ipv6(text)
    if address is None:
        address = resolved_ipv4(text) if family == IPV4 else resolved_ipv6(text)
    if address is not None:
        return address
    if text == "localhost":
        return 0x7F00_0001 if family == IPV4 else 1
    if _NAME.match(text):
        return Name(text)
    other = ("ip6tables", "an IPv6", ipv6(text)) if family == IPV4 else ("iptables", "an IPv4", ipv4(text))
    if other[2] is not None and ("." in text or ":" in text):
        raise InvalidValue(
            f"{other[1]} address",
            says=says.replace("{text}", text),
            code=WRONG_FAMILY,
            help=f"{other[1]} address belongs in an `{other[0]}` command",
        )
    reason = "not an address" if family == IPV4 else "not an IPv6 address"
    raise InvalidValue(reason, says=says.replace("{text}", text))


def read_network(text: str, family: Family) -> Network:
    """`HOST[/MASK]`, the mask after the last slash; the address comes masked, and with a mask of 0 the host's name is
    not even looked up.
    """
    before, slash, after = text.rpartition("/")
    host, mask_text = (before, after) if slash else (text, "")
    bits = BITS[family]
    try:
        mask = read_mask(mask_text, family) if slash else (1 << bits) - 1
    except InvalidValue as bad:
        bad.at = bad.at or (len(host) + 1, len(text))
        raise
    if slash and not mask:
        return Network(0, 0)
    try:
        address = read_host(host, family)
    except InvalidValue as bad:
        bad.at = (0, len(host)) if host else None
        raise
    return Network(address if isinstance(address, Name) else address & mask, mask)


def write_network(network: Network, family: Family) -> str:
    """`ADDRESS/MASK`."""
    return f"{write_address(network.address, family)}/{write_mask(network.mask, family)}"


def leading_ones(length: int, family: Family) -> int:
    """The mask of that length."""
    return (1 << BITS[family]) - (1 << BITS[family] - length)


def nft_network(network: Network, family: Family, negated: bool = False) -> str:
    """What nft compares an address with: `!= 192.0.2.0/24`, `& 255.0.255.0 == 10.0.12.0`; empty for every address.

    A name is looked up when nft reads it, as iptables does.
    """
    if not network.mask and not negated:
        return ""
    address, length = write_address(network.address, family), prefix_length(network.mask, family)
    if length is None:
        return f"& {write_mask(network.mask, family)} {'!=' if negated else '=='} {address}"
    text = address if length == BITS[family] else f"{address}/{length}"
    return f"!= {text}" if negated else text


def say_host(address: int | Name, context: Context) -> str:
    """One address; of a name that was typed, also what it means everywhere."""
    said = write_address(address, context.family)
    is_named = not isinstance(address, Name) and context.typed.lower() == "localhost"
    return f"localhost ({said})" if is_named else said


def say_network(network: Network, family: Family) -> str:
    """A network as a person says it: a whole address without its mask, and a mask with gaps after its address."""
    length = prefix_length(network.mask, family)
    address = write_address(network.address, family)
    if length == BITS[family]:
        return address
    return (
        f"{address} under the mask {write_address(network.mask, family)}" if length is None else f"{address}/{length}"
    )


def say_in_network(network: Network, family: Family) -> str:
    """The same after "is": `192.0.2.1` or `in 192.0.2.0/24`."""
    length = prefix_length(network.mask, family)
    if length == 0:
        return "any address"
    said = say_network(network, family)
    return said if length in (None, BITS[family]) else f"in {said}"


class Host(Value):
    """One address, or a name that the reader's machine resolves."""

    synopsis = "ADDRESS"

    def __init__(self, says: str = '{extension}: Bad value for "--{option}" option: "{text}"') -> None:
        self.says = says

    def read(self, text: str, family: Family) -> int | Name:
        return read_host(text, family, self.says.replace("{text}", text))

    def write(self, value: int | Name, family: Family) -> str:
        return write_address(value, family)

    def say(self, value: int | Name, context: Context) -> str:
        return say_host(value, context)

    def needs(self, value: int | Name) -> list[Need]:
        return [Need("host", str(value))] if isinstance(value, Name) else []


class AddressRange(Value):
    """`LOW-HIGH`, or one address, which is then both ends, unless a range of two is required (`both_ends`)."""

    synopsis = "ADDRESS[-ADDRESS]"
    _says = '{extension}: Bad value for "--{option}" option: "{text}"'

    def __init__(self, both_ends: bool = False) -> None:
        self.both_ends = both_ends

    def read(self, text: str, family: Family) -> tuple[Any, Any]:
        low, dash, high = text.partition("-")
        if self.both_ends and not dash:
            raise InvalidValue("the range has only one end", says=self._says.replace("{text}", text))
        first = self._end(low, 0, family)
        return first, self._end(high, len(low) + 1, family) if dash else first

    def _end(self, text: str, at: int, family: Family) -> int:
        address = ipv4(text) if family == IPV4 else ipv6(text)
        if address is None:
            raise InvalidValue(
                "not an address", at=(at, at + len(text)) if text else None, says=self._says.replace("{text}", text)
            )
        return address

    def write(self, value: tuple[int, int], family: Family) -> str:
        return "-".join(write_address(end, family) for end in value)

    def nft(self, value: tuple[int, int], family: Family) -> str:
        if value[0] > value[1]:
            raise Unsayable("nft reads no range that ends before it begins", "the smaller address first")
        return self.write(value, family)

    def say(self, value: tuple[int, int], context: Context) -> str:
        low, high = (write_address(end, context.family) for end in value)
        return low if low == high else f"between {low} and {high}"


class MacAddress(Value):
    """Six hexadecimal bytes separated by colons, of at most two characters each, read as C's strtoul reads them."""

    synopsis = "XX:XX:XX:XX:XX:XX"
    _byte = pattern(r"[0-9a-fA-F]{0,2}|[ \t\n\v\f\r+-][0-9a-fA-F]")

    def read(self, text: str, family: Family) -> str:
        pieces = text.split(":")
        if len(pieces) != 6 or not all(self._byte.fullmatch(piece) for piece in pieces):
            raise InvalidValue(
                "not six pairs of hexadecimal digits separated by colons", says="Invalid MAC address specified."
            )
        return ":".join(f"{int(piece or '0', 16) & 255:02x}" for piece in pieces)


class PairedMacAddress(MacAddress):
    """Six bytes of exactly two hexadecimal digits."""

    _byte = pattern(r"[0-9a-fA-F]{2}")


class LenientMacAddress(MacAddress):
    """Six hexadecimal bytes of any length, with or without a sign."""

    is_lenient = True
    _byte = pattern(r"[ \t\n\v\f\r]*[+-]?(?:0[xX])?[0-9a-fA-F]*")


host = Host()
address_range = AddressRange()
range_of_two = AddressRange(both_ends=True)
mac_address = MacAddress()
paired_mac_address = PairedMacAddress()
lenient_mac_address = LenientMacAddress()
