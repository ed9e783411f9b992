"""plugins/proof/snippets.py: what is run of a page, word by word, and in which form."""

import pytest
from drytables.diagnostics.source import Source
from proof.experiment import Experiment
from proof.reading import read_experiments
from proof.snippets import NoSuchSnippet, PageSnippet, Unfilled, argv, page_snippets, used_snippets

HEAD = "Title: x\nDate: 2026-01-01\n\n"
OLD = """\
```{.sh #old iptables="1.4.10"}
iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2 -j SNAT --to 192.0.2.1
```
"""


def snippets(text: str) -> list[PageSnippet]:
    """The snippets of a page."""
    return page_snippets(Source("x.md", HEAD + text))


def run(snippet: PageSnippet, form: str = "corrected", **values: str) -> list[str]:
    """What is run of a snippet, a line each."""
    steps = snippet.steps["written" if form == "written" else "corrected"]
    return [" ".join(argv(step, {f"${name}": value for name, value in values.items()})) for step in steps]


def test_a_snippet_that_is_corrected_has_two_forms() -> None:
    (snippet,) = snippets(OLD)

    rule = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2{} -j SNAT --to 192.0.2.1"
    assert (snippet.number, snippet.id, snippet.line, snippet.is_corrected) == (1, "old", 4, True)
    assert run(snippet) == [rule.format(" --packet 0")]
    assert run(snippet, "written") == [rule.format("")]
    assert [step.is_refused for step in snippet.steps["written"]] == [True]
    assert [step.is_refused for step in snippet.steps["corrected"]] == [False]


PAGES = [
    # the code of a fence, and what is run
    ("sudo iptables -P INPUT DROP\nip6tables -P INPUT DROP", ["iptables -P INPUT DROP", "ip6tables -P INPUT DROP"]),
    ("# iptables -P INPUT DROP", ["iptables -P INPUT DROP"]),
    ("/sbin/iptables -P INPUT DROP", ["iptables -P INPUT DROP"]),
    ("IPT=/sbin/iptables\nLAN=eth1\n$IPT -A INPUT -i $LAN -j DROP", ["iptables -A INPUT -i eth1 -j DROP"]),
    ('iptables -A INPUT -m comment --comment "a b" -j DROP', ["iptables -A INPUT -m comment --comment a b -j DROP"]),
    ("iptables -A INPUT \\\n  -j DROP", ["iptables -A INPUT -j DROP"]),
    ("-A INPUT -p tcp --dport 22 -j ACCEPT", ["iptables -t filter -A INPUT -p tcp --dport 22 -j ACCEPT"]),
    ("ip route add default via 192.0.2.1\niptables -P INPUT DROP", ["iptables -P INPUT DROP"]),
    ("iptables-restore --noflush <<EOF\n*nat\n:X - [0:0]\nCOMMIT\nEOF", ["iptables-restore --noflush"]),
    ("ip6tables-restore <<E\n*filter\n-A INPUT -s ::1 -j DROP\nCOMMIT\nE", ["ip6tables-restore"]),
    ("*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT", ["iptables-restore"]),
]


@pytest.mark.parametrize(("code", "expected"), PAGES, ids=[code.split("\n")[0] for code, _ in PAGES])
def test_what_is_run(code: str, expected: list[str]) -> None:
    found = [line for each in snippets(f"```sh\n{code}\n```\n") for line in run(each)]

    assert found == expected


def test_a_table_is_read_from_standard_input() -> None:
    code = "iptables-restore <<EOF\n*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\nEOF\niptables -N X"
    (snippet,) = snippets(f"```sh\n{code}\n```\n")

    restore, new = snippet.steps["corrected"]
    assert restore.text == "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n"
    assert (restore.line, new.line) == (2, 7)


def test_a_variable_keeps_its_value_in_later_snippets() -> None:
    page = "```sh\nWAN=eth7\n```\n\n```sh\niptables -A INPUT -i $WAN -j DROP\n```\n"

    assert [run(each) for each in snippets(page)] == [["iptables -A INPUT -i eth7 -j DROP"]]


def test_a_placeholder_takes_the_value_of_the_experiment() -> None:
    (snippet,) = snippets("```sh\niptables -A INPUT -i $WAN -s ${NET}/24 -j DROP\n```\n")

    values = {"$WAN": "eth0", "${NET}": "192.0.2.0"}
    (step,) = snippet.steps["corrected"]
    assert argv(step, values) == ("iptables", "-A", "INPUT", "-i", "eth0", "-s", "192.0.2.0/24", "-j", "DROP")
    with pytest.raises(Unfilled, match="NET"):
        argv(step, {"$WAN": "eth0"})


def test_what_may_run_often_is_in_doubt() -> None:
    (snippet,) = snippets("```sh\nfor port in 22 80; do iptables -A INPUT -p tcp --dport $port -j DROP; done\n```\n")

    assert [step.doubt for step in snippet.steps["corrected"]] == ["it is in a loop, a condition or a function"]


def test_other_programs_are_named_with_their_lines() -> None:
    code = """ip rule add fwmark 1 table 7
# ip rule list says so
sudo sysctl -w net.ipv4.ip_forward=1
  echo 1 > /proc/sys/net/ipv4/ip_forward
echo done; ipset create x hash:ip
iptables -P INPUT DROP"""
    (snippet,) = snippets(f"```sh\n{code}\n```\n")

    assert snippet.others == (
        "ip rule add fwmark 1 table 7",
        "sudo sysctl -w net.ipv4.ip_forward=1",
        "echo 1 > /proc/sys/net/ipv4/ip_forward",
        "echo done; ipset create x hash:ip",
    )


def experiment(snippets: str = "") -> Experiment:
    """An experiment with some snippets."""
    text = f'[[experiment]]\ntitle = "x"\n{snippets}\n[experiment.traffic]\nexpect.answered = 1\n'
    (found,) = read_experiments(Source("x.experiment.toml", text))
    assert isinstance(found, Experiment)
    return found


PAGE = (
    OLD
    + """
```{.sh #wrong refused=bad-value}
iptables -A INPUT -p tcp --dport 99999 -j DROP
```

Nothing to run here:

```sh
ls
```

```{.sh #last}
iptables -P INPUT DROP
```
"""
)


def test_all_snippets_are_used_but_those_that_are_wrong_on_purpose() -> None:
    used = used_snippets(experiment(), snippets(PAGE))

    assert [(use.snippet, use.on, each.id) for use, each in used] == [(1, "machine", "old"), (3, "machine", "last")]


def test_snippets_are_named_by_number_or_id() -> None:
    named = experiment('snippets = ["last", { snippet = 1, form = "written", on = "client" }]')

    used = used_snippets(named, snippets(PAGE))
    assert [(each.number, use.form, use.on) for use, each in used] == [
        (3, "corrected", "machine"),
        (1, "written", "client"),
    ]


@pytest.mark.parametrize(
    ("named", "message", "help"),
    [
        ('["lst"]', "there is no snippet lst on the page", "did you mean `last`? the page has 3 with commands"),
        ("[9]", "there is no snippet 9 on the page", "the page has 3 with commands, and the ids old, wrong, last"),
    ],
)
def test_a_snippet_that_is_not_there_is_told_at_its_place(named: str, message: str, help: str) -> None:
    with pytest.raises(NoSuchSnippet) as error:
        used_snippets(experiment(f"snippets = {named}"), snippets(PAGE))

    diagnostic = error.value.diagnostic
    assert diagnostic.message == message
    assert diagnostic.help.startswith(help)
    assert diagnostic.span.start == len('[[experiment]]\ntitle = "x"\nsnippets = [')
