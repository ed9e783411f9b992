"""What an author writes where readers should put something of their own: `<ip>`, `[port]`, YOUR_IP, x.x.x.x, `…`."""

from __future__ import annotations

import re

from .pattern import pattern
from .shell.quotes import overlaps

_BRACKETED = pattern(
    r"""(?<![<$&\w])<(?![\s<>(=&-])[^<>"'`|;&\n]*(?:(?<!\s)|(?<=\)\s))>     # <ip>, <your address>, <port (tcp) >
      | (?<=[\w.:/,=@-])<[A-Za-z_][^<>"'`|;&()\n]*(?<!\s)>       # fail2ban-<name>, 10.0.0.<n>
      | (?<!\S)<<[a-z][\w-]*>>(?=[/:,]|\s+-|\s*$)                # <<ip>>
      | <%[^%\n]*%>                                              # <%= address %>, of ERB
      | \\<[\w .:/-]+\\>                                         # \<ip\>, as escaped for Markdown
      | [‹〈《【「『（＜][^\s‹›〈〉《》【】「」『』（）＜＞"'`]+[›〉》】」』）＞]
      | \$\{[A-Za-z_]\w*(?:\.|\[["'])[^{}\n]*\}                     # ${var.address}, of Terraform
      | \{\{[^{}\n]+\}\}                                         # {{address}}
      | \#\{[^\s{}"'`]+\}                                        # #{address}
      | (?<!\$)\{(?:[^\s{}$;"'`](?:[^{}$;"'`\n]*[^\s{}$;"'`])?)?\} # {address}, {your address}, {80,443}, {}
      | %\(\w+\)[sd] | (?<![\w%])%[isd](?![\w%])                 # %(port)s, %i
      | (?<![\w%])(%{1,2})[A-Za-z_][\w-]*\1(?![\w%]) | (?<!\S)\#[A-Z_]{2,}\#     # %PORT%, %%port%%, #PORT#
      | @{1,2}[A-Za-z_]+@{1,2} | (?<!\w)__\w+?__(?!\w)                     # @IP@, __IP__
      | (?<![\w*])(\*{1,2})(?!(?:ACCEPT|DROP|REJECT|RETURN|LOG|[A-Z]NAT|(?:IN|OUT)PUT|[A-Z]*ROUTING|FORWARD)\*)
        [A-Za-z](?:[\w .-]*\w)?\2(?![\w*])                  # **your_ip**, emphasis that code does not have
    """,
    re.VERBOSE,
)
#: What such a placeholder begins with.
#: A word between guillemets, unless it is the text of an option that takes any: `--comment «web»` was in quotes.
_GUILLEMETS = pattern(r"«[^\s«»\"'`]+»")
_TAKES_TEXT = pattern(r"--(?:comment|log-prefix|string|hex-string|n?[fu]?log-prefix|ulog-prefix|name)[ \t=]+\Z")
_FIRST_SIGN = pattern(r"[<\\‹〈《【「『（＜${\#%@_*]")
_SQUARE = pattern(r"\[(?:[A-Za-z!-]|\s+[-<A-Za-z])(?:[^\[\]\"'`;|&$\n]|(?<!\|)\|(?!\|))*\]")
#: What an option and its value look like in a synopsis; they may contain variables and quotes, as in any command.
_SQUARE_OPTION = pattern(
    r"""(?<!\S)\[\s*(?:!\s*)?--?[A-Za-z](?:[^\[\]"'`;&|\n]|"[^"\n]*"|'[^'\n]*'|\[[^\[\]\n]*\]|(?<!\|)\|(?!\|))*\]"""
)
#: Options, names in capitals, numbers and what else is a value, and is not the name of a program that one pipes to.
_CHOICE = r"""(?:
    --?[A-Za-z][\w-]* | [A-Z][A-Z0-9_-]+ | \d[\w.:/]* | <[^<>|\s][^<>|\n]*>
  | (?:tcp|udp|udplite|icmp|icmpv6|ipv6-icmp|sctp|dccp|esp|ah|gre|all|any|nat|filter|mangle|raw|security|src|dst
      |accept|drop|reject|lo|(?:eth|wlan|en[ops]|wl|wg|tun|tap|br|ppp|docker)(?:[0-9x+][\w.+-]*)?)(?![\w.+-])
)"""
_CHOICES = pattern(
    rf"""(?<!\S)\([ ]?{_CHOICE}(?:[ ]?\|[ ]?{_CHOICE})+[ ]?\)(?!\S)         # (-A|-I), ( tcp | udp )
      | (?<![^\s=\[,]){_CHOICE}(?:[ ]?\|[ ]?{_CHOICE})+(?=[\s\]}},;]|$)   # tcp|udp, -A|-I, ACCEPT | DROP
      | (?<!\S)<[\w.:/-]+(?:\|[\w.:/-]+)+>(?=[\s/:,]|$)                  # <tcp|udp>
    """,
    re.VERBOSE,
)
_UNKNOWN_PART = r"[xX]{1,3}|[yY]{1,3}|[zZ]{1,3}|[nN]{1,3}|[a-dwA-DW]|A{2}|B{2}|C{2}|D{2}|_{1,4}|\?{1,3}"
_PART = rf"(?:\d{{1,3}}|{_UNKNOWN_PART})"
_GROUP = r"[\da-fA-FnNw-zW-Z]{0,4}"
_PLAIN = pattern(
    rf"""(?<![\w.])(?=[\d.]*[A-Za-z_?]){_PART}(?:\.{_PART}){{3}}(?:/[A-Za-z]{{1,2}})?(?![\w.])  # 192.168.x.x, a.b.c.d/e
      | (?<![\w.:])(?=[\da-fA-F:]*[nNw-zW-Z]){_GROUP}(?::{_GROUP}){{2,7}}(?![\w.:])   # 2001:db8::xxxx
      | \.{{3,}} | … | (?<![\w./-])_{{2,}}(?![\w./-])
    """,
    re.VERBOSE,
)
#: What each of those contains: two dots around a part, of which one that is no number is between or beside them, two
#: colons with at most four letters between, or an ellipsis.
_MAY_BE_PLAIN = pattern(
    rf"\.(?:(?:{_UNKNOWN_PART})\.|(?<=[A-Za-z_?]\.){_PART}\.|{_PART}\.[A-Za-z_?]|\.\.)|:{_GROUP}:|…|__"
)
_NAMED = pattern(
    r"""(?<![\w.$-])(?:
        [yY](?:our|OUR)[_.-][\w.-]*\w | MY_\w+                             # your_server_ip, YOUR.IP.HERE
      | (?=\w*_)(?:\w++-|(?=\w++(?!-))(?:\w+_)?)                       # WAN_IP, SERVER_IP_ADDRESS, my_host-IP
        (?:IP|IPv[46]|ADDR|ADDRESS|PORT|INTERFACE|IFACE|SUBNET|Subnet|NETWORK|CIDR)(?:_\w+)?
      | [\w-]+_(?:private|public|server|client|local|remote|gateway)_+(?:ip|IP|port|address)   # coreos-1_private_ip
      | [\w-]+[_-]here | rulenum | rule-num(?:ber)? | rule-specification
    )(?![\w-])""",
    re.VERBOSE,
)
#: What each of those contains.
_MAY_BE_NAMED = pattern(r"_|[yY](?:our|OUR)|here|rule")
#: These are followed by a name of the author's own choice, which may look like a placeholder: `-N BLOCK_IP`.
_BEFORE_A_NAME = pattern(
    r"""(?:\s-[A-Za-z]*[ADIRLSFZNXPEjgtm]|\s--(?:jump|goto|match-set|name|set-name|add-set|del-set|set|hashlimit-name"""
    r"""|new-chain|append|insert|delete|check|comment|log-prefix|string))\s+["']?$"""
)
_RUNS_IPTABLES = pattern(r"(?:ip6?tables|\$\{?ip[46]?t)[^\s;&|]*[ \t](?:\\\n|[^;&\n])*", re.IGNORECASE)


