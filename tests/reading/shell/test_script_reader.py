"""A text is read once, and no more of it than matters: what is left out changes nothing that is found."""

from __future__ import annotations

import pytest
from drytables.diagnostics.source import Source, Span
from drytables.formats.records import report_record
from drytables.page.check import check
from drytables.reading import placeholders
from drytables.reading.markdown.fences import read_fences
from drytables.reading.shell import arguments, parsed, script, script_reader
from drytables.reading.shell.syntax import Tree
from drytables.reading.word import Command
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PROGRAMS = [
    "iptables", "sudo iptables", "/sbin/iptables", "$IPT", "${FW}", "$A$B", "ip${X}tables", 'ip"tables"', "i\\ptables",
    "ipta\\\nbles", "$'\\x69ptables'", "<iptables>", "`which x`/iptables", "$SUDO iptables", "A=b iptables",
]  # fmt: skip
RULES = [
    "-A INPUT -p tcp --dport 22 -j ACCEPT", "-N FOO", "-A FOO -j DROP", "-A INPUT -j FOO", "-F", "-X", "-P INPUT DROP",
    "-A INPUT -j DROP", "-A INPUT -s $NET -j ACCEPT", "-A INPUT -m set --match-set bad src -j DROP", "-A INPUT -j BAR",
    "-A INPUT -s <ip> -j DROP", '-A INPUT -m comment --comment "a b"', "-A INPUT -s 10.0.0.1 \\\n -j DROP",
    "-A INPUT -s 10.0.0.1 > a b", "-A INPUT \\ ",
]  # fmt: skip
OTHERS = [
    "ipset create bad hash:ip", "ipset destroy bad", "create bad hash:net", "add bad 192.0.2.1", "add a b c d",
    'ip"set" create bad hash:ip', "systemctl restart x", "sudo ufw enable", "echo a", "docker run -p 80:80 x",
    "ssh host 'ufw enable'", "sh -c 'ufw enable; echo a'", 'eval "$CMD"', "sudo", "ip rule add x", "> a b c", "b > a c",
    "-A INPUT -j LOG", "-A FOO -j DROP > a b", "-A FOO -j DROP \\ ", "[1:2] -A INPUT -j DROP", "$FOO a", "'a b' c",
    'echo "$FW -N FOO" | sh', "sudo -u root echo a", "sudo A=b echo a", "A=b echo a", "time echo a", "env A=b echo a",
    "ip netns exec a echo a", "nohup echo a &", "docker exec a ufw enable", "ssh host echo a", "xargs echo", "e\\cho a",
    "'echo' a", "echo; ufw enable", "echo a || ufw enable", "echo $(ufw enable)", "> a echo b", "/bin/echo a",
    "$ECHO a", "echo\ta", "echo\u00a0a", "-N FOO", "add bad 192.0.2.1 x", "ipset swap bad worse", "sudo ufw", "a=b",
    "фоо бар", "watch 'ufw enable'", "echo 'iptables -F' > a", "cat\\\nb c", "Chain INPUT (policy ACCEPT)", "! ufw x",
]  # fmt: skip
SETTINGS = [
    "IPT=/sbin/iptables", "FW=iptables", "A=ipt", "B=ables", "NET=10.0.0.0/8", "export NET=10.0.0.1", "X=", "unset NET",
    "read NET", "for NET in a b; do echo $NET; done", "CMD='iptables -N FOO'", "NET+=x", "[ -f x ] && NET=10.0.0.2",
    "SUDO=sudo", "A=$IPT", "(FW=ufw)", "NET=10.0.0.3 ufw enable",
]  # fmt: skip
AROUND = [
    "{}", "{}", "if true; then\n{}\nfi", "f() {{\n{}\n}}", "({})", "cat <<EOF\n{}\nEOF", "bash <<'EOF'\n{}\nEOF",
    "iptables-restore <<EOF\n*filter\n{}\nCOMMIT\nEOF", "sh -c '{}'", 'sh -c "{}"', "{} || true", "true && {}",
    "{} | cat", "x=$({})", "# {}", "$ {}", "root@h:~# {}", "{} 2>/dev/null", "eval '{}'", "*filter\n{}\nCOMMIT", "'{}",
    "{}'", "{} \\",
]  # fmt: skip

