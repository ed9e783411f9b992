"""What publishing did to a command is told in one diagnostic, and its edits bring the command back."""

from __future__ import annotations

import pytest
from drive import report_of, report_of_code
from drytables.diagnostics.diagnostic import apply
from drytables.diagnostics.source import Source
from drytables.page.check import check
from hypothesis import given
from hypothesis import strategies as st


def statuses(code: str) -> list[str]:
    return [checked.status for checked in report_of_code(code).commands()]


REFUSED = [
    ("iptables –A INPUT –p tcp ––dport 80 –j DROP", "typographic-dash", "iptables -A INPUT -p tcp --dport 80 -j DROP"),
    ("iptables —A INPUT -p tcp —dport 80", "typographic-dash", "iptables -A INPUT -p tcp --dport 80"),
    ("iptables -A INPUT -p tcp −−dport 80", "typographic-dash", "iptables -A INPUT -p tcp --dport 80"),
    ("iptables -A INPUT -p tcp -–dport 80", "typographic-dash", "iptables -A INPUT -p tcp --dport 80"),
    ("iptables –nvL", "typographic-dash", "iptables -nvL"),
    ("iptables -A INPUT -p tcp -m tcp — dport 22 -j ACCEPT", "typographic-dash",
     "iptables -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT"),
    ("iptables -t nat -A PREROUTING -j DNAT –  to-destination 192.0.2.1", "typographic-dash",
     "iptables -t nat -A PREROUTING -j DNAT --to-destination 192.0.2.1"),
    ("iptables -A INPUT -m iprange --src-range 10.0.0.1–10.0.0.9", "typographic-dash",
     "iptables -A INPUT -m iprange --src-range 10.0.0.1-10.0.0.9"),
    ("iptables -A INPUT -j LOG --log-prefix “a b: ”", "curly-quote",
     'iptables -A INPUT -j LOG --log-prefix "a b: "'),
    ("iptables -A INPUT -j LOG --log-prefix ‘a b: ’", "curly-quote", "iptables -A INPUT -j LOG --log-prefix 'a b: '"),
    ('iptables -A INPUT -j LOG --log-prefix “a b: "', "curly-quote", 'iptables -A INPUT -j LOG --log-prefix "a b: "'),
    ("iptables -A INPUT -j\u00a0DROP", "no-break-space", "iptables -A INPUT -j DROP"),
    ("sudo\u00a0iptables -A INPUT -j DROP", "no-break-space", "sudo iptables -A INPUT -j DROP"),
    ("\u00a0iptables -A INPUT -j DROP", "no-break-space", " iptables -A INPUT -j DROP"),
    ("iptables -A INPUT\u3000-j DROP", "no-break-space", "iptables -A INPUT -j DROP"),
    ("iptables -A INPUT -j DR\u200bOP", "no-break-space", "iptables -A INPUT -j DROP"),
    ("iptables -F &amp;&amp; iptables -X", "html-entity", "iptables -F && iptables -X"),
    ("iptables -A INPUT -j LOG --log-prefix &quot;x: &quot;", "html-entity",
     'iptables -A INPUT -j LOG --log-prefix "x: "'),
    ("iptables -A INPUT -j DROP sudo iptables -L", "lost-line-end", "iptables -A INPUT -j DROP\nsudo iptables -L"),
    ("iptables -N A iptables -N B iptables -N C", "lost-line-end", "iptables -N A\niptables -N B\niptables -N C"),
    ("$ iptables -N A $ iptables -N B", "lost-line-end", "$ iptables -N A\n$ iptables -N B"),
    ("iptables -N guardiptables -A INPUT -j guard", "lost-line-end", "iptables -N guard\niptables -A INPUT -j guard"),
    ("iptables -A INPUT -j DROPsudo iptables -L", "lost-line-end", "iptables -A INPUT -j DROP\nsudo iptables -L"),
    ("iptables -A INPUT -j DROP/sbin/iptables -L", "lost-line-end", "iptables -A INPUT -j DROP\n/sbin/iptables -L"),
    ("iptables -A INPUT -s 10.0.0.0/8/sbin/iptables -L", "lost-line-end",
     "iptables -A INPUT -s 10.0.0.0/8\n/sbin/iptables -L"),
    ("iptables -A INPUT -p tcp \\ \n --dport 80", "blank-after-backslash", "iptables -A INPUT -p tcp \\\n --dport 80"),
    ("iptables -A INPUT -p tcp\n --dport 80", "lost-backslash", "iptables -A INPUT -p tcp \\\n --dport 80"),
    ("iptables -A INPUT -j DROP；", "full-width-sign", "iptables -A INPUT -j DROP"),
    ("iptables -L -n  lists the rules", "prose-in-command", "iptables -L -n  # lists the rules"),
    ("iptables -F flush all the rules", "prose-in-command", "iptables -F # flush all the rules"),
    ("iptables -P INPUT DROP // by default", "prose-in-command", "iptables -P INPUT DROP # // by default"),
    ("iptables -P INPUT DROP <-- by default", "prose-in-command", "iptables -P INPUT DROP # <-- by default"),
    ("iptables -A INPUT -j DROP`", "unclosed-quote", "iptables -A INPUT -j DROP"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name", "mended"), REFUSED)
def test_damage_is_told_once_and_undone_by_its_edits(code: str, name: str, mended: str) -> None:
    report = report_of_code(code)
    (found,) = [each for each in report.all_diagnostics() if each.severity == "error"]

    assert (found.code, found.severity) == (name, "error")
    assert apply(found.edits, report.source.text) == report.source.text.replace(code, mended)
    assert "refused" in statuses(code)
    assert "refused" not in statuses(mended)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("iptables –A INPUT -s <ip> –j DROP", "typographic-dash"),
        ("iptables -A INPUT -s &lt;ip&gt; -j DROP", "html-entity"),
        ("iptables -A INPUT -s YOUR_IP -j DROP sudo iptables -L", "lost-line-end"),
        ("iptables -N A [root@db ~]# iptables -N B", "lost-line-end"),
        ("iptables -L -n 显示所有规则", "prose-in-command"),
        ("iptables -t `nat` -L", "stray-backtick"),
    ],
)
def test_where_the_reader_fills_in_something_it_is_a_warning(code: str, name: str) -> None:
    report = report_of_code(code)

    assert [(each.code, each.severity) for each in report.all_diagnostics()] == [(name, "warning")]
    assert statuses(code) == ["open"]


