"""What is wrong with a command by itself, as iptables or the kernel says."""

from __future__ import annotations

from ..code import Code

ALSO_REQUIRES = Code(
    "also-requires",
    "An option is used without another option that it requires.",
    "Some releases before 1.4.11 assumed a value for the missing option; newer ones refuse the command.",
    "iptables -A INPUT -m statistic --mode nth --every 3",
    "iptables -A INPUT -m statistic --mode nth --every 3 --packet 0",
    about=("part",),
)
AMBIGUOUS_OPTION = Code(
    "ambiguous-option",
    "An abbreviated option could mean more than one option.",
    "iptables accepts any abbreviation that fits only one of the options known at that point of the line.",
    "iptables -A INPUT --in eth0",
    "iptables -A INPUT --in-int eth0",
)
BAD_CHAIN_NAME = Code(
    "bad-chain-name",
    "A chain name is not valid.",
    "A name has 1 to 28 bytes and no spaces, does not start with `-` or `!`, and is not that of a target.",
    "iptables -N LOG",
    "iptables -N LOGGED",
    about=("value",),
)
BAD_POLICY = Code(
    "bad-policy",
    "A built-in chain cannot have this policy.",
    "There are only two policies, ACCEPT and DROP.",
    "iptables -P INPUT REJECT",
    "iptables -P INPUT DROP",
    about=("value",),
)
BAD_VALUE = Code(
    "bad-value",
    "A value is not valid for its option.",
    "iptables parses a value to its last character and refuses what it cannot parse.",
    "iptables -A INPUT -s 192.0.2.300 -j DROP",
    "iptables -A INPUT -s 192.0.2.30 -j DROP",
    about=("value",),
)
BUILT_IN_CHAIN = Code(
    "built-in-chain",
    "A built-in chain cannot be deleted or renamed.",
    "Built-in chains are part of their table.",
    "iptables -X INPUT",
    "iptables -F INPUT",
)
CHAIN_EXISTS = Code(
    "chain-exists",
    "A chain of this name already exists.",
    "Built-in chains always exist.",
    "iptables -N INPUT",
    "iptables -N INPUT_WEB",
)
DANGLING_NEGATION = Code(
    "dangling-negation",
    "A `!` at the end of the line has nothing to negate.",
    "A `!` negates the option that follows it.",
    "iptables -A INPUT -j DROP !",
    "iptables -A INPUT ! -i lo -j DROP",
)
DOUBLE_NEGATION = Code(
    "double-negation",
    "There are two `!` in a row.",
    "iptables does not let the second one undo the first.",
    "iptables -A INPUT ! ! -s 192.0.2.1 -j DROP",
    "iptables -A INPUT ! -s 192.0.2.1 -j DROP",
)
DROP_IN_NAT = Code(
    "drop-in-nat",
    "The nat table cannot drop packets.",
    "Only the first packet of a connection passes through it, so it is not the place to filter; iptables "
    "has refused it since 1.4.3.",
    "iptables -t nat -A PREROUTING -s 192.0.2.1 -j DROP",
    "iptables -t raw -A PREROUTING -s 192.0.2.1 -j DROP",
    about=("table",),
)
EMPTY_RANGE = Code(
    "empty-range",
    "A range ends before it begins.",
    "Such a range would match nothing.",
    "iptables -A INPUT -p tcp --dport 90:80 -j ACCEPT",
    "iptables -A INPUT -p tcp --dport 80:90 -j ACCEPT",
)
EXCLUDES = Code(
    "excludes",
    "Two options cannot be used together.",
    "They set the same thing in different ways, or contradict each other.",
    "iptables -A INPUT -m statistic --mode random --probability 0.5 --every 2 --packet 0",
    "iptables -A INPUT -m statistic --mode random --probability 0.5",
)
GLUED_VALUE = Code(
    "glued-value",
    "iptables 1.8.8 and 1.8.9 do not accept a value that is attached to its option.",
    "This was a bug in these two releases, and Debian 12 ships 1.8.9.",
    "iptables -A INPUT -ptcp -j ACCEPT",
    "iptables -A INPUT -p tcp -j ACCEPT",
    release="1.8.9",
)
GOTO_NO_CHAIN = Code(
    "goto-no-chain",
    "`-g` requires a chain, but this is a target.",
    "Targets are used with `-j`.",
    "iptables -A INPUT -g ACCEPT",
    "iptables -A INPUT -j ACCEPT",
)
JUMP_TO_BUILT_IN = Code(
    "jump-to-built-in",
    "A rule cannot jump to a built-in chain.",
    "Packets enter built-in chains only from the kernel's hooks.",
    "iptables -A INPUT -j OUTPUT",
    "iptables -A INPUT -j OUTGOING",
)
MISPLACED_NEGATION = Code(
    "misplaced-negation",
    "A `!` appears between an option and its value.",
    "This was the syntax up to iptables 1.4.2, and it is refused since 1.4.11. The `!` goes before the option.",
    "iptables -A INPUT -s ! 192.0.2.1 -j DROP",
    "iptables -A INPUT ! -s 192.0.2.1 -j DROP",
)
MISSING_VALUE = Code(
    "missing-value",
    "The line ends where a value is required.",
    "An option that takes a value uses the next word, whatever it is.",
    "iptables -A INPUT -p",
    "iptables -A INPUT -p tcp",
    about=("part",),
)
NEEDS_PROTOCOL = Code(
    "needs-protocol",
    "A match or target requires `-p` with a protocol in the same rule.",
    "It reads that protocol's header, and the kernel refuses a rule that other packets could reach.",
    "iptables -A INPUT -m tcp --dport 80 -j ACCEPT",
    "iptables -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT",
    about=("part",),
)
NEGATED_LIST = Code(
    "negated-list",
    "A list of addresses cannot be negated.",
    "iptables would create one rule for each address, and every packet would match at least one of them.",
    "iptables -A INPUT ! -s 192.0.2.1,192.0.2.2 -j DROP",
    "iptables -A INPUT ! -s 192.0.2.0/30 -j DROP",
)
NEVER_MATCHES = Code(
    "never-matches",
    "The rule matches no packet at all.",
    "`all` stands for every protocol, so its negation leaves none.",
    "iptables -A INPUT ! -p all -j DROP",
    "iptables -A INPUT ! -p tcp -j DROP",
)
NO_COMMAND = Code(
    "no-command",
    "The line has no command such as `-A`, or is not an iptables command.",
    "`-A` appends a rule, `-I` inserts one, `-D` deletes one, and `-L` lists them.",
    "iptables -s 192.0.2.1 -j DROP",
    "iptables -A INPUT -s 192.0.2.1 -j DROP",
    about=("part",),
)
NOT_IN_RELEASE = Code(
    "not-in-release",
    "The iptables release being checked against does not have this yet.",
    "Newer releases do.",
    "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1 --persistent",
    "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1",
    release="1.4.3",
)
NOT_NEGATABLE = Code(
    "not-negatable",
    "A `!` precedes something that cannot be negated.",
    "Most options that select packets can be negated; commands, and whole matches and targets, cannot.",
    "iptables -A INPUT ! -m tcp -p tcp --dport 80 -j DROP",
    "iptables -A INPUT -p tcp ! --dport 80 -j DROP",
)
ONLY_ONCE = Code(
    "only-once",
    "An option is used twice.",
    "iptables refuses the second one, even if both have the same value.",
    "iptables -A INPUT -p tcp -p udp -j DROP",
    "iptables -A INPUT -p tcp -j DROP",
)
OPTION_NOT_FOR_COMMAND = Code(
    "option-not-for-command",
    "An option cannot be used with this command.",
    "A listing has no target, and a rule deleted by its number has no match.",
    "iptables -L -j ACCEPT",
    "iptables -L -n",
)
READ_DIFFERENTLY = Code(
    "read-differently",
    "An old iptables accepts a command, but takes it to mean something else.",
    "It ignored a `!` in some places, and read numbers without checking them; newer releases refuse such a command, or "
    "mean by it what is written.",
    "iptables -A INPUT -p tcp ! --dport 22 -j DROP",
    "iptables -A INPUT -p tcp -m tcp ! --dport 22 -j DROP",
    release="1.4.11",
)
REQUIRED = Code(
    "required",
    "A match or target lacks an option that it requires.",
    "Without that option it would match nothing or do nothing.",
    "iptables -t nat -A POSTROUTING -j SNAT",
    "iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.1",
    about=("part",),
)
SEVERAL_RULES = Code(
    "several-rules",
    "`-R` replaces one rule with one rule, but this would create several.",
    "Each address in a list becomes a rule of its own.",
    "iptables -R INPUT 1 -s 192.0.2.1,192.0.2.2 -j DROP",
    "iptables -R INPUT 1 -s 192.0.2.1 -j DROP",
)
SINGLE_DASH = Code(
    "single-dash",
    "A long option has only one dash.",
    "After a single dash, options are read letter by letter: `-dport` means `-d port`.",
    "iptables -A INPUT -p tcp -dport 80 -j ACCEPT",
    "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
)
STRAY_WORD = Code(
    "stray-word",
    "An argument belongs to no option.",
    "Often the option before it is missing, or a value with spaces is not quoted.",
    "iptables -A INPUT ACCEPT",
    "iptables -A INPUT -j ACCEPT",
    about=("value",),
)
TOO_LONG = Code(
    "too-long",
    "The command, or the rule in it, is longer than Linux allows.",
    "No program can have an argument of 128 KiB, or 2 MiB of arguments; the matches of a rule have 64 KiB.",
    "",
    "",
    on="length",
)
TWO_COMMANDS = Code(
    "two-commands",
    "The line contains two commands.",
    "Each call of iptables runs one command.",
    "iptables -F -P INPUT DROP",
    "iptables -P INPUT DROP",
)
UNEXPECTED_VALUE = Code(
    "unexpected-value",
    "A value is attached to an option that takes none.",
    "A flag such as `--syn` is either present or not.",
    "iptables -A INPUT -p tcp --syn=1 -j DROP",
    "iptables -A INPUT -p tcp --syn -j DROP",
)
UNKNOWN_CHAIN = Code(
    "unknown-chain",
    "A chain does not exist: it was deleted, is not declared, or its name is a typo.",
    "The kernel says `No chain/target/match by that name`. Other names may be chains on the reader's machine.",
    "iptables -A INPTU -j DROP",
    "iptables -A INPUT -j DROP",
    about=("value", "table"),
)
UNKNOWN_MATCH = Code(
    "unknown-match",
    "A match does not exist.",
    "`-m` loads a match by its name, before its options are read.",
    "iptables -A INPUT -m contrack --ctstate NEW -j DROP",
    "iptables -A INPUT -m conntrack --ctstate NEW -j DROP",
    about=("value",),
)
UNKNOWN_OPTION = Code(
    "unknown-option",
    "No match or target on the line so far has this option.",
    "The options of a match are known only after `-m` has loaded it, or `-p` has named its protocol.",
    "iptables -A INPUT --dport 80 -j ACCEPT",
    "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
)
UNKNOWN_PROTOCOL = Code(
    "unknown-protocol",
    "A protocol does not exist.",
    "A protocol is a name from /etc/protocols, a number up to 255, or `all`.",
    "iptables -A INPUT -p tpc -j DROP",
    "iptables -A INPUT -p tcp -j DROP",
    about=("value",),
)
UNKNOWN_TABLE = Code(
    "unknown-table",
    "A table does not exist.",
    "The tables are filter, nat, mangle, raw and security.",
    "iptables -t mangel -L",
    "iptables -t mangle -L",
    about=("value",),
)
UNKNOWN_TARGET = Code(
    "unknown-target",
    "A target does not exist, and its name can only be a typo.",
    "Any other name may be a chain on the reader's machine.",
    "iptables -A INPUT -j accept",
    "iptables -A INPUT -j ACCEPT",
    about=("value",),
)
WRONG_CHAIN = Code(
    "wrong-chain",
    "A target or match cannot be used in this chain.",
    "What it reads or changes is not available at that hook.",
    "iptables -t nat -A PREROUTING -j MASQUERADE",
    "iptables -t nat -A POSTROUTING -j MASQUERADE",
    about=("table",),
)
WRONG_FAMILY = Code(
    "wrong-family",
    "An address or option is for the other program, iptables or ip6tables.",
    "iptables is for IPv4 and ip6tables for IPv6, and each has its own rules.",
    "iptables -A INPUT -s 2001:db8::1 -j DROP",
    "ip6tables -A INPUT -s 2001:db8::1 -j DROP",
    about=("value",),
)
WRONG_INTERFACE = Code(
    "wrong-interface",
    "The interface is not known in this chain.",
    "An incoming packet has no outgoing interface yet, and an outgoing packet has no incoming one.",
    "iptables -A INPUT -o eth0 -j DROP",
    "iptables -A INPUT -i eth0 -j DROP",
)
WRONG_TABLE = Code(
    "wrong-table",
    "A chain or target is not available in this table.",
    "Without `-t`, the table is filter.",
    "iptables -A POSTROUTING -j MASQUERADE",
    "iptables -t nat -A POSTROUTING -j MASQUERADE",
    about=("table",),
)
NOT_IN_GRAMMAR = Code(
    "not-in-grammar",
    "drytables does not know the options of a match or target.",
    "iptables has it, but its options are not checked. This is a warning and does not fail a build.",
    "iptables -A INPUT -m account --aname x -j DROP",
    "iptables -A INPUT -j DROP",
    release="1.3.5",
)
TYPOGRAPHIC_DASH = Code(
    "typographic-dash",
    "A word starts with a dash instead of a hyphen.",
    "Word processors and blog engines turn hyphens into dashes; to iptables, such a word is not an option.",
    "iptables –A INPUT -j DROP",
    "iptables -A INPUT -j DROP",
)
UNCLOSED_QUOTE = Code(
    "unclosed-quote",
    "A quote is opened and never closed.",
    "The shell waits for the closing quote, and reads the next lines as part of the word.",
    'iptables -A INPUT -j LOG --log-prefix "in: ',
    'iptables -A INPUT -j LOG --log-prefix "in: "',
    about=("part", "shell"),
)
