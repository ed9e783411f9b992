"""The sentences that any of the made-up posts can have, whatever its subject; subjects.py says what {these} are.

Besides those, {place} is where it happened, {thousands} and {more} are numbers of packets, and {release} is a kernel.
"""

PLACES = {
    "a branch office": "office",
    "a home router": "home",
    "a rented server": "hosting",
    "a school": "school",
    "a small provider": "isp",
    "a hotel": "wireless",
    "a data centre": "data centre",
    "a laboratory": "lab",
    "a virtual machine": "virtualisation",
    "a container host": "containers",
    "an old laptop": "debian",
    "a bus depot": "embedded",
}

OPENINGS = (
    "It began at {place}, in a week when nobody had time for it: {symptom}.",
    "Last week somebody at {place} called and asked for help: {symptom}.",
    "This one is from {place}, where I had thought that all was well. It was not: {symptom}.",
    "For {few} days it was only a rumour at {place}; then I saw it myself: {symptom}.",
    "Here is a note for myself, so that I do not have to find it out again at {place}: {symptom}.",
    "The rules at {place} had not been touched for years, until one morning {symptom}.",
)

OBSERVATIONS = (
    "`tcpdump -ni {wan}` showed {thousands} packets in a minute, and not one of them went where it should",
    "On {lan} everything looked as it does on a good day, which made it harder to believe",
    "The counters of the old rules stood still, so the packets must have been decided about before they came there",
    "`conntrack -S` had {thousands} failed insertions, more than in the whole month before",
    "I first blamed the cable, then the switch, then the driver; it was none of them",
    "With kernel {release} and with the one before it, the result was the same to the packet",
    "A second machine, with nothing on it but {lan} and a default route, showed the same within {few} minutes",
    "From {host} it could be repeated at will, from everywhere else only now and then",
    "The provider had changed nothing, they said, and for once that was true",
    "At night, with {more} packets an hour, there was no sign of it at all",
    "Rebooting helped for {few} minutes, which is the worst kind of help",
    "The manual has a sentence about it, and I had read past that sentence more than once",
    "What arrived at {server} had the right port and the wrong source, and that was the first real hint",
    "I wrote down the time of each failure, and after {few} pages there was a pattern",
    "Nothing is lost by looking twice: the first trace had been taken on the wrong side of the translation",
)

BEFORE_COMMANDS = (
    "Three commands are enough. They stand in the order in which they have to be typed:",
    "This is what the script at {place} does now, without its comments:",
    "After some tries, this is what was left. Nothing in it is more than it has to be:",
    "All of it is in three rules, and each of them can be undone with the same line and `-D`:",
    "The names of the interfaces are those of {place}; yours will have others:",
)

ADVICE = (
    "Type them on the console, or have somebody there who can press the button.",
    "Save the rules that you have before you begin; `iptables-save` does it in a second.",
    "Watch the counters for {few} minutes before you call it done.",
    "Try it from outside as well: from {lan} it looks right even when it is not.",
    "Write the reason beside the rule, for whoever comes after you.",
    "Put the rule that most packets meet first, and the rare ones behind it.",
    "Load the module by hand once, so that an old kernel says at once that it has none.",
    "Leave a session open while you change what lets you in.",
    "Look at IPv6 too, because it has rules of its own and most devices prefer it.",
    "Ask for the counters again after a day: {thousands} packets is what they showed here.",
    "Keep the old script until the next reboot has gone well.",
    "Use a test address such as {host} for what you try, and remove it afterwards.",
    "Think of what happens when {wan} goes down and comes back with another address.",
    "Do not trust a name in a rule: it is looked up once, when the rule is loaded.",
)

CLOSINGS = (
    "It has been running for {few} weeks at {place}, and the telephone has been quiet.",
    "If you know a shorter way, write to me; I have been wrong about shorter things.",
    "None of this is new. It is only seldom written down in one place.",
    "The rules are the small part; finding out that they were needed took the time.",
    "In a year I will wonder what mark {mark} was for, and then I will find this page.",
    "That is all. The next change at {place} will be to write down the last one first.",
    "Somebody will ask why it is not done in the switch: because the switch is not ours.",
)

HEADINGS = {
    "observations": ("What was seen", "The symptom", "A look at the wire", "At first sight"),
    "cause": ("Why that is so", "The cause", "What the kernel does", "How it comes about"),
    "commands": ("The rules", "Three commands", "What to type", "The cure"),
    "advice": ("Before you type it", "Things to remember", "With care", "Some advice"),
    "figures": ("In numbers", "Before and after", "What the counters say"),
}

LINKS = (
    ("the documents of the netfilter project", "https://www.netfilter.org/documentation/"),
    ("the manual of the extensions", "https://man7.org/linux/man-pages/man8/iptables-extensions.8.html"),
    ("the kernel's list of network settings", "https://docs.kernel.org/networking/ip-sysctl.html"),
    ("RFC 1122, which is older than most routers and still right", "https://www.rfc-editor.org/rfc/rfc1122"),
    ("RFC 5737, where the addresses for examples are from", "https://www.rfc-editor.org/rfc/rfc5737"),
    ("RFC 2663, which has the words for all kinds of translation", "https://www.rfc-editor.org/rfc/rfc2663"),
)

RELEASES = ("3.2", "3.16", "4.9", "4.19", "5.4", "5.10", "5.15", "6.1", "6.6", "6.12")
INTERFACES = ("eth0", "eth1", "enp3s0", "wan0", "ppp0", "br0", "eth0.20", "wlan0")
