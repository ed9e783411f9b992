"""The iptables commands of a snippet are found, with the words the shell would make and their true places."""

from __future__ import annotations

import shlex

import pytest
from drytables.diagnostics.source import Source
from drytables.reading.markdown.fences import read_fences
from drytables.reading.shell.script import read_commands
from drytables.reading.word import Word
from hypothesis import given
from hypothesis import strategies as st
from one_fence import read


def words(code: str, language: str = "sh") -> list[list[str]]:
    return [[word.text for word in command.words] for command in read(code, language)[1].commands]


def commands(code: str, language: str = "sh") -> list[str]:
    return [" ".join(each) for each in words(code, language)]


def holes(code: str) -> list[str]:
    _, script = read(code)
    return [word.text[low:high] for command in script.commands for word in command.words for low, high in word.holes]


L, F = "iptables -L", "iptables -F"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("iptables -L", [L]),
        ("sudo iptables -L", [L]),
        ("sudo -u root -E iptables -L", [L]),
        ("sudo A=b -- iptables -L", [L]),
        ("doas iptables -L", [L]),
        ("exec iptables -L", [L]),
        ("nohup iptables -L &", [L]),
        ("time iptables -L", [L]),
        ("env -i A=b iptables -L", [L]),
        ("A=b C=d iptables -L", [L]),
        ("ip netns exec blue iptables -L", [L]),
        ("timeout -k 5 10 iptables -L", [L]),
        ("nice -n 5 iptables -L", [L]),
        ("docker exec -it box iptables -L", [L]),
        ("xargs -I{} iptables -D INPUT {}", ["iptables -D INPUT {}"]),
        ("xargs iptables -D INPUT", ["iptables -D INPUT …"]),
        ("/usr/sbin/iptables -L", ["/usr/sbin/iptables -L"]),
        ("iptables-legacy -L; ip6tables-nft -L", ["iptables-legacy -L", "ip6tables-nft -L"]),
        ("iptables -L && iptables -F || iptables -L; iptables -F", [L, F, L, F]),
        ("iptables -L | grep x > out", [L]),
        ("iptables -L 2>/dev/null -n > out", ["iptables -L -n"]),
        ("x=$(iptables -L)", [L]),
        ("x=`iptables -L`", [L]),
        ('echo "$(iptables -L)"', [L]),
        ("for i in 1 2; do iptables -L; done", [L]),
        ("while read i; do iptables -L; done < list", [L]),
        ("if ! iptables -L; then iptables -F; fi", [L, F]),
        ("case $1 in start) iptables -F;; stop) iptables -L;; esac", [F, L]),
        ("f() { iptables -L; }", [L]),
        ("(iptables -L; { iptables -F; })", [L, F]),
        ("bash <<EOF\niptables -L\nEOF", [L]),
        ("sudo sh <<'EOF'\niptables -L\nEOF", [L]),
        ("cat > up.sh <<-EOF\n\tiptables -L\n\tEOF", [L]),
        ("python <<EOF\niptables -L\nEOF", []),
        ("sh -c 'iptables -L; iptables -F'", [L, F]),
        ('sudo bash -xc "iptables -L"', [L]),
        ("watch -n1 'iptables -L'", [L]),
        ('ssh host "iptables -L"', [L]),
        ("ssh -p 2222 root@host sudo iptables -L", [L]),
        ("docker run --rm --net=host alpine iptables -L", [L]),
        ("kubectl exec -it pod -c app -- sh -c 'iptables -L'", [L]),
        ("adb shell \"su -c 'iptables -L'\"", [L]),
        ("salt '*' cmd.run 'iptables -L'", [L]),
        ("run iptables -L", [L]),
        ("if $SUDO iptables -L; then ${sudo_cmd} iptables -F; fi", [L, F]),
        ("xtables-nft-multi iptables -L", [L]),
        ("echo 'iptables -L' >> /etc/rc.local", [L]),
        ("echo 'iptables -L' | tee -a /etc/rc.local", [L]),
        (": <<'EOF'\niptables -L\nEOF", []),
        ("apt install iptables -y; which iptables -a; grep iptables -A 3 x", []),
        ("iptables -L # iptables -F", [L]),
        ("# iptables -L", [L]),
        ("# iptables -L\niptables -F", [F]),
        ("echo 'iptables -L'", []),
        ("iptables-save; iptables-restore x; iptables-apply; iptables-xml", []),
        ("service iptables save; systemctl stop iptables", []),
        ("iptables", []),
        ("iptables v1.8.9 (legacy): no command -x", []),
        ("iptables: No chain/target/match by that name.", []),
        ("iptables is a program", []),
        ("myiptables -L; iptables.sh -L", []),
        ("", []),
    ],
)
def test_commands(code: str, found: list[str]) -> None:
    assert commands(code) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("$ iptables -L", [L]),
        ("$ sudo iptables -L\nChain INPUT (policy ACCEPT)\n$ iptables -F", [L, F]),
        ("user@host:~$ iptables -L\nroot@host:/etc# iptables -F", [L, F]),
        ("[root@host ~]# iptables -L", [L]),
        ("host# iptables -L", [L]),
        ("→ iptables -L", [L]),
        ("┌──(kali㉿kali)-[~]\n└─$ iptables -L", [L]),
        ("➜  ~ sudo iptables -L", [L]),
        ("~ # iptables -L\n/etc # iptables -F", [L, F]),
        ("web1 ~ # iptables -L\nChain INPUT\nweb1 ~ # iptables -F", [L, F]),
        ("vi /etc/fw # edit it\niptables -A INPUT \\\n  -j DROP", ["iptables -A INPUT -j DROP"]),
        ("shell> sudo iptables -L\nroot> iptables -F", [L, F]),
        ("gate># iptables -L", [L]),
        ("]# iptables -L\n~]# iptables -F", [L, F]),
        ("Error: iptables -t nat -C X failed\nfatal: iptables -L said no", []),
        ("cd ~ # go home\niptables -A INPUT \\\n  -j DROP", ["iptables -A INPUT -j DROP"]),
        ("(venv) user@host:~$ iptables -L", [L]),
        ("$ for i in 1 2; do\n>   iptables -L\n> done\n$ iptables -F", [L, F]),
        ("# iptables -L\nChain INPUT (policy ACCEPT)\ntarget  prot opt source  destination", [L]),
        ("# iptables -L\n# iptables -F", [L, F]),
        ("# flush everything\n# iptables -F", [F]),
        ("#!/bin/sh\n# iptables -F", []),
        ("# iptables -L\necho no", []),
        ("$ ls\n# iptables -F", [F]),
        ("root@host:~# ls\n# iptables -F would flush it", []),
        ("$ iptables -A INPUT \\\n> -j DROP\noutput iptables -F", ["iptables -A INPUT -j DROP"]),
        ("$ iptables -A INPUT \\\n    -j DROP\n$ iptables -L", ["iptables -A INPUT -j DROP", L]),
        ("$ bash <<EOF\n> iptables -L\n> EOF\n$ iptables -F", [L, F]),
        ("$ whoami\nCan't say\niptables -F", [F]),
    ],
)
def test_prompts(code: str, found: list[str]) -> None:
    assert commands(code, "console" if "$ bash" in code else "sh") == found


