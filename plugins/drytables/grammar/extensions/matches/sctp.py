"""sctp: the ports and chunks of SCTP. iptables-extensions(8), sctp.

Observed beyond it with iptables-legacy 1.8.9: words are read in any case, empty ones ignored; chunks are saved in the
order of their numbers; the flags of I_DATA are read but not saved. Ports from 0 to 65535 are saved.
"""

from __future__ import annotations

from typing import NamedTuple

from ...extension import Match, Option
from ...nft import Unsayable
from ...values.base import Family, InvalidValue, Value, listed
from ...values.ports import StrictPortRange
from ...values.wording import Context, in_a_row

_MATCH_TYPES = ("all", "any", "only")

#: The chunks by their number in the protocol, with the number that iptables' messages use for them.
_CHUNKS = (
    "DATA", "INIT", "INIT_ACK", "SACK", "HEARTBEAT", "HEARTBEAT_ACK", "ABORT", "SHUTDOWN", "SHUTDOWN_ACK", "ERROR",
    "COOKIE_ECHO", "COOKIE_ACK", "ECN_ECNE", "ECN_CWR", "SHUTDOWN_COMPLETE", "I_DATA", "ASCONF_ACK", "RE_CONFIG", "PAD",
    "FORWARD_TSN", "ASCONF", "I_FORWARD_TSN",
)  # fmt: skip
_FLAGS = {"DATA": "IUBE", "I_DATA": "IUBE", "ABORT": "T", "SHUTDOWN_COMPLETE": "T"}
_SAVED_FLAGS = ("DATA", "ABORT", "SHUTDOWN_COMPLETE")


class Chunks(NamedTuple):
    """How many of the chunks must be present, and each with its flags: upper case must be set, lower case not.

    None means all possible chunks.
    """

    match_type: str
    flags: dict[str, str] | None


#: nft's names of the chunks; it has none for the other ones.
_NFT_CHUNKS = {
    **{name: name.lower().replace("_", "-") for name in _CHUNKS[:12]}, "COOKIE_ACK": "cookie-ack", "ECN_ECNE": "ecne",
    "ECN_CWR": "cwr", "SHUTDOWN_COMPLETE": "shutdown-complete", "ASCONF_ACK": "asconf-ack",
    "FORWARD_TSN": "forward-tsn", "ASCONF": "asconf",
}  # fmt: skip
#: The bits of a chunk's flags.
_BITS = {"I": 8, "U": 4, "B": 2, "E": 1, "T": 1}


def _nft_chunk(name: str, letters: str | None, negated: bool) -> str:
    """One chunk with its flags, upper case for those that are set; missing if it has no letters at all."""
    word = _NFT_CHUNKS[name]
    if letters is None or negated:
        return f"{word} missing"
    if not letters:
        return f"{word} exists"
    mask = sum(_BITS[flag] for flag in {*letters.upper()})
    bits = sum(_BITS[flag] for flag in {*letters} if flag.isupper())
    return f"{word} flags & {mask:#x} == {bits:#x}"