def test_quotes_that_the_shell_takes_for_letters_are_a_warning() -> None:
    report = report_of_code("iptables -A INPUT -m comment --comment “web” -j ACCEPT")

    assert [(each.code, each.severity) for each in report.all_diagnostics()] == [("curly-quote", "warning")]
    assert [checked.status for checked in report.commands()] == ["accepted"]


@pytest.mark.parametrize(
    "code",
    [
        "iptables -A INPUT -m comment --comment '– “a\u00a0b” c' -j DROP",
        "iptables -A INPUT -j DROP # – “drop”\u00a0it &amp; go；",
        "# – iptables –A INPUT",
        "iptables -A INPUT -m comment --comment don’t -j DROP",
        "iptables -C INPUT -j DROP || iptables -A INPUT -j DROP",
        "iptables -L | sudo tee x; sudo iptables -F",
        "ip netns exec a iptables -L && ip netns exec a iptables -F",
        "for i in 1; do sudo iptables -F; done",
        "iptables -A INPUT -s `hostname` -j DROP",
        "iptables -A INPUT \\\n -j DROP",
        "iptables -L\n-n shows numbers",
        "iptables -A INPUT\n-p protocol\n-s source of the packet\n-j what to do",
        "iptables -S\n-A INPUT -j DROP",
    ],
)
def test_no_damage(code: str) -> None:
    report = report_of_code(code)

    assert not [each for each in report.all_diagnostics() if each.severity != "note"]


def test_what_else_is_wrong_is_told_too() -> None:
    report = report_of_code("iptables –A INPTU –j DROP")

    assert [each.code for each in report.all_diagnostics()] == ["typographic-dash", "unknown-chain"]


def test_the_mended_line_is_shown() -> None:
    report = report_of_code("sudo iptables –A INPUT –j DROP")

    (found,) = report.all_diagnostics()
    assert found.help == "write `sudo iptables -A INPUT -j DROP`"


