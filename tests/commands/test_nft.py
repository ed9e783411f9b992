"""`drytables nft`: a command or a file in, nft out; what nft cannot say is told, and the exit status tells of it."""

from pathlib import Path

from .run import drytables, page

SAVED = """\
*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:guard - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m multiport --dports 22,80:88 -j guard
-A INPUT -m string --string foo --algo bm -j DROP
COMMIT
"""
SAVED_IN_NFT = """\
#!/usr/sbin/nft -f
add table ip filter
delete table ip filter
add table ip filter
add chain ip filter INPUT { type filter hook input priority filter; policy drop; }
add chain ip filter FORWARD { type filter hook forward priority filter; policy accept; }
add chain ip filter OUTPUT { type filter hook output priority filter; policy accept; }
add chain ip filter guard
add rule ip filter INPUT iifname "lo" counter accept
add rule ip filter INPUT ip protocol tcp tcp dport { 22, 80-88 } counter jump guard
# <stdin>:8: -A INPUT -m string --string foo --algo bm -j DROP
#   not in nft: nft does not search packets for a text; the nearest is bytes at a fixed place: `@nh,0,24 0x666f6f`
"""


def test_a_command_comes_with_what_it_needs() -> None:
    run = drytables("nft", "iptables -A INPUT -p tcp --dport 22 -m connlimit --connlimit-above 3 -j DROP")

    assert run.stdout.splitlines() == [
        "add table ip filter",
        "add chain ip filter INPUT { type filter hook input priority filter; }",
        "add set ip filter connlimit0 { type ipv4_addr; flags dynamic; }",
        "add rule ip filter INPUT tcp dport 22 add @connlimit0 { ip saddr ct count over 3 } counter drop",
    ]
    assert (run.returncode, run.stderr) == (0, "")


def test_what_nft_cannot_say_is_told_with_what_comes_nearest() -> None:
    run = drytables("nft", "iptables", "-D", "INPUT", "3")

    assert (run.returncode, run.stdout) == (1, "")
    assert "nft deletes a rule by its handle, which only the machine knows\nnearest: `nft -a list chain" in run.stderr


def test_a_refused_command_is_told_as_refused() -> None:
    run = drytables("nft", "iptables -A INPUT -s 192.0.2.300 -j DROP")

    assert (run.returncode, run.stdout) == (1, "")
    assert "error[bad-value]" in run.stderr


def test_a_saved_rule_set_becomes_one_file() -> None:
    run = drytables("nft", "-", stdin=SAVED)

    assert run.stdout == SAVED_IN_NFT
    assert run.returncode == 1
    assert run.stderr.startswith("drytables: <stdin>:8: nft does not search packets for a text")


def test_a_page_becomes_one_file_with_its_corrections(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text(page("iptables -A INPUT -m state --state NEW -j DROP", "iptables -A INPUT -i $WAN -j DROP"))

    run = drytables("nft", str(post))

    assert run.stdout.splitlines()[:4] == [
        "#!/usr/sbin/nft -f",
        "add table ip filter",
        "add chain ip filter INPUT { type filter hook input priority filter; }",
        "add rule ip filter INPUT ct state new counter drop",
    ]
    assert run.stdout.splitlines()[4:] == [
        f"# {post}:7: iptables -A INPUT -i $WAN -j DROP",
        "#   not in nft: it is not complete",
    ]
    assert run.returncode == 1


def test_without_words_it_says_what_to_name() -> None:
    run = drytables("nft")

    assert (run.returncode, run.stdout) == (2, "")
    assert "name a command or a file" in run.stderr


def test_a_file_that_is_not_there_is_told() -> None:
    assert drytables("nft", "no-such-file.v4").returncode == 2


def test_fewer_rules_where_they_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    file.write_text(page(*[f"iptables -A INPUT -p tcp --dport {port} -j ACCEPT" for port in (22, 80)]))
    joined, single = drytables("nft", "--joined", str(file)), drytables("nft", str(file))
    command = drytables("nft", "--joined", "iptables -A INPUT -s 192.0.2.1,192.0.2.2 -j DROP")

    assert joined.stdout.splitlines()[-1] == "add rule ip filter INPUT tcp dport { 22, 80 } counter accept"
    assert joined.stdout.splitlines()[1] == "# where several rules are one here, they are counted together"
    assert single.stdout.splitlines()[-1] == "add rule ip filter INPUT tcp dport 80 counter accept"
    assert command.stdout.splitlines()[-1] == "add rule ip filter INPUT ip saddr { 192.0.2.1, 192.0.2.2 } counter drop"
    assert "# where several rules are one here, they are counted together" in command.stdout
    assert [joined.returncode, single.returncode, command.returncode] == [0, 0, 0]