class ChunkTypes(Value):
    """Two words: `all`, `any` or `only`, and chunks separated by commas, each with or without `:FLAGS`."""

    synopsis = "all|any|only CHUNK[:FLAGS][,...]"
    words = 2
    missing = "--chunk-types requires two args"

    def __init__(self, chunks: tuple[str, ...]) -> None:
        self.chunks = chunks

    def without(self, words: frozenset[str]) -> ChunkTypes:
        return ChunkTypes(tuple(name for name in self.chunks if name not in words))

    def read_pair(self, first: str, second: str, family: Family) -> Chunks:
        match_type = first.lower()
        if match_type not in _MATCH_TYPES:
            raise InvalidValue(
                "expected all, any or only",
                choices=_MATCH_TYPES,
                says='Match type has to be one of "ALL", "ANY" or "ONLY"',
            )
        if second.upper() == "ALL":
            return Chunks(match_type, None)
        flags: dict[str, str] = {}
        for piece in filter(None, second.split(",")) if second.upper() != "NONE" else ():
            name, _, letters = piece.partition(":")
            name = name.upper()
            if name not in self.chunks:
                raise InvalidValue(
                    f"`{name}` is not an SCTP chunk", says=f"Unknown sctp chunk `{piece.partition(':')[0]}'"
                )
            if any(letter.upper() not in _FLAGS.get(name, "") for letter in letters):
                raise InvalidValue(
                    f"unknown flags `{letters}`",
                    says=f"Invalid flags for chunk type {_CHUNKS.index(name)}",
                    help=f"{name} has the flags {', '.join(_FLAGS[name])}"
                    if name in _FLAGS
                    else f"{name} has no flags",
                )
            flags[name] = flags.get(name, "") + letters
        return Chunks(match_type, flags)

    def write(self, value: Chunks, family: Family) -> str:
        flags = value.flags
        if flags is None:
            return f"{value.match_type} ALL"
        chunks = ",".join(self._chunk(name, flags[name]) for name in _CHUNKS if name in flags)
        return f"{value.match_type} {chunks or 'NONE'}"

    def nft_condition(self, value: Chunks, family: Family, negated: bool) -> str:
        """Each chunk that must be there, or must not be."""
        asked = value.flags if value.flags is not None else dict.fromkeys(_CHUNKS, "")
        present = [name for name in _CHUNKS if name in asked]
        names = _CHUNKS if value.match_type == "only" else present
        if unknown := [name for name in names if name not in _NFT_CHUNKS]:
            raise Unsayable(f"nft knows no chunk {listed(tuple(unknown), 'or')}", "the chunks that it knows")
        if len(present) > 1 and negated != (value.match_type == "any"):
            raise Unsayable("nft cannot ask for one of several chunks", "a rule for each of them")
        if negated and (value.match_type == "only" or any(asked.values())):
            raise Unsayable("nft cannot say the opposite of several conditions", "a rule before it for those packets")
        words = (_nft_chunk(name, asked.get(name), negated) for name in names)
        text = " ".join(f"sctp chunk {each}" for each in words)
        # A packet that is not of SCTP lacks the chunk as well.
        return f"meta l4proto sctp {text}" if "missing" in text else text

    @staticmethod
    def _chunk(name: str, letters: str) -> str:
        """A chunk with its flags; one that must be both set and not set is printed as set."""
        if name not in _SAVED_FLAGS or not letters:
            return name
        known = (flag if flag in letters else flag.lower() for flag in _FLAGS[name] if flag in letters.upper())
        return f"{name}:{''.join(known)}"

    def say(self, value: Chunks, context: Context) -> str:
        kind, flags = value
        if flags is None:
            return "chunks of all kinds" if kind == "all" else "chunks of any kind"
        chunks = [_chunk_in_words(name, flags[name]) for name in _CHUNKS if name in flags] or ["chunks of no kind"]
        named = in_a_row(chunks, "or" if kind == "any" else "and")
        return f"only {named}" if kind == "only" else f"all of {named}" if kind == "all" and len(chunks) > 1 else named

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the chunks {text}"


def _chunk_in_words(name: str, letters: str) -> str:
    flags = [f"{letter.upper()} {'set' if letter.isupper() else 'not set'}" for letter in dict.fromkeys(letters)]
    return f"{name} with {in_a_row(flags)}" if flags else name


_port = StrictPortRange("sctp")

sctp = Match(
    "sctp",
    Option(
        "sport",
        _port,
        aliases="source-port",
        negatable=True,
        repeated_says="Only one `--source-port' allowed",
        sentence="the source port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.11.1",
        nft="sctp sport {value}",
    ),
    Option(
        "dport",
        _port,
        aliases="destination-port",
        negatable=True,
        repeated_says="Only one `--destination-port' allowed",
        sentence="the destination port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.11.1",
        nft="sctp dport {value}",
    ),
    Option(
        "chunk-types",
        ChunkTypes(_CHUNKS),
        negatable=True,
        repeated_says="Only one `--chunk-types' allowed",
        sentence="the packet {carries|does not carry} {value}",
        negated_inside_in="..1.4.11.1",
        glued_in="1.4.6..",
        nft="{value}",
    ),
    protocols="sctp",
    looks_at="packet",
    comes_with="sctp",
    sentence="inspect the SCTP header",
    nft_bare="meta l4proto sctp",
)