def find_placeholders(text: str) -> list[tuple[int, int]]:
    """The ranges of the placeholders in a shell text, in order and without overlaps.

    Quoting is ignored: whether a range inside quotes means anything is for the reader of words to say.
    """
    ranges = _bracketed(text)
    # What belongs to a command of iptables, as far as that shows without a parser.
    in_command = [match.span() for match in _RUNS_IPTABLES.finditer(text)] if "[" in text or "|" in text else []
    if "[" in text:
        ranges += _in_square_brackets(text, in_command)
    if "|" in text:
        choices = _CHOICES.finditer(text)
        ranges += (match.span() for match in choices if overlaps(in_command, match.start(), match.end()))
    if "«" in text:
        ranges += between_guillemets(text)
    if _MAY_BE_PLAIN.search(text):
        ranges += (match.span() for match in _PLAIN.finditer(text))
    # Markdown wants `_` escaped outside of code; the shell drops the backslash.
    for match in _NAMED.finditer(text.replace("\\_", "__")) if _MAY_BE_NAMED.search(text) else ():
        if not _BEFORE_A_NAME.search(text, max(0, match.start() - 40), match.start()):
            ranges.append(match.span())
    return outermost(ranges)


def between_guillemets(text: str) -> list[tuple[int, int]]:
    """The ranges of the placeholders in guillemets, which elsewhere are quotes that became curly."""
    found = (match.span() for match in _GUILLEMETS.finditer(text))
    return [span for span in found if not _TAKES_TEXT.search(text[max(0, span[0] - 20) : span[0]])]


def _in_square_brackets(text: str, in_command: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in square brackets; `in_command` are those of commands of iptables."""
    ranges = []
    for brackets in (_SQUARE, _SQUARE_OPTION):
        for match in brackets.finditer(text):
            start = match.start()
            # Anywhere else, brackets with blanks in them are the shell's own `[ -f x ]`.
            is_test = text[start + 1].isspace() and not overlaps(in_command, start, start + 1)
            if not is_test and not _is_address(match[0]):
                ranges.append(match.span())
    return ranges


def _bracketed(text: str) -> list[tuple[int, int]]:
    """The ranges of the placeholders with a delimiter at each end.

    Searching for the opening character alone, which is rare, takes a fraction of the time that the pattern takes.
    """
    ranges: list[tuple[int, int]] = []
    for sign in _FIRST_SIGN.finditer(text):
        start = sign.start()
        whole = _BRACKETED.match(text, start) if not ranges or ranges[-1][1] <= start else None
        if whole:
            ranges.append(whole.span())
    return ranges


def _is_address(text: str) -> bool:
    """Whether brackets contain an IPv6 address, as in `[fe80::1]:80`."""
    return text.count(":") >= 2


def outermost(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, without those that lie in or overlap an earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(ranges, key=lambda each: (each[0], -each[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def mask(text: str, ranges: list[tuple[int, int]]) -> str:
    """The text with each range filled with letters, so that a shell parser sees it as a plain part of a word."""
    pieces: list[str] = []
    at = 0
    for start, end in ranges:
        pieces += text[at:start], "X" * (end - start)
        at = end
    return "".join((*pieces, text[at:]))
