"""No number in a sentence comes from nowhere: the reader typed it, or the sentence says what it is made of."""

import os
import re
from collections.abc import Iterator

from case_files import all_cases
from drytables.diagnostics.source import Source, Span
from drytables.grammar.values.addresses import ipv4, ipv6, resolved_ipv4
from drytables.judging.verdict import judge
from drytables.meaning.explain import Part, explain
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command
from oracle.commands import command

#: Numbers of a sentence that were not typed, and why they may stand there. Each is a part of the sentence as it names
#: where its number comes from, and what it names as `typed` was typed.
ALLOWED = {
    r"\b00(?=:\d\d)|(?<=\d\d:)00\b(?!:)": "hours and minutes that were left out are zero",
    r"\(its counter begins at 0\)": "where the counter of `--packet` begins, which is why the first is 0",
    r"\(\d+ [TGM]i?B\)": "a number of bytes once more, in a larger unit",
    r"\(rounded to \d+ bytes\)": "what iptables keeps of a rate in bytes",
    r"\d+ packets \(\d+ [KM]B\)": "a burst of packets that was typed as if it were of bytes",
    r"(option \d+( of \d+ bytes)?(, | and )?)+ \(what 8 bits leave of (?P<typed>[^()]*)\)": "what large numbers leave",
    r"[\w:]+ \(what \d+ bits leave of (?P<typed>[^()]*)\)": "the same of one number",
    r"[\d-]+(?: [\d:]+)?, which (?P<typed>[\d-]+) comes to": "a date that no calendar has, and the day it comes to",
    r"[A-Z][a-z]+ \d{4}, which (?P<typed>[\d-]+) comes to": "the same of a month",
    r"a probability of [\d.e-]+ \((?P<typed>[^()]*)\)": "a probability that was typed in another way",
    r"\d+(st|nd|rd|th) \(no more is read of [^()]*\)": "the beginning of a day that was typed wrongly, and all of it",
    r'(\S+|"[^"]*") \(the rest does not fit\)': "a text that is cut off",
    r"the bytes? [0-9a-f ]+": "what is not text in a text, byte by byte",
    r"\d+ seconds? \(all that is read of (?P<typed>.*)\)": "the number that a text begins with, and the text",
    r"localhost \([\d.:]+\)": "the address of the one name that is the same on every machine",
    r"\d+ \((?P<typed>[a-z][\w.-]*)\)": "the port of a service that was typed by its name, which is beside it",
}

_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?:0x[0-9a-f]+|\d+(?:\.\d+)?)")
_QUAD = re.compile(r"(?:\d+\.){3}\d+")
_ADDRESS = re.compile(r"(?:\d+\.){3}\d+|(?:[0-9a-f]*:){2,}[0-9a-f:.]*")
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]+|[0-9a-fA-F]{1,8}")
_DECIMAL = re.compile(r"\d*\.\d+")


def values_of(text: str) -> set[float]:
    """Every number that a text holds, in each base in which it could be read."""
    values: set[float] = set()
    for digits in (*_HEXADECIMAL.findall(text), *_DECIMAL.findall(text), *re.findall(r"\d+", text)):
        for read in (float, lambda each: int(each, 0), lambda each: int(each, 16), lambda each: int(each, 8)):
            try:
                values.add(read(digits))
            except ValueError:
                continue
    return values


def addresses_in(text: str) -> Iterator[int]:
    """Every address that a text holds, in each way in which options read one."""
    for piece in [*re.split(r"[\s,/=\[\]-]|%\w+", text), *_QUAD.findall(text)]:
        for read in (ipv4, ipv6, resolved_ipv4):
            address = read(piece) if piece else None
            if address is not None:
                yield address


def strangers(part: Part, typed: list[str]) -> list[str]:
    """The numbers of a sentence that are neither typed nor allowed; what is left of addresses after a mask counts as
    typed, and so does the length of a mask.
    """
    # A value may be attached to its option.
    typed = [*typed, *(word.partition("=")[2] or "0" for word in typed if "=" in word), *(word[2:] for word in typed)]
    typed_text = " ".join(typed)
    text = part.sentence
    for word in (word for word in typed if ":" in word):
        text = re.sub(rf"(?<![\w:]){re.escape(word)}(?![\w:])", "", text)
    for pattern in ALLOWED:
        text = re.sub(
            pattern, lambda found: found[0] if found.groupdict().get("typed", "") not in typed_text else "", text
        )
    for word in typed:
        # A name, or a text between quotation marks, is told to the letter.
        text = re.sub(rf"(?<![\w.:]){re.escape(word)}(?![\w.:])", "", text)
    known = [*(each for word in typed for each in addresses_in("".join(word.split())))]
    told = [address for token in _ADDRESS.findall(text) for address in addresses_in(token)]
    lost = [] if all(any(each & one == each for one in known) for each in told) else ["an address"]
    text = _ADDRESS.sub("", text)
    lengths = {bin(address).count("1") for address in known} | {leading_ones(address) for address in known}
    for length in re.findall(r"(?:/|first )(\d+)", text):
        text = re.sub(rf"(/|first ){length}", "", text) if int(length) in lengths else text
    typed_values = values_of(typed_text)
    return lost + [number for number in _NUMBER.findall(text) if not values_of(number) & typed_values]


def leading_ones(address: int) -> int:
    """How many bits of a mask with gaps are in front of them, in each of its words of 32 bits."""
    words = [address >> shift & 0xFFFF_FFFF for shift in range(0, max(address.bit_length(), 32), 32)]
    return sum(32 - (word ^ 0xFFFF_FFFF).bit_length() for word in words)


def told_of(line: str) -> list[str]:
    """What is wrong with the sentences of a command: each with its number, and what was typed."""
    read = read_line(Source("-", line))
    if not isinstance(read, Command):
        return []
    verdict = judge(read)
    # An empty text is read as the number 0.
    typed = [word.text or "0" for word in read.words]
    if verdict.status == "refused":
        return []
    return [
        f"{line}: {part.sentence}: {', '.join(found)}"
        for part in explain(verdict.rule)
        if (found := strangers(part, typed))
    ]


def test_no_number_comes_from_nowhere_in_the_cases() -> None:
    assert [fault for case in all_cases() if not case.release for fault in told_of(case.command)] == []


def test_no_number_comes_from_nowhere_whatever_is_typed() -> None:
    """`SENTENCES_N=20000` for a long run."""
    lines = [command(17, number) for number in range(int(os.environ.get("SENTENCES_N", "500")))]

    assert [fault for line in lines for fault in told_of(line)] == []


def test_a_number_from_nowhere_is_seen() -> None:
    part = Part(Span(0, 1), words="--dport 22", sentence="the destination port is 23")

    assert strangers(part, ["iptables", "-A", "INPUT", "-p", "tcp", "--dport", "22"]) == ["23"]