@pytest.mark.parametrize("language", ["log", "syslog", "journal"])
def test_what_a_program_printed_was_not_typed(language: str) -> None:
    printed = "*filter\n-A INPUT -j ACEPT\nCOMMIT\n-A INPUT -j ACEPT\niptables -A INPUT -j ACEPT\n# iptables -F"

    assert commands(printed, language) == []
    assert commands(f"{printed}\n$ iptables -L\n{printed}", language) == [L]


def test_root_prompt_in_a_console_session() -> None:
    assert commands("# iptables -L\nsome output", "console") == [L]
    assert commands("# iptables -L\nsome output", "sh") == []


@pytest.mark.parametrize(
    ("code", "language", "found"),
    [
        ("PostUp = iptables -L; iptables -F", "ini", [L, F]),
        ("ExecStart=/sbin/iptables -L", "ini", ["/sbin/iptables -L"]),
        ("ExecStop=/sbin/ip rule del x ; \\\n/sbin/iptables -F ; \\\n/sbin/ip6tables -F", "ini",
         ["/sbin/iptables -F", "/sbin/ip6tables -F"]),
        ("  post-up iptables -L", "", [L]),
        ("*/5 * * * * root /sbin/iptables -F", "cron", ["/sbin/iptables -F"]),
        ("@reboot root iptables -F", "", [F]),
        ("runcmd:\n  - iptables -L", "yaml", [L]),
        ("RUN iptables -L", "dockerfile", [L]),
        ('CMD ["iptables", "-L"]', "dockerfile", [L]),
        ('RUN ["/bin/sh", "-c", "iptables -L && iptables -F"]', "dockerfile", [L, F]),
        ("RUN apt-get install -y iptables && iptables -L \\\n  && iptables -F", "dockerfile", [L, F]),
        ("  - [ iptables, -L, -n ]", "yaml", ["iptables -L -n"]),
        ('  - "iptables -L"\n  - \'iptables -F\'', "yaml", [L, F]),
        ("  - |\n    iptables -L\n    sudo iptables -F", "yaml", [L, F]),
        ("    command: iptables -L", "yaml", [L]),
        ('    command: sh -c "iptables -L; iptables -F"', "yaml", [L, F]),
        ('"postCreateCommand": "iptables -L",', "json", [L]),
        ("PostUp = iptables -A FORWARD -i %i -j ACCEPT", "ini", ["iptables -A FORWARD -i %i -j ACCEPT"]),
        ("ExecStartPre=-/sbin/iptables -L\nExecStart=+/sbin/iptables -F", "ini",
         ["/sbin/iptables -L", "/sbin/iptables -F"]),
        ("ExecStart=/bin/sh -c 'iptables -L'", "ini", [L]),
        ("actionban = <iptables> -I f2b-<name> 1 -s <ip> -j <type>", "ini",
         ["<iptables> -I f2b-<name> 1 -s <ip> -j <type>"]),
        ("actionstart = iptables -N f2b\n              iptables -L", "ini", ["iptables -N f2b", L]),
        ("fw:\n\tiptables -L\n\t@sudo iptables -F\n\t-iptables -F", "make", [L, F, F]),
        ("-iptables -L\n+iptables -F", "diff", [F]),
        ("[Interface]\nPostUp=iptables -L; iptables -F", "", [L, F]),
        ('os.system("iptables -L")', "python", [L]),
        ("~~~\niptables -L\n~~~", "markdown", []),
    ],
)  # fmt: skip
def test_other_files(code: str, language: str, found: list[str]) -> None:
    assert commands(code, language) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("""iptables -A 'a b' "c d" e\\ f a"b"'c'""", ["-A", "a b", "c d", "e f", "abc"]),
        ("""iptables -A "" ''""", ["-A", "", ""]),
        (r"""iptables -A "\"\\\a" '\"' \" """, ["-A", '"\\\\a', '\\"', '"']),
        (r"iptables -A $'a\tb\x41\101\'' ", ["-A", "a\tbAA'"]),
        ('iptables -A $"a b"', ["-A", "a b"]),
        ("iptables -A \\\n  INPUT", ["-A", "INPUT"]),
        ("iptables -A IN\\\nPUT", ["-A", "INPUT"]),
        ("iptables -A \\ \n", ["-A", " "]),
        ('iptables -A a"b"\\ c', ["-A", "ab c"]),
        ("iptables -A x --to=y! !-s a==b x#y [ab] *.c", ["-A", "x", "--to=y!", "!-s", "a==b", "x#y", "[ab]", "*.c"]),
        ("iptables –A INPUT “x y” -j\u00a0DROP", ["–A", "INPUT", "“x", "y”", "-j\u00a0DROP"]),
        ('iptables -A --comment "don\'t"', ["-A", "--comment", "don't"]),
    ],
)
def test_words(code: str, found: list[str]) -> None:
    (command,) = words(code)
    assert command[1:] == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("iptables -i $WAN", ["$WAN"]),
        ("iptables -i ${WAN:-eth0}x", ["${WAN:-eth0}"]),
        ('iptables -s "$(hostname -I)/24"', ["$(hostname -I)"]),
        ("iptables -s `hostname -I`", ["`hostname -I`"]),
        ("iptables -s $((1+2)) $1 $@", ["$((1+2))", "$1", "$@"]),
        ("iptables -s '$WAN' \\$WAN", []),
        ("for p in 1 2; do iptables --dport $p; done", ["$p"]),
        ("iptables -s <ip> -d <your address>/24", ["<ip>", "<your address>"]),
        ("iptables -N f2b-<name> -s {{ip}} -d {host} --dports {80,443}", ["<name>", "{{ip}}", "{host}", "{80,443}"]),
        ("iptables --dport [port] -t nat [-m match] [ --more ... ]", ["[port]", "[-m match]", "[ --more ... ]"]),
        ("iptables -s YOUR_IP -d your_server_ip:80 -i WAN_INTERFACE", ["YOUR_IP", "your_server_ip", "WAN_INTERFACE"]),
        ("iptables -s x.x.x.x -d 10.0.X.X/16 -p ... …", ["x.x.x.x", "10.0.X.X", "...", "…"]),
        ('iptables -s "<ip>" -d "YOUR_IP"', ["<ip>", "YOUR_IP"]),
        ("iptables -d Сегмент сети 1 -j RETURN", ["Сегмент сети 1"]),
        ("iptables -s 58.215.xxx.xxx -d a.b.c.d -s 10.0.0.N", ["58.215.xxx.xxx", "a.b.c.d", "10.0.0.N"]),
        ("ip6tables -s 2001:db8::xxxx -m mac --mac-source XX:XX:XX:XX:XX:XX", ["2001:db8::xxxx", "XX:XX:XX:XX:XX:XX"]),
        ("iptables -s tunnel\\_1\\_private\\_IP", ["tunnel_1_private_IP"]),
        ("iptables -s \\<ip\\> -d **your-ip** -s 【IP】 -d @IP@", ["<ip>", "**your-ip**", "【IP】", "@IP@"]),
        ("iptables -i %i --dport %PORT% --sport %(port)s --dport #PORT#", ["%i", "%PORT%", "%(port)s", "#PORT#"]),
        ("iptables -p <protocol (tcp/udp) > -[ACD] chain", ["<protocol (tcp/udp) >", "[ACD]"]),
        # these are known
        ('iptables --log-prefix "[drop] " --comment "see <b> ..." -A BLOCK_IP -j LOG_PORT', []),
        ("iptables --to-destination [fe80::1]:80 -s 10.0.0.1 -p tcp", []),
        ("iptables -A INPUT < in > out", []),
    ],
)
def test_holes(code: str, found: list[str]) -> None:
    assert holes(code) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("WAN=eth0\niptables -i $WAN -o ${WAN}.1", "iptables -i eth0 -o eth0.1"),
        ("export WAN='eth 0'\niptables -i \"$WAN\"", "iptables -i eth 0"),
        ("A=1; B=$A.2; iptables -s $B", "iptables -s 1.2"),
        ("IPT=/sbin/iptables\n$IPT -L", "/sbin/iptables -L"),
        ("IPT='iptables -w'\n$IPT -L", "iptables -w -L"),
        ("A=\niptables -L $A", "iptables -L"),
        ("WAN=eth0\nif x; then WAN=eth1; fi\niptables -i $WAN", "iptables -i $WAN"),
        ("WAN=eth0\nwhile x; do iptables -i $WAN; WAN=eth1; done", "iptables -i $WAN"),
        ("WAN=eth0\nread WAN\niptables -i $WAN", "iptables -i $WAN"),
        ("WAN=<interface>\niptables -i $WAN", "iptables -i $WAN"),
        ("WAN=eth0 iptables -i $WAN", "iptables -i $WAN"),
        ("WAN=eth0\nWAN+=1\niptables -i $WAN", "iptables -i $WAN"),
        ("WAN=eth0\ncat > x <<EOF\niptables -i $WAN\nEOF", "iptables -i eth0"),
        ("WAN=eth0\ncat > x <<'EOF'\niptables -i $WAN\nEOF", "iptables -i $WAN"),
        ("$IPTABLES -L", "$IPTABLES -L"),
    ],
)
def test_variables(code: str, found: str) -> None:
    assert commands(code) == [found]


