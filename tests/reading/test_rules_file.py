"""Files of rules are read as what reads them does; those of other programs, whose names end the same, are not read."""

import pytest
from drytables.diagnostics.source import Source
from drytables.page.check import check
from drytables.reading.markup import other_markup_of
from drytables.reading.rules_file import read_rules_file

IGNORE = "# drytables-ignore bad-value: a trap\n"
TABLE = "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n"


@pytest.mark.parametrize(
    ("name", "text", "language", "family"),
    [
        ("rules.v4", TABLE, "iptables-save", "ipv4"),
        ("/etc/iptables/rules.v6", TABLE, "iptables-save", "ipv6"),
        ("etc/ufw/before.rules", "#\n# rules.before\n#\n" + TABLE, "iptables-save", "ipv4"),
        ("user6.rules", TABLE, "iptables-save", "ipv6"),
        ("IP6TABLES.RULES", TABLE, "iptables-save", "ipv6"),
        ("my.rules", TABLE, "iptables-save", None),
        ("my.rules", "*filtr\n:INPUT DROP [0:0]\nCOMMIT\n", "iptables-save", None),
        ("rules.v4", "-A INPUT -j DROP\n", "iptables-save", "ipv4"),
        ("my.rules", "-A INPUT -j DROP\n", "sh", None),
        ("my.rules", "#!/bin/bash\nfirewall_up\n", "sh", None),
        ("my.rules", "# mine\niptables -F\n", "sh", None),
        ("my.rules", "sudo /sbin/ip6tables-legacy -F\n", "sh", None),
        ("my.rules", "IPT=/sbin/iptables\n$IPT -F\n", "sh", None),
    ],
)
def test_what_reads_a_file_of_rules(name: str, text: str, language: str, family: str | None) -> None:
    (fence,) = read_rules_file(Source(name, text)).fences

    assert (fence.language, fence.family, fence.code.text) == (language, family, text)


@pytest.mark.parametrize(
    "text",
    [
        'ACTION=="add", SUBSYSTEM=="net", RUN+="/sbin/iptables -A INPUT -i $name -j ACCEPT"\n',
        "-D\n-b 8192\n-A exit,always -F arch=b64 -S execve\n-w /sbin/iptables -p x -k firewall\n",
        "groups:\n- name: a\n  rules:\n  - alert: Drops\n    expr: rate(iptables_drops[5m]) > 0\n",
        'alert tcp any any -> any 22 (msg:"iptables -A INPUT"; sid:1;)\n',
        "rules_version = '2';\nservice cloud.firestore {\n  match /{all=**} { allow read: if true; }\n}\n",
        'polkit.addRule(function(action) { return action.id == "iptables" ? "yes" : "no"; });\n',
        "*filter\n:INPUT ACCEPT\n-A INPUT -p IPv4 -j DROP\n",
        "%.o: %.c\n\t$(CC) -c $< -A x -I y\n",
        'MainRule "str:--" "msg:iptables -F" "mz:URL" "s:$SQL:4" id:1007;\n',
        "add chain ip filter input { type filter hook input priority 0; }\n",
        "",
    ],
)
def test_the_language_of_another_program_is_not_read(text: str) -> None:
    assert read_rules_file(Source("my.rules", text)).fences == ()


def faults(name: str, text: str) -> list[str]:
    source, markup = Source(name, text), other_markup_of(name)
    found = check(source, None, markup or "commonmark").all_diagnostics()
    return [f"{source.position(each.span.start)[0]} {each.severity} {each.code}" for each in found]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("rules.v4", TABLE, []),
        ("rules.v4", TABLE.replace("22", "99999"), ["3 error bad-value"]),
        ("rules.v4", TABLE.removesuffix("COMMIT\n"), ["3 error missing-commit"]),
        ("rules.v4", "-A INPUT -j DROP\nCOMMIT\n", ["1 error no-table"]),
        ("rules.v4", TABLE.replace("-A", "-A INPUT -s 2001:db8::1 -j DROP\n-A", 1), ["3 error wrong-family"]),
        ("rules.v6", TABLE.replace("-A", "-A INPUT -s 2001:db8::1 -j DROP\n-A", 1), []),
        # Only a file has line ends that somebody may have made otherwise.
        ("rules.v4", TABLE.removesuffix("\n"), ["4 warning bad-line"]),
        ("rules.v4", TABLE.replace("\n", "\r\n"), ["1 warning bad-line"]),
        ("my.rules", "iptables -F\r\niptables -A INPUT -j DROP", []),
        # ufw makes its own chains before it loads its files.
        ("before.rules", "*filter\n:ufw-before-input - [0:0]\n-A ufw-before-input -j ufw-logging-deny\nCOMMIT\n", []),
        ("before.rules", "*filter\n:mine - [0:0]\n-A mine -j ufw-logging-deny\nCOMMIT\n", ["3 note not-made"]),
        # A comment switches a code off for the next rule.
        ("rules.v4", TABLE.replace("22", "99999").replace("-A", f"{IGNORE}# Yes.\n\n-A"), []),
        ("rules.v4", TABLE.replace("-A", f"{IGNORE}-A"), ["3 warning unused-ignore"]),
        ("rules.v4", f"{TABLE}{IGNORE}", ["5 warning unused-ignore"]),
        (
            "rules.v4",
            TABLE.replace("22", "99999").replace("COMMIT", f"{IGNORE}COMMIT"),
            ["3 error bad-value", "4 warning unused-ignore"],
        ),
    ],
)  # fmt: skip
def test_faults_of_a_file_of_rules(name: str, text: str, found: list[str]) -> None:
    assert faults(name, text) == found


def test_an_older_release_is_one_to_check_the_file_with_and_no_mark_of_a_fence() -> None:
    text = "*nat\n-A POSTROUTING -m statistic --mode nth --every 3 -j SNAT --to 192.0.2.1\nCOMMIT\n"
    (fault,) = check(Source("rules.v4", text), None, "rules").all_diagnostics()

    assert "iptables 1.4.10 took it; if it was written for that release, check it with --iptables 1.4.10" in fault.notes
