"""Every diagnostic code: what it means, why it matters, a line that has the fault and one that has not.

The lines are run as tests: the bad one is refused with just this code, the good one is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """One code.

    The lines are commands, judged as `release` or else the newest, or Markdown pages where `on` says so; what is found
    on the site itself has none.
    """

    name: str
    sentence: str
    why: str
    bad: str
    good: str
    on: Literal["command", "page", "site"] = "command"
    release: str = ""


_FENCE = "```sh\niptables -L\n```\n"

_ALL = (
    Code(
        "also-requires",
        "An option is given without another one that it needs.",
        "Older releases often took a value for granted; since 1.4.11 iptables refuses the command instead.",
        "iptables -A INPUT -m statistic --mode nth --every 3",
        "iptables -A INPUT -m statistic --mode nth --every 3 --packet 0",
    ),
    Code(
        "ambiguous-option",
        "A shortened option fits more than one.",
        "iptables takes any beginning of an option that fits only one of those known at that point of the line.",
        "iptables -A INPUT --in eth0",
        "iptables -A INPUT --in-int eth0",
    ),
    Code(
        "bad-chain-name",
        "A chain cannot have this name.",
        "Names have 1 to 28 bytes, no blanks, do not begin with `-` or `!`, and are not those of targets.",
        "iptables -N LOG",
        "iptables -N LOGGED",
    ),
    Code(
        "bad-policy",
        "A built-in chain cannot have this policy.",
        "The kernel knows two policies: ACCEPT and DROP.",
        "iptables -P INPUT REJECT",
        "iptables -P INPUT DROP",
    ),
    Code(
        "bad-value",
        "A value is not of the kind that its option takes.",
        "iptables reads a value to its last letter, and refuses what it cannot read.",
        "iptables -A INPUT -s 192.0.2.300 -j DROP",
        "iptables -A INPUT -s 192.0.2.30 -j DROP",
    ),
    Code(
        "built-in-chain",
        "A built-in chain cannot be deleted or renamed.",
        "It belongs to the table.",
        "iptables -X INPUT",
        "iptables -F INPUT",
    ),
    Code(
        "chain-exists",
        "A chain of this name is there already.",
        "The built-in chains are there from the start.",
        "iptables -N INPUT",
        "iptables -N INPUT_WEB",
    ),
    Code(
        "dangling-negation",
        "A `!` stands at the end, and nothing follows it.",
        "It negates the option behind it.",
        "iptables -A INPUT -j DROP !",
        "iptables -A INPUT ! -i lo -j DROP",
    ),
    Code(
        "double-negation",
        "Two `!` stand in a row.",
        "iptables does not take one for the undoing of the other.",
        "iptables -A INPUT ! ! -s 192.0.2.1 -j DROP",
        "iptables -A INPUT ! -s 192.0.2.1 -j DROP",
    ),
    Code(
        "drop-in-nat",
        "The nat table cannot drop packets.",
        "Only the first packet of a connection comes through it, so it is no place for a filter; iptables "
        "refuses it since 1.4.3.",
        "iptables -t nat -A PREROUTING -s 192.0.2.1 -j DROP",
        "iptables -t raw -A PREROUTING -s 192.0.2.1 -j DROP",
    ),
    Code(
        "empty-range",
        "A range ends before it begins.",
        "It would match nothing.",
        "iptables -A INPUT -p tcp --dport 90:80 -j ACCEPT",
        "iptables -A INPUT -p tcp --dport 80:90 -j ACCEPT",
    ),
    Code(
        "excludes",
        "Two options cannot be used together.",
        "Each says the same thing in another way, or the opposite.",
        "iptables -A INPUT -m statistic --mode random --probability 0.5 --every 2 --packet 0",
        "iptables -A INPUT -m statistic --mode random --probability 0.5",
    ),
    Code(
        "glued-value",
        "iptables 1.8.8 and 1.8.9 do not take a value that is glued to its option.",
        "It was an accident of these two releases, and they are what Debian 12 has.",
        "iptables -A INPUT -ptcp -j ACCEPT",
        "iptables -A INPUT -p tcp -j ACCEPT",
        release="1.8.9",
    ),
    Code(
        "goto-no-chain",
        "`-g` goes to a chain, and this is a target.",
        "Targets are named with `-j`.",
        "iptables -A INPUT -g ACCEPT",
        "iptables -A INPUT -j ACCEPT",
    ),
    Code(
        "jump-to-built-in",
        "A rule cannot jump to a built-in chain.",
        "Packets come there by themselves, from the kernel's hooks.",
        "iptables -A INPUT -j OUTPUT",
        "iptables -A INPUT -j OUTGOING",
    ),
    Code(
        "misplaced-negation",
        "A `!` stands between an option and its value.",
        "That was the way up to iptables 1.4.2; it was refused from 1.4.11 on. The `!` stands before the option.",
        "iptables -A INPUT -s ! 192.0.2.1 -j DROP",
        "iptables -A INPUT ! -s 192.0.2.1 -j DROP",
    ),
    Code(
        "missing-value",
        "The line ends where a value must follow.",
        "An option that takes a value takes the next word, whatever it is.",
        "iptables -A INPUT -p",
        "iptables -A INPUT -p tcp",
    ),
    Code(
        "needs-protocol",
        "A match or target needs `-p` with a protocol in the same rule.",
        "It looks into the header of that protocol, and the kernel refuses the rule when packets of others could come.",
        "iptables -A INPUT -m tcp --dport 80 -j ACCEPT",
        "iptables -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT",
    ),
    Code(
        "negated-list",
        "Several addresses cannot be negated together.",
        "iptables would make a rule of each, and every packet is none of at least one of them.",
        "iptables -A INPUT ! -s 192.0.2.1,192.0.2.2 -j DROP",
        "iptables -A INPUT ! -s 192.0.2.0/30 -j DROP",
    ),
    Code(
        "never-matches",
        "The rule matches no packet at all.",
        "`all` is every protocol, and nothing is left when it is negated.",
        "iptables -A INPUT ! -p all -j DROP",
        "iptables -A INPUT ! -p tcp -j DROP",
    ),
    Code(
        "no-command",
        "The line does not say what to do, or is no iptables command.",
        "A rule is added with `-A`, inserted with `-I`, deleted with `-D`; `-L` lists.",
        "iptables -s 192.0.2.1 -j DROP",
        "iptables -A INPUT -s 192.0.2.1 -j DROP",
    ),
    Code(
        "not-in-release",
        "The release that is judged by does not have this yet.",
        "Newer ones do.",
        "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1 --persistent",
        "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1",
        release="1.4.3",
    ),
    Code(
        "not-negatable",
        "A `!` stands before something that cannot be negated.",
        "Options that pick packets can be negated, most of them; commands, matches and targets as a whole cannot.",
        "iptables -A INPUT ! -m tcp -p tcp --dport 80 -j DROP",
        "iptables -A INPUT -p tcp ! --dport 80 -j DROP",
    ),
    Code(
        "only-once",
        "An option is given twice.",
        "iptables refuses the second, even when both say the same.",
        "iptables -A INPUT -p tcp -p udp -j DROP",
        "iptables -A INPUT -p tcp -j DROP",
    ),
    Code(
        "option-not-for-command",
        "An option does not go with this command.",
        "A listing has no target, a deleted number no match.",
        "iptables -L -j ACCEPT",
        "iptables -L -n",
    ),
    Code(
        "required",
        "A match or target lacks an option that it cannot do without.",
        "Alone it would match nothing or do nothing.",
        "iptables -t nat -A POSTROUTING -j SNAT",
        "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1",
    ),
    Code(
        "several-rules",
        "`-R` replaces one rule by one, and this makes several.",
        "Each address of a list makes a rule.",
        "iptables -R INPUT 1 -s 192.0.2.1,192.0.2.2 -j DROP",
        "iptables -R INPUT 1 -s 192.0.2.1 -j DROP",
    ),
    Code(
        "single-dash",
        "A long option has one dash only.",
        "What follows one dash is read letter by letter: `-dport` is `-d port`.",
        "iptables -A INPUT -p tcp -dport 80 -j ACCEPT",
        "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
    ),
    Code(
        "stray-word",
        "A word belongs to no option.",
        "Often an option was forgotten before it, or a quote round a value with blanks.",
        "iptables -A INPUT ACCEPT",
        "iptables -A INPUT -j ACCEPT",
    ),
    Code(
        "two-commands",
        "The line says two things to do.",
        "One call of iptables does one thing.",
        "iptables -F -P INPUT DROP",
        "iptables -P INPUT DROP",
    ),
    Code(
        "typographic-dash",
        "A word begins with a dash instead of a hyphen.",
        "Word processors and blog engines put them there; to iptables it is a word like any other.",
        "iptables –A INPUT -j DROP",
        "iptables -A INPUT -j DROP",
    ),
    Code(
        "unexpected-value",
        "A value stands behind an option that takes none.",
        "`--syn` is set or not.",
        "iptables -A INPUT -p tcp --syn=1 -j DROP",
        "iptables -A INPUT -p tcp --syn -j DROP",
    ),
    Code(
        "unknown-chain",
        "There is no such chain, and it can only be a slip for one that is.",
        "The kernel answers `No chain/target/match by that name`.",
        "iptables -A INPTU -j DROP",
        "iptables -A INPUT -j DROP",
    ),
    Code(
        "unknown-match",
        "There is no such match.",
        "`-m` loads it by this name, before its options are read.",
        "iptables -A INPUT -m contrack --ctstate NEW -j DROP",
        "iptables -A INPUT -m conntrack --ctstate NEW -j DROP",
    ),
    Code(
        "unknown-option",
        "No match or target on the line so far has this option.",
        "Options of a match are known only after `-m` has named it, or `-p` its protocol.",
        "iptables -A INPUT --dport 80 -j ACCEPT",
        "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
    ),
    Code(
        "unknown-protocol",
        "There is no such protocol.",
        "It is a name of /etc/protocols, a number up to 255, or `all`.",
        "iptables -A INPUT -p tpc -j DROP",
        "iptables -A INPUT -p tcp -j DROP",
    ),
    Code(
        "unknown-table",
        "There is no such table.",
        "There are filter, nat, mangle, raw and security.",
        "iptables -t mangel -L",
        "iptables -t mangle -L",
    ),
    Code(
        "unknown-target",
        "There is no such target, and it can only be a slip for one that is.",
        "Any other name may be a chain of the reader's own.",
        "iptables -A INPUT -j accept",
        "iptables -A INPUT -j ACCEPT",
    ),
    Code(
        "wrong-chain",
        "A target or match cannot be used in this chain.",
        "What it looks at or changes is not there at that hook.",
        "iptables -t nat -A PREROUTING -j MASQUERADE",
        "iptables -t nat -A POSTROUTING -j MASQUERADE",
    ),
    Code(
        "wrong-family",
        "An address or option is for the other of iptables and ip6tables.",
        "Each has rules of its own.",
        "iptables -A INPUT -s 2001:db8::1 -j DROP",
        "ip6tables -A INPUT -s 2001:db8::1 -j DROP",
    ),
    Code(
        "wrong-interface",
        "The interface is not known in this chain.",
        "A packet that comes in has no interface yet to go out by, and one that goes out came in by none.",
        "iptables -A INPUT -o eth0 -j DROP",
        "iptables -A INPUT -i eth0 -j DROP",
    ),
    Code(
        "wrong-table",
        "A chain or target is not in this table.",
        "Without `-t` it is the filter table.",
        "iptables -A POSTROUTING -j MASQUERADE",
        "iptables -t nat -A POSTROUTING -j MASQUERADE",
    ),
    Code(
        "unclosed-quote",
        "A quote is opened and never closed.",
        "The shell waits for more, and takes the next lines in.",
        'iptables -A INPUT -j LOG --log-prefix "in: ',
        'iptables -A INPUT -j LOG --log-prefix "in: "',
    ),
    Code(
        "not-in-grammar",
        "A match or target is not in the grammar of drytables.",
        "iptables has it; nothing is said about its options. A warning, it fails no build.",
        "iptables -A INPUT -m account --aname x -j DROP",
        "iptables -A INPUT -j DROP",
        release="1.3.5",
    ),
    Code(
        "bad-line",
        "A line in iptables-save text is none of that format.",
        "iptables-restore stops there and loads nothing.",
        "```iptables-save\n*filter\nhello\nCOMMIT\n```\n",
        "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
        on="page",
    ),
    Code(
        "missing-commit",
        "A table in iptables-save text has no COMMIT.",
        "iptables-restore loads a table when it reads COMMIT, not before.",
        "```iptables-save\n*filter\n-A INPUT -j DROP\n```\n",
        "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
        on="page",
    ),
    Code(
        "no-table",
        "A line in iptables-save text stands outside of any table.",
        "Each table begins with its name, `*filter`.",
        "```iptables-save\n-A INPUT -j DROP\nCOMMIT\n```\n",
        "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
        on="page",
    ),
    Code(
        "unseen-fence",
        "Markdown does not take this for a fence: the code becomes prose on the page.",
        "Python-Markdown knows a fence at the start of a line only, with a language or marks in braces behind it.",
        "```sh refused\niptables -L\n```\n",
        _FENCE,
        on="page",
    ),
    Code(
        "bad-mark",
        "A mark on a fence has a value that means nothing, or stands twice.",
        "The fence would be judged as if it were not there.",
        '```{.sh iptables="1.4.banana"}\niptables -L\n```\n',
        '```{.sh iptables="1.4.10"}\niptables -L\n```\n',
        on="page",
    ),
    Code(
        "empty-reason",
        "A fence is marked unchecked without a reason.",
        "Readers are told why a command was not judged.",
        '```{.sh unchecked=""}\niptables -L\n```\n',
        '```{.sh unchecked="an example of a typing mistake"}\niptables -L\n```\n',
        on="page",
    ),
    Code(
        "not-refused",
        "A fence is marked as refused, and iptables takes what is in it.",
        "A post that shows a mistake would show none.",
        '```{.sh refused="unknown-option"}\niptables -L\n```\n',
        '```{.sh refused="unknown-option"}\niptables --lst\n```\n',
        on="page",
    ),
    Code(
        "dropped-post",
        "Pelican would leave a file out of the site.",
        "It logs a line about a post that it cannot use, and publishes the rest.",
        "",
        "",
        on="site",
    ),
)

#: Every code, by its name.
CODES: dict[str, Code] = {code.name: code for code in _ALL}