def test_a_value_with_blanks_is_several_words_unless_quoted() -> None:
    code = 'O="-p tcp"\niptables $O -m "$O" x$O'
    assert words(code) == [["iptables", "-p", "tcp", "-m", "-p tcp", "x-p", "tcp"]]


@pytest.mark.parametrize(
    ("code", "diagnostic", "at", "found"),
    [
        ("iptables -A 'x\niptables -L", "unclosed-quote", "'", ["iptables -A x", L]),
        ('iptables -A "x', "unclosed-quote", '"', ["iptables -A x"]),
        ("iptables -A 30`\n\niptables -A 31`", "unclosed-quote", "`", ["iptables -A 30", "iptables -A 31"]),
        ("iptables -A INPUT (x) -j y", "shell-syntax", "(", ["iptables -A INPUT"]),
    ],
)
def test_faults(code: str, diagnostic: str, at: str, found: list[str]) -> None:
    source, script = read(code)
    assert commands(code) == found
    assert {each.code for each in script.diagnostics} == {diagnostic}
    assert source.slice(script.diagnostics[0].span) == at
    assert script.commands[0].span.start < script.diagnostics[0].span.start


def test_an_apostrophe_in_output_is_no_fault() -> None:
    _, script = read("iptables -L\nCan't do that\niptables -F")
    assert not script.diagnostics
    assert len(script.commands) == 2
    assert commands("iptables -L\ncan't `\niptables -F\ncan't `") == [L, F]