commands = st.builds("{} {}".format, st.sampled_from(PROGRAMS), st.sampled_from(RULES))
statements = st.builds(
    lambda around, statement: around.format(statement),
    st.sampled_from(AROUND),
    st.one_of(commands, st.sampled_from(OTHERS), st.sampled_from(SETTINGS)),
)
fences = st.builds(
    lambda language, lines: "~~~~~{}\n{}\n~~~~~\n".format(language, "\n".join(lines)),
    st.sampled_from(["sh", "sh", "console", "yaml", ""]),
    st.lists(statements, min_size=1, max_size=6),
)
pages = st.lists(fences, min_size=1, max_size=3).map(lambda each: "Title: iptables\n\n" + "\n".join(each))


def the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all of a text read, as if everything in it might matter."""
    for module in (script, script_reader):
        monkeypatch.setattr(module, "may_hold_commands", lambda text, values: True)
        monkeypatch.setattr(module, "sets_variables", lambda text: True)
    monkeypatch.setattr(script, "_stretch", lambda code, reading: Span(0, 1 << 30))
    monkeypatch.setattr(script_reader._ScriptReader, "runs_plainly", lambda self, visit: False)
    monkeypatch.setattr(arguments, "_plain_range", lambda visit, tree, reader: None)
    monkeypatch.setattr(Tree, "_holds_only_words", lambda self, node: False)


def found_in(page: str) -> tuple[object, list[Command]]:
    """What is reported of a page, and each command that was read of it."""
    source = Source("post.md", page)
    scripts = script.read_scripts(source, read_fences(source).fences)
    return report_record(check(source)), [command for script in scripts for command in script.commands]


def assert_the_long_way_finds_the_same(page: str) -> None:
    """Check a page in both ways."""
    found = found_in(page)
    with pytest.MonkeyPatch.context() as monkeypatch:
        the_long_way(monkeypatch)

        assert found_in(page) == found


@pytest.mark.parametrize(
    "script",
    [
        "iptables -A INPUT -j DROP\n{}\niptables -A INPUT -p tcp -j ACCEPT",
        "iptables -F FOO\n{}\niptables -N FOO\niptables -N FOO",
        "ipset create bad hash:ip\n{}\niptables -A INPUT -m set --match-set bad src -j DROP",
        "iptables -A INPUT -m set --match-set bad src -j DROP\n{}\nipset create bad hash:ip",
        "FW=iptables\n~~~\n\n~~~sh\n{}\n~~~\n\n~~~sh\n$FW -A INPUT -j DROP\n$FW -A INPUT -s $NET -j ACCEPT",
        "{}\n~~~\n\n~~~sh\niptables -A INPUT -s $NET -j $X",
        "A=b iptables -A INPUT -j DROP\n{} && A=b iptables -L",
        "-A INPUT -j DROP\n{}\n-A INPUT -p tcp -j ACCEPT",
        "if true; then\n{}\n'\niptables -N FOO\n{}\niptables -N FOO",
    ],
)
def test_what_is_between_commands_does_the_same(script: str) -> None:
    for other in (*OTHERS, *SETTINGS):
        assert_the_long_way_finds_the_same(f"Title: iptables\n\n~~~sh\n{script.replace('{}', other)}\n~~~\n")


@given(pages)
@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_read_would_have_changed_nothing(page: str) -> None:
    assert_the_long_way_finds_the_same(page)


@pytest.mark.parametrize(
    ("code", "times"),
    [
        ("iptables -A INPUT -s <ip> -j DROP\nufw enable\niptables -L", 1),
        ("echo a\nsystemctl restart x", 0),
        ("A=b\necho c", 0),
        # In what is not all shell, a construct is parsed to be found, and not again to be read.
        ("if true; then\n  iptables -L\nfi\n)", 2),
        # Each rule without its program is a text of its own, and so is a line that is mended.
        ("-A INPUT -j DROP\n-A INPUT -j ACCEPT", 3),
        ("iptables —L", 2),
    ],
)
def test_a_text_is_parsed_once(code: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    sought: list[str] = []
    monkeypatch.setattr(parsed, "Tree", lambda text: built.append(text) or Tree(text))
    find = placeholders.find_placeholders
    monkeypatch.setattr(parsed, "find_placeholders", lambda text: sought.append(text) or find(text))
    source = Source("post.md", f"Title: x\n\n~~~~~sh\n{code}\n~~~~~\n")
    script.read_scripts(source, read_fences(source).fences)

    assert len(built) == len(sought) == times


def test_a_fence_that_only_sets_variables_is_read_when_one_is_asked_for() -> None:
    source = Source(
        "post.md", "".join(f"\n~~~sh\n{code}\n~~~\n" for code in ("A=DROP", "B=$A", "iptables -P INPUT $B"))
    )
    *_, last = script.read_scripts(source, read_fences(source).fences)

    assert [[word.text for word in each.words] for each in last.commands] == [["iptables", "-P", "INPUT", "DROP"]]
