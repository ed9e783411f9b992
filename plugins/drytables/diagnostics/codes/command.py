"""What is wrong with a command by itself, as iptables or the kernel says."""

from __future__ import annotations

from ..code import Code

ALSO_REQUIRES = Code(
    "also-requires",
    "An option is given without another one that it needs.",
    "A few releases before 1.4.11 took a value for granted; iptables refuses the command instead.",
    "iptables -A INPUT -m statistic --mode nth --every 3",
    "iptables -A INPUT -m statistic --mode nth --every 3 --packet 0",
    about=("part",),
)
AMBIGUOUS_OPTION = Code(
    "ambiguous-option",
    "A shortened option fits more than one.",
    "iptables takes any beginning of an option that fits only one of those known at that point of the line.",
    "iptables -A INPUT --in eth0",
    "iptables -A INPUT --in-int eth0",
)
BAD_CHAIN_NAME = Code(
    "bad-chain-name",
    "A chain cannot have this name.",
    "Names have 1 to 28 bytes, no blanks, do not begin with `-` or `!`, and are not those of targets.",
    "iptables -N LOG",
    "iptables -N LOGGED",
    about=("value",),
)
BAD_POLICY = Code(
    "bad-policy",
    "A built-in chain cannot have this policy.",
    "The kernel knows two policies: ACCEPT and DROP.",
    "iptables -P INPUT REJECT",
    "iptables -P INPUT DROP",
    about=("value",),
)
BAD_VALUE = Code(
    "bad-value",
    "A value is not of the kind that its option takes.",
    "iptables reads a value to its last letter, and refuses what it cannot read.",
    "iptables -A INPUT -s 192.0.2.300 -j DROP",
    "iptables -A INPUT -s 192.0.2.30 -j DROP",
    about=("value",),
)
BUILT_IN_CHAIN = Code(
    "built-in-chain",
    "A built-in chain cannot be deleted or renamed.",
    "It belongs to the table.",
    "iptables -X INPUT",
    "iptables -F INPUT",
)
CHAIN_EXISTS = Code(
    "chain-exists",
    "A chain of this name is there already.",
    "The built-in chains are there from the start.",
    "iptables -N INPUT",
    "iptables -N INPUT_WEB",
)
DANGLING_NEGATION = Code(
    "dangling-negation",
    "A `!` stands at the end, and nothing follows it.",
    "It negates the option behind it.",
    "iptables -A INPUT -j DROP !",
    "iptables -A INPUT ! -i lo -j DROP",
)
DOUBLE_NEGATION = Code(
    "double-negation",
    "Two `!` stand in a row.",
    "iptables does not take one for the undoing of the other.",
    "iptables -A INPUT ! ! -s 192.0.2.1 -j DROP",
    "iptables -A INPUT ! -s 192.0.2.1 -j DROP",
)
DROP_IN_NAT = Code(
    "drop-in-nat",
    "The nat table cannot drop packets.",
    "Only the first packet of a connection comes through it, so it is no place for a filter; iptables "
    "refuses it since 1.4.3.",
    "iptables -t nat -A PREROUTING -s 192.0.2.1 -j DROP",
    "iptables -t raw -A PREROUTING -s 192.0.2.1 -j DROP",
    about=("table",),
)
EMPTY_RANGE = Code(
    "empty-range",
    "A range ends before it begins.",
    "It would match nothing.",
    "iptables -A INPUT -p tcp --dport 90:80 -j ACCEPT",
    "iptables -A INPUT -p tcp --dport 80:90 -j ACCEPT",
)
EXCLUDES = Code(
    "excludes",
    "Two options cannot be used together.",
    "Each says the same thing in another way, or the opposite.",
    "iptables -A INPUT -m statistic --mode random --probability 0.5 --every 2 --packet 0",
    "iptables -A INPUT -m statistic --mode random --probability 0.5",
)
GLUED_VALUE = Code(
    "glued-value",
    "iptables 1.8.8 and 1.8.9 do not take a value that is glued to its option.",
    "It was an accident of these two releases, and they are what Debian 12 has.",
    "iptables -A INPUT -ptcp -j ACCEPT",
    "iptables -A INPUT -p tcp -j ACCEPT",
    release="1.8.9",
)
GOTO_NO_CHAIN = Code(
    "goto-no-chain",
    "`-g` goes to a chain, and this is a target.",
    "Targets are named with `-j`.",
    "iptables -A INPUT -g ACCEPT",
    "iptables -A INPUT -j ACCEPT",
)
JUMP_TO_BUILT_IN = Code(
    "jump-to-built-in",
    "A rule cannot jump to a built-in chain.",
    "Packets come there by themselves, from the kernel's hooks.",
    "iptables -A INPUT -j OUTPUT",
    "iptables -A INPUT -j OUTGOING",
)
MISPLACED_NEGATION = Code(
    "misplaced-negation",
    "A `!` stands between an option and its value.",
    "That was the way up to iptables 1.4.2; it was refused from 1.4.11 on. The `!` stands before the option.",
    "iptables -A INPUT -s ! 192.0.2.1 -j DROP",
    "iptables -A INPUT ! -s 192.0.2.1 -j DROP",
)
MISSING_VALUE = Code(
    "missing-value",
    "The line ends where a value must follow.",
    "An option that takes a value takes the next word, whatever it is.",
    "iptables -A INPUT -p",
    "iptables -A INPUT -p tcp",
    about=("part",),
)
NEEDS_PROTOCOL = Code(
    "needs-protocol",
    "A match or target needs `-p` with a protocol in the same rule.",
    "It looks into the header of that protocol, and the kernel refuses the rule when packets of others could come.",
    "iptables -A INPUT -m tcp --dport 80 -j ACCEPT",
    "iptables -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT",
    about=("part",),
)
NEGATED_LIST = Code(
    "negated-list",
    "Several addresses cannot be negated together.",
    "iptables would make a rule of each, and every packet is none of at least one of them.",
    "iptables -A INPUT ! -s 192.0.2.1,192.0.2.2 -j DROP",
    "iptables -A INPUT ! -s 192.0.2.0/30 -j DROP",
)
NEVER_MATCHES = Code(
    "never-matches",
    "The rule matches no packet at all.",
    "`all` is every protocol, and nothing is left when it is negated.",
    "iptables -A INPUT ! -p all -j DROP",
    "iptables -A INPUT ! -p tcp -j DROP",
)
NO_COMMAND = Code(
    "no-command",
    "The line does not say what to do, or is no iptables command.",
    "A rule is added with `-A`, inserted with `-I`, deleted with `-D`; `-L` lists.",
    "iptables -s 192.0.2.1 -j DROP",
    "iptables -A INPUT -s 192.0.2.1 -j DROP",
    about=("part",),
)
NOT_IN_RELEASE = Code(
    "not-in-release",
    "The release that is judged by does not have this yet.",
    "Newer ones do.",
    "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1 --persistent",
    "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1",
    release="1.4.3",
)
NOT_NEGATABLE = Code(
    "not-negatable",
    "A `!` stands before something that cannot be negated.",
    "Options that pick packets can be negated, most of them; commands, matches and targets as a whole cannot.",
    "iptables -A INPUT ! -m tcp -p tcp --dport 80 -j DROP",
    "iptables -A INPUT -p tcp ! --dport 80 -j DROP",
)
ONLY_ONCE = Code(
    "only-once",
    "An option is given twice.",
    "iptables refuses the second, even when both say the same.",
    "iptables -A INPUT -p tcp -p udp -j DROP",
    "iptables -A INPUT -p tcp -j DROP",
)
OPTION_NOT_FOR_COMMAND = Code(
    "option-not-for-command",
    "An option does not go with this command.",
    "A listing has no target, a deleted number no match.",
    "iptables -L -j ACCEPT",
    "iptables -L -n",
)
REQUIRED = Code(
    "required",
    "A match or target lacks an option that it cannot do without.",
    "Alone it would match nothing or do nothing.",
    "iptables -t nat -A POSTROUTING -j SNAT",
    "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1",
    about=("part",),
)
SEVERAL_RULES = Code(
    "several-rules",
    "`-R` replaces one rule by one, and this makes several.",
    "Each address of a list makes a rule.",
    "iptables -R INPUT 1 -s 192.0.2.1,192.0.2.2 -j DROP",
    "iptables -R INPUT 1 -s 192.0.2.1 -j DROP",
)
SINGLE_DASH = Code(
    "single-dash",
    "A long option has one dash only.",
    "What follows one dash is read letter by letter: `-dport` is `-d port`.",
    "iptables -A INPUT -p tcp -dport 80 -j ACCEPT",
    "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
)
STRAY_WORD = Code(
    "stray-word",
    "A word belongs to no option.",
    "Often an option was forgotten before it, or a quote round a value with blanks.",
    "iptables -A INPUT ACCEPT",
    "iptables -A INPUT -j ACCEPT",
    about=("value",),
)
TOO_LONG = Code(
    "too-long",
    "The command, or the rule in it, is longer than Linux takes.",
    "No program is started with a word of 128 KiB, or with 2 MiB of words; the matches of a rule have 64 KiB.",
    "",
    "",
    on="length",
)
TWO_COMMANDS = Code(
    "two-commands",
    "The line says two things to do.",
    "One call of iptables does one thing.",
    "iptables -F -P INPUT DROP",
    "iptables -P INPUT DROP",
)
UNEXPECTED_VALUE = Code(
    "unexpected-value",
    "A value stands behind an option that takes none.",
    "`--syn` is set or not.",
    "iptables -A INPUT -p tcp --syn=1 -j DROP",
    "iptables -A INPUT -p tcp --syn -j DROP",
)
UNKNOWN_CHAIN = Code(
    "unknown-chain",
    "There is no such chain: it was deleted, is not declared, or its name is a slip for another.",
    "The kernel says `No chain/target/match by that name`. A name that is no slip may be a chain of the reader's.",
    "iptables -A INPTU -j DROP",
    "iptables -A INPUT -j DROP",
    about=(
        "value",
        "table",
    ),
)
UNKNOWN_MATCH = Code(
    "unknown-match",
    "There is no such match.",
    "`-m` loads it by this name, before its options are read.",
    "iptables -A INPUT -m contrack --ctstate NEW -j DROP",
    "iptables -A INPUT -m conntrack --ctstate NEW -j DROP",
    about=("value",),
)
UNKNOWN_OPTION = Code(
    "unknown-option",
    "No match or target on the line so far has this option.",
    "Options of a match are known only after `-m` has named it, or `-p` its protocol.",
    "iptables -A INPUT --dport 80 -j ACCEPT",
    "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
)
UNKNOWN_PROTOCOL = Code(
    "unknown-protocol",
    "There is no such protocol.",
    "It is a name of /etc/protocols, a number up to 255, or `all`.",
    "iptables -A INPUT -p tpc -j DROP",
    "iptables -A INPUT -p tcp -j DROP",
    about=("value",),
)
UNKNOWN_TABLE = Code(
    "unknown-table",
    "There is no such table.",
    "There are filter, nat, mangle, raw and security.",
    "iptables -t mangel -L",
    "iptables -t mangle -L",
    about=("value",),
)
UNKNOWN_TARGET = Code(
    "unknown-target",
    "There is no such target, and it can only be a slip for one that is.",
    "Any other name may be a chain of the reader's own.",
    "iptables -A INPUT -j accept",
    "iptables -A INPUT -j ACCEPT",
    about=("value",),
)
WRONG_CHAIN = Code(
    "wrong-chain",
    "A target or match cannot be used in this chain.",
    "What it looks at or changes is not there at that hook.",
    "iptables -t nat -A PREROUTING -j MASQUERADE",
    "iptables -t nat -A POSTROUTING -j MASQUERADE",
    about=("table",),
)
WRONG_FAMILY = Code(
    "wrong-family",
    "An address or option is for the other of iptables and ip6tables.",
    "Each has rules of its own.",
    "iptables -A INPUT -s 2001:db8::1 -j DROP",
    "ip6tables -A INPUT -s 2001:db8::1 -j DROP",
    about=("value",),
)
WRONG_INTERFACE = Code(
    "wrong-interface",
    "The interface is not known in this chain.",
    "A packet that comes in has no interface yet to go out by, and one that goes out came in by none.",
    "iptables -A INPUT -o eth0 -j DROP",
    "iptables -A INPUT -i eth0 -j DROP",
)
WRONG_TABLE = Code(
    "wrong-table",
    "A chain or target is not in this table.",
    "Without `-t` it is the filter table.",
    "iptables -A POSTROUTING -j MASQUERADE",
    "iptables -t nat -A POSTROUTING -j MASQUERADE",
    about=("table",),
)
NOT_IN_GRAMMAR = Code(
    "not-in-grammar",
    "A match or target is not in the grammar of drytables.",
    "iptables has it; nothing is said about its options. A warning, it fails no build.",
    "iptables -A INPUT -m account --aname x -j DROP",
    "iptables -A INPUT -j DROP",
    release="1.3.5",
)