def test_a_construct_is_read_whole_in_text_that_is_not_all_shell() -> None:
    code = "Chain X (y)\nfor p in 1 2; do\n  iptables --dport $p\ndone\nsh -c '\n  iptables -L\n'\nA=1\niptables -s $A"
    assert commands(code) == ["iptables --dport $p", L, "iptables -s 1"]


def test_saved_text_in_a_heredoc_and_after_a_command() -> None:
    for code in ("iptables-restore <<EOF\n*nat\n-A mine -j ACCEPT\nCOMMIT\nEOF", "$ iptables-save\n*nat\nCOMMIT"):
        _, script = read(code)
        assert not script.commands
        assert [part.code.text.split("\n")[0] for part in script.saved] == ["*nat"]


def test_family_and_prefix() -> None:
    _, script = read("sudo -n ip6tables -L")
    (command,) = script.commands
    assert command.family == "ipv6"
    assert [word.text for word in command.prefix] == ["sudo", "-n"]


def test_spans_behind_everything() -> None:
    """In a list, after a prompt, in quotes, after characters of several bytes: the place is that of the raw file."""
    text = '- é\n\n  ```sh\n  $ sudo sh -c "ip6tables -A \\"ö b\\" -s <ip>" \\\n      # ü\n  ```\n'
    source = Source("post.md", text)
    (fence,) = read_fences(source).fences
    (command,) = read_commands(source, fence).commands
    said = [source.slice(word.span) for word in command.words]
    assert said == ["ip6tables", "-A", '\\"ö b\\"', "-s", "<ip>"]
    assert command.words[2].text == "ö b"
    assert source.position(command.span.start) == (4, 17)


