"""What the made-up posts are about: each subject with its commands, and what there is to say about them.

In every text, {wan} and {lan} are interfaces, {net} is a network, {host} and {server} are addresses, {port} is a port,
{mark} a firewall mark and {few} a small number; a post gives them the same values throughout.
"""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """One subject: its title, its tags, what is seen before it is understood, why that is so, and the cure."""

    title: str
    tags: tuple[str, ...]
    symptom: str
    cause: tuple[str, ...]
    commands: tuple[str, str, str]
    reasons: tuple[str, str, str]


SUBJECTS = (
    Subject(
        "Slow down those who guess passwords",
        ("ssh", "rate limiting", "hardening"),
        "the log of the SSH server grew by some thousand lines a night, all from strangers who guessed",
        (
            "A guess costs the other side nothing and costs us a process, a log line and a bit of attention",
            "Keys instead of passwords end the danger, but not the noise",
            "What can be counted is new connections, because nobody who works here opens more than {few} a minute",
        ),
        (
            "iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --name guesses --update "
            "--seconds 60 --hitcount {few} -j DROP",
            "iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --name guesses --set",
            "iptables -A INPUT -s {net} -p tcp --dport 22 -j ACCEPT",
        ),
        (
            "drops a source that has come {few} times within a minute, and counts this attempt as well",
            "remembers everybody else who opens a connection",
            "lets in the network of the administrators, who are slow enough to come this far",
        ),
    ),
    Subject(
        "Two uplinks and one mark",
        ("routing", "policy routing", "mangle", "fwmark"),
        "answers left through the wrong provider, who dropped them for their foreign source address",
        (
            "The routing table knows destinations only, and an answer has the same destination whichever way its "
            "question came in",
            "Connection tracking does remember the way, as long as somebody writes it down on the first packet",
            "A second table and one `ip rule` for the mark {mark} do the rest",
        ),
        (
            "iptables -t mangle -A PREROUTING -i {wan} -m conntrack --ctstate NEW -j CONNMARK --set-mark {mark}",
            "iptables -t mangle -A PREROUTING -i {lan} -j CONNMARK --restore-mark",
            "iptables -t mangle -A OUTPUT -j CONNMARK --restore-mark",
        ),
        (
            "writes the mark on a connection that begins at this uplink",
            "copies it to the packets that the inner network sends back, before they are routed",
            "does the same for what the machine itself answers",
        ),
    ),
    Subject(
        "Publish a server behind one address",
        ("nat", "dnat", "port forwarding"),
        "the new web server answered inside and was silent outside",
        (
            "There is one public address, and it belongs to the router",
            "A translated destination alone is not enough: the packet is forwarded after that, and the FORWARD chain "
            "has its own opinion",
            "Clients inside who use the public name need the source translated too, or the answer takes a short cut "
            "that they do not expect",
        ),
        (
            "iptables -t nat -A PREROUTING -i {wan} -p tcp --dport {port} -j DNAT --to-destination {server}:443",
            "iptables -A FORWARD -i {wan} -o {lan} -d {server} -p tcp --dport 443 -j ACCEPT",
            "iptables -t nat -A POSTROUTING -s {net} -d {server} -p tcp --dport 443 -j SNAT --to-source {host}",
        ),
        (
            "sends what arrives at port {port} on to the server",
            "lets it pass, and names the port as it is after the translation",
            "makes the server answer the router when the client is inside as well",
        ),
    ),
    Subject(
        "Pages that stop half way",
        ("mtu", "tcp", "pppoe", "troubleshooting"),
        "small pages came at once and large ones never, over the same line and from the same server",
        (
            "The line takes off a few octets for PPPoE, so full-sized packets no longer fit",
            "The message that would say so is ICMP, and somebody on the way drops all of that",
            "The sender repeats the packet that is too large until somebody gives up",
        ),
        (
            "iptables -t mangle -A FORWARD -o {wan} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu",
            "iptables -A FORWARD -p icmp --icmp-type fragmentation-needed -j ACCEPT",
            "iptables -A OUTPUT -o {wan} -p icmp --icmp-type fragmentation-needed -j ACCEPT",
        ),
        (
            "lowers the segment size that both ends agree on when they first speak",
            "lets through the message that is missing elsewhere, so that we are not to blame",
            "lets the router say it too",
        ),
    ),
    Subject(
        "What may leave the house",
        ("egress", "hardening", "dns"),
        "a camera spoke to {host} every {few} minutes, and nobody had asked it to",
        (
            "Most rules look at what comes in, because that is where one expects trouble",
            "A device that calls home is a hole all the same, and it is opened from inside",
            "Names are resolved by our own server, so nothing else has to reach port 53 outside",
        ),
        (
            "iptables -A FORWARD -i {lan} -o {wan} -p udp --dport 53 ! -d {server} -j REJECT",
            "iptables -A FORWARD -i {lan} -o {wan} -s {net} -p tcp -m multiport --dports 80,443,{port} -j ACCEPT",
            'iptables -A FORWARD -i {lan} -o {wan} -m limit --limit {few}/min -j LOG --log-prefix "leaving: "',
        ),
        (
            "refuses questions to any other name server, and says so to the device",
            "lets the network of the people reach the web",
            "writes down the rest, a few lines a minute at most",
        ),
    ),
    Subject(
        "Share connections among servers",
        ("nat", "statistic", "load balancing"),
        "one of two servers did all the work, while the other one waited",
        (
            "Both names were in the DNS, but a resolver that keeps the first answer sends everybody to one machine",
            "The nat table is asked once for each connection, which is just as often as a choice has to be made",
            "Three servers take turns if the first rule takes one in three and the second one of the two that are left",
        ),
        (
            "iptables -t nat -A PREROUTING -i {wan} -p tcp --dport {port} -m statistic --mode nth --every 3 --packet 0 "
            "-j DNAT --to-destination {server}",
            "iptables -t nat -A PREROUTING -i {wan} -p tcp --dport {port} -m statistic --mode nth --every 2 --packet 0 "
            "-j DNAT --to-destination {host}",
            "iptables -t nat -A POSTROUTING -s {net} -o {wan} -j MASQUERADE",
        ),
        (
            "takes the first of every three connections",
            "takes every other one of those that the first rule left",
            "hides the inner network as before, and has nothing to do with the choice",
        ),
    ),
    Subject(
        "A guest network that stays apart",
        ("wireless", "vlan", "forwarding"),
        "a guest could print on the printer in the office, and did",
        (
            "A second name in the air is not a second network as long as one bridge holds both",
            "With a VLAN of its own the guests reach the router first, and the router can be asked to say no",
            "They still need addresses and names, and both come from the router itself",
        ),
        (
            "iptables -A FORWARD -i {lan} -o {wan} -s {net} -j ACCEPT",
            "iptables -A FORWARD -i {lan} -j REJECT --reject-with icmp-admin-prohibited",
            "iptables -A INPUT -i {lan} -p udp -m multiport --dports 53,67 -j ACCEPT",
        ),
        (
            "lets the guests out to the provider",
            "refuses every other way, and tells them that it is on purpose",
            "lets them ask the router for an address and for names",
        ),
    ),
    Subject(
        "Count what each room uses",
        ("accounting", "monitoring", "counters"),
        "the bill had doubled, and everybody was sure that it was somebody else",
        (
            "Every rule counts packets and bytes, also one without a target",
            "Such rules do nothing to a packet, so they can be added on a working day",
            "A script reads the counters each hour and draws them; the rules need not know of it",
        ),
        (
            "iptables -N ROOMS",
            "iptables -A ROOMS -s {net} -o {wan}",
            "iptables -A FORWARD -j ROOMS",
        ),
        (
            "makes a chain for the counters, so that they can be listed alone",
            "counts what this room sends",
            "sends everything that is forwarded past the counters, and on to the rules that were there",
        ),
    ),
    Subject(
        "Fewer lines in the log",
        ("logging", "rate limiting", "troubleshooting"),
        "the kernel's log held nothing but dropped packets, and the one line that mattered had been rotated away",
        (
            "A LOG target without a limit lets any stranger write to our disk",
            "A limit for all of them together hides the quiet ones behind the loudest",
            "With hashlimit each source has a bucket of its own, and fills only that",
        ),
        (
            "iptables -N DENIED",
            "iptables -A DENIED -m hashlimit --hashlimit-upto {few}/hour --hashlimit-mode srcip --hashlimit-name "
            'denied -j LOG --log-prefix "denied: "',
            "iptables -A INPUT -i {wan} -p tcp --dport {port} -j DENIED",
        ),
        (
            "makes a chain that writes and leaves the decision to others",
            "writes {few} lines an hour for each source",
            "sends those there who try the port that nobody should try",
        ),
    ),
    Subject(
        "Packets that belong to nothing",
        ("conntrack", "hardening", "tcp"),
        "connections that had been quiet for a while were reset, and only those",
        (
            "After a translation the other end's late packets no longer fit, and tracking calls them invalid",
            "If such a packet is let in untranslated, the inner machine does not know it and answers with a reset",
            "So it must be dropped, and dropped before the rule that accepts",
        ),
        (
            "iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP",
            "iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
            "iptables -A FORWARD -i {lan} -o {wan} -s {net} -m conntrack --ctstate NEW -j ACCEPT",
        ),
        (
            "drops what belongs to no connection",
            "accepts the rest of every connection that has been let through once",
            "decides about new ones, which is all that is left to decide",
        ),
    ),
    Subject(
        "Leave busy packets untracked",
        ("conntrack", "performance", "dns", "raw table"),
        "the table of connections was full at {port} questions a second, and new visitors were turned away",
        (
            "A question to the name server and its answer are two packets, and yet they hold an entry for a while",
            "Nothing in the rules needs to know that they belong together",
            "The raw table comes before tracking, and can wave them through",
        ),
        (
            "iptables -t raw -A PREROUTING -i {wan} -d {server} -p udp --dport 53 -j CT --notrack",
            "iptables -t raw -A OUTPUT -o {wan} -s {server} -p udp --sport 53 -j CT --notrack",
            "iptables -A INPUT -i {wan} -d {server} -p udp --dport 53 -m conntrack --ctstate UNTRACKED -j ACCEPT",
        ),
        (
            "leaves the questions out of the table",
            "leaves the answers out of it as well, for otherwise they would make entries of their own",
            "accepts what is not tracked, since no other rule will know it",
        ),
    ),
    Subject(
        "One address for the tunnel",
        ("vpn", "wireguard", "nat"),
        "the tunnel was up, both ends could be reached, and nothing behind them could",
        (
            "The machines behind the far end have no route to {net}, and their owner will not add one",
            "With the source translated, they see a neighbour and know where to answer",
            "What goes to the provider's side must not be touched, so the rule names the interface",
        ),
        (
            "iptables -t nat -A POSTROUTING -s {net} -o wg0 -j SNAT --to-source {host}",
            "iptables -A FORWARD -i {lan} -o wg0 -s {net} -j ACCEPT",
            "iptables -A INPUT -i {wan} -p udp --dport {port} -j ACCEPT",
        ),
        (
            "gives all that enters the tunnel one source address",
            "lets it enter",
            "lets the other end reach the tunnel itself",
        ),
    ),
    Subject(
        "Mark the calls, not the downloads",
        ("qos", "voip", "dscp", "mangle"),
        "voices broke up each time somebody sent a large file",
        (
            "The queue in the modem is long and knows no hurry",
            "Our own queue can, if it is told which packets are the calls",
            "A class is written into the packet itself, so that every switch on the way can read it",
        ),
        (
            "iptables -t mangle -A FORWARD -o {wan} -p udp --dport 16384:32767 -j DSCP --set-dscp-class EF",
            "iptables -t mangle -A FORWARD -o {wan} -p tcp --dport {port} -j DSCP --set-dscp-class CS1",
            "iptables -t mangle -A FORWARD -o {wan} -s {server} -j MARK --set-mark {mark}",
        ),
        (
            "puts the calls into the class for what is in a hurry",
            "puts the copies to the other site behind everything else",
            "marks what the backup server sends, for the queue on this machine alone",
        ),
    ),
    Subject(
        "A list of addresses instead of a list of rules",
        ("ipset", "performance", "blocklist"),
        "loading the rules took longer than starting the machine",
        (
            "Each packet was compared with every address on the list, one rule after the other",
            "A set is asked once, however many addresses it has",
            "It can also be changed while the rules stay as they are, which makes a script for it short",
        ),
        (
            "iptables -A INPUT -i {wan} -s {net} -j ACCEPT",
            "iptables -A INPUT -i {wan} -p tcp -m multiport --dports 25,{port} -m connlimit --connlimit-above {few} "
            "-j REJECT",
            "iptables -A FORWARD -i {wan} -s {host} -j DROP",
        ),
        (
            "lets our other site in before anything is looked up",
            "refuses the rest more than {few} connections at a time, whoever they are",
            "is the last one of the old list, kept until its owner has answered",
        ),
    ),
    Subject(
        "Time for homework",
        ("home", "time", "forwarding"),
        "the games began at three, and the homework did not",
        (
            "A rule can look at the clock, and the kernel's clock counts in UTC unless it is told otherwise",
            "Only new connections need refusing; a game that is running would end in tears",
            "Whoever sets the clock of the console does not change the clock of the router",
        ),
        (
            "iptables -A FORWARD -i {lan} -s {host} -m conntrack --ctstate ESTABLISHED -j ACCEPT",
            "iptables -A FORWARD -i {lan} -s {host} -m time --timestart 15:00 --timestop 18:00 --weekdays "
            "Mon,Tue,Wed,Thu,Fri -j REJECT",
            "iptables -A FORWARD -i {lan} -s {host} -o {wan} -j ACCEPT",
        ),
        (
            "lets what has begun go on",
            "refuses what is new on the afternoons of a working week",
            "lets everything pass at other times",
        ),
    ),
    Subject(
        "Knock before you enter",
        ("ssh", "recent", "port knocking"),
        "the management port was found by a scanner an hour after it had been moved to {port}",
        (
            "Another number hides a port from those who try one, and not from those who try all",
            "A knock is a packet to a port that is closed, and a scanner that goes through all of them in order meets "
            "it at the wrong moment",
            "It is no lock, and the lock behind it stays",
        ),
        (
            "iptables -A INPUT -i {wan} -p tcp --dport {port} -m recent --name knocked --set -j DROP",
            "iptables -A INPUT -i {wan} -p tcp --dport 22 -m recent --name knocked --rcheck --seconds {few} -j ACCEPT",
            "iptables -A INPUT -i {wan} -p tcp --dport 22 -j DROP",
        ),
        (
            "notes who knocks, and gives no answer",
            "opens for {few} seconds to whoever is on the note",
            "is silent to all others",
        ),
    ),
)