pieces = st.lists(
    st.sampled_from(
        ["iptables", "ip6tables", "sudo", "-A", "INPUT", "-j", "DROP", "-p", "tcp", "--dport", "PORT", "80", " ", " ",
         "\n", "\\ \n", "\\\n", "–", "—A", "“", "”", "‘", "\u00a0", "\u200b", "&lt;", "&amp;", "`nat`", "`", "'", '"',
         "；", " // ", " <-- ", "清除", "#", "$ ", "[a@b ~]# ", "<ip>", "-A INPUT -j DROP", "*nat", "COMMIT", "(", "> "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(pieces, st.sampled_from(["", "sh", "console", "yaml", "ini"]))
def test_any_damage_is_told_with_places_in_the_text(code: str, language: str) -> None:
    source = Source("post.md", f"Title: x\n\n~~~~~{language}\n{code}\n~~~~~\n\n`{code}`\n")
    for found in check(source).all_diagnostics():
        assert 0 <= found.span.start <= found.span.end <= len(source.text)
        assert all(0 <= edit.span.start <= edit.span.end <= len(source.text) for edit in found.edits)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("iptables -A INPUT \\   # into the chain\n  -j DROP", "blank-after-backslash"),
        ("iptables -A INPUT \\ # one\n  -p tcp \\ # two\n  -j DROP", "blank-after-backslash"),
        ("iptables -A INPUT \\\n  # web\n  -p tcp --dport 80 \\\n  -j DROP", "lost-backslash"),
    ],
)
def test_a_comment_between_the_lines_of_a_command_is_to_be_put_before_it(code: str, told: str) -> None:
    (diagnostic,) = report_of_code(f"{code}\niptables -L").all_diagnostics()

    assert diagnostic.code == told
    assert diagnostic.help == "put the comment on a line before the command"
    assert diagnostic.edits == ()


@pytest.mark.parametrize(
    "code",
    [
        "# iptables -A INPUT \\ # no\niptables -A INPUT -j DROP",
        "iptables -A INPUT -j DROP \\\n# and then\niptables -L",
        "iptables -N myiptables -t nat",
        "iptables -A INPUT -j DROP # iptables -L\n# iptables -F",
    ],
)
def test_a_comment_elsewhere_is_no_damage(code: str) -> None:
    assert not report_of_code(code).is_refused


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("ini", "ExecStart=/sbin/iptables –A INPUT -j ACCEPT"),
        ("yaml", "runcmd:\n  - >-\n    iptables -A INPUT\n    –j ACCEPT"),
        ("yaml", "- name: x\n  command: iptables –A INPUT -j ACCEPT"),
        ("", "run: iptables –A INPUT -j ACCEPT"),
        ("python", 'os.system("iptables –A INPUT -j ACCEPT")'),
    ],
)
def test_damage_in_other_languages(language: str, code: str) -> None:
    report = report_of(f"~~~{language}\n{code}\n~~~\n")

    assert [each.message for each in report.all_diagnostics()] == ["hyphens became dashes"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("— dport 22", "--dport 22"), ("–– dport 22", "--dport 22"), ("–j X", "-j X")]
)
def test_a_dash_in_the_colours_of_another_language_is_undone_as_well(typed: str, meant: str) -> None:
    report = report_of_code(f"iptables -A INPUT -p tcp {typed}", "haskell")
    (found,) = report.all_diagnostics()

    assert found.code == "typographic-dash"
    assert meant in apply(found.edits, report.source.text)


@pytest.mark.parametrize(
    "code",
    [
        "# iptables -F iptables -X\nls",
        "# at now + 2 hours at> iptables -D INPUT 1 at> iptables -D FORWARD 1\nls",
        "iptables -L -n # not iptables -S",
        "iptables -A INPUT -m comment --comment 'iptables -L iptables -S' -j DROP",
        "iptables -S && /usr/sbin/iptables -L, \\\n/usr/sbin/iptables -S, \\\n/opt/fw/sbin/iptables -S",
        "iptables -P INPUT DROP(or iptables -P FORWARD ACCEPT)",
    ],
)
def test_no_line_end_was_lost_within_a_comment_a_path_or_brackets(code: str) -> None:
    assert not any(each.code == "lost-line-end" for each in report_of_code(code).all_diagnostics())


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("iptables -A INPUT -p tcp «match» -j ACCEPT", []),
        ("iptables -A INPUT -s «IP» -p tcp --dport «port» -j ACCEPT", []),
        ("iptables -A INPUT -m comment --comment «web» -j ACCEPT", ["curly-quote"]),
        ("iptables -A INPUT -j LOG --log-prefix «a b: »", ["curly-quote"]),
    ],
)
def test_a_word_in_guillemets_is_a_placeholder_unless_an_option_takes_any_text(code: str, codes: list[str]) -> None:
    assert [each.code for each in report_of_code(code).all_diagnostics()] == codes


def test_numbers_and_signs_are_no_sentence() -> None:
    (found,) = report_of_code("iptables -t mangle -A X -p udp -j TPROXY --tproxy-mark 0x01 / 0x01").all_diagnostics()

    assert (found.code, found.edits) == ("stray-word", ())


def test_nothing_is_repaired_where_a_template_names_the_program() -> None:
    (named,) = report_of_code("{{ iptables_bin }} -A INPUT -j ACEPT").all_diagnostics()
    (unnamed,) = report_of_code("{{ item }} -A INPUT -j ACEPT").all_diagnostics()

    assert bool(named.edits)
    assert not unnamed.edits


def test_a_comment_behind_a_path_is_no_prompt_that_makes_a_session_of_a_script() -> None:
    (found,) = report_of_code("vi /etc/fw # edit it\niptables -A INPUT -j ACEPT").all_diagnostics()

    assert found.edits