def test_continuations_in_an_indented_block() -> None:
    source = Source("post.md", "x\n\n    iptables -A INPUT \\\n        -j DROP\n")
    (fence,) = read_fences(source).fences
    (command,) = read_commands(source, fence).commands
    assert [source.slice(word.span) for word in command.words] == ["iptables", "-A", "INPUT", "-j", "DROP"]
    assert source.position(command.words[-1].span.start) == (4, 12)


def test_windows_line_ends() -> None:
    source = Source("post.md", "\r\n```sh\r\niptables -A INPUT \\\r\n -j DROP\r\n# iptables -L\r\n```\r\n")
    (fence,) = read_fences(source).fences
    (command,) = read_commands(source, fence).commands
    assert [source.slice(word.span) for word in command.words] == ["iptables", "-A", "INPUT", "-j", "DROP"]


plain = st.text("abcAB019-_./:,=!+é", min_size=1, max_size=8)
quoted = st.sampled_from(["'a b'", '"c  d"', '"e\\"f"', "''", '""', "g\\ h", "i'j'k", "l\"m\"'n'", "'\"'"])


@given(st.lists(plain | quoted, min_size=1, max_size=8), st.sampled_from([" ", "  ", "\t", " \\\n "]))
def test_words_are_those_of_a_posix_shell(parts: list[str], gap: str) -> None:
    code = gap.join(["iptables", "-A", *parts])
    assert words(code) == [shlex.split(code.replace("\\\n", ""))]


LANGUAGES = ["sh", "", "console", "iptables-save", "python", "yaml", "ini", "json", "ruby", "hcl", "make", "dockerfile"]
shell_soup = st.lists(
    st.sampled_from(
        ["iptables", "ip6tables", "sudo", "-A", "INPUT", " ", " ", " ", "\n", "\\\n", "'", '"', "`", "$", "${", "}",
         "$(", ")", "(", "<", ">", "<<EOF", "EOF", "|", "&&", ";", "#", "# ", "$ ", "root@x:~# ", "<ip>", "{a,b}",
         "[x]", "…", "–", "é", "\u00a0", "for i in x; do", "done", "if", "fi", "A=b", "$A", "\\", "$'\\x", "sh -c ",
         "!", "*filter", "COMMIT", "\U0001f642", "\x00", "\r", "PostUp = ", "x.x.x.x", "your_ip",
         "- ", "a: ", ">-\n  ", "ExecStart=", "echo ",
         "[", "]", ",", "RUN ", "\t"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(shell_soup | st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")),
       st.sampled_from(LANGUAGES))  # fmt: skip
def test_any_text_is_read(code: str, language: str) -> None:
    """No text raises; spans lie in the source and in order; an unquoted, known word is what stands there."""
    source = Source("post.md", f"\n~~~~~~{language}\n{code}\n~~~~~~\n")
    for fence in read_fences(source).fences:
        script = read_commands(source, fence)
        for command in script.commands:
            _hold_to_source(source, [*command.prefix, *command.words])
            assert command.span.start == command.words[0].span.start
            assert all(0 <= low < high <= len(word.text) for word in command.words for low, high in word.holes)
        for diagnostic in script.diagnostics:
            assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(source.text)


def _hold_to_source(source: Source, every: list[Word]) -> None:
    starts = [word.span.start for word in every]
    assert starts == sorted(starts)
    for word in every:
        assert 0 <= word.span.start <= word.span.end <= len(source.text)
        typed = source.slice(word.span)
        if word.is_known and not set(typed) & set("'\"\\$"):
            assert word.text == typed
