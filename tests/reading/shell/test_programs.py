"""The program that a command eventually runs is found behind any other that runs it, and its arguments with it."""

from __future__ import annotations

import pytest
from drive import report_of_code
from drytables.reading.shell.programs import running
from drytables.reading.shell.runners import Wrapper, after_options

RUN = r"""
sudo --user root iptables -A INPUT -j DROP
sudo -uroot iptables -A INPUT -j DROP
sudo -H -u root -- iptables -A INPUT -j DROP
doas -u root iptables -A INPUT -j DROP
run0 iptables -A INPUT -j DROP
run0 --user=root iptables -A INPUT -j DROP
gosu root iptables -A INPUT -j DROP
wsl iptables -A INPUT -j DROP
wsl -d Ubuntu -u root -- iptables -A INPUT -j DROP
wsl -d Ubuntu -e sh -c "iptables -A INPUT -j DROP"
kubectl exec -it pod -n x -- iptables -A INPUT -j DROP
kubectl debug node/x -it --image=busybox -- chroot /host iptables -A INPUT -j DROP
kubectl -n x exec pod -- sh -c "iptables -A INPUT -j DROP"
oc debug node/x -- chroot /host iptables -A INPUT -j DROP
minikube ssh -- sudo iptables -A INPUT -j DROP
minikube ssh "sudo iptables -A INPUT -j DROP"
pct exec 100 -- iptables -A INPUT -j DROP
pct exec 100 -- bash -c "iptables -A INPUT -j DROP"
incus exec c1 -- iptables -A INPUT -j DROP
lxc exec c1 -- sudo iptables -A INPUT -j DROP
lxc-attach -n c1 -- iptables -A INPUT -j DROP
docker exec -it box iptables -A INPUT -j DROP
docker exec --privileged -u root box sh -c 'iptables -A INPUT -j DROP'
docker compose exec web iptables -A INPUT -j DROP
docker run --rm --net=host --cap-add NET_ADMIN alpine iptables -A INPUT -j DROP
podman run --rm -it alpine sh -c "iptables -A INPUT -j DROP"
nsenter -t 1 -n iptables -A INPUT -j DROP
nsenter --target 1 --net iptables -A INPUT -j DROP
nsenter --net=/run/netns/x iptables -A INPUT -j DROP
nsenter -t $(docker inspect -f '{{.State.Pid}}' box) -n iptables -A INPUT -j DROP
ip netns exec blue iptables -A INPUT -j DROP
ip net exec blue iptables -A INPUT -j DROP
ip netns e blue iptables -A INPUT -j DROP
ip -n blue iptables -A INPUT -j DROP
ip -netns blue iptables -A INPUT -j DROP
ip -all netns exec iptables -A INPUT -j DROP
ip vrf exec red iptables -A INPUT -j DROP
sudo ip netns exec blue sudo iptables -A INPUT -j DROP
ip netns exec blue bash -c "iptables -A INPUT -j DROP"
ssh root@host iptables -A INPUT -j DROP
ssh -p 22 -o StrictHostKeyChecking=no root@host 'iptables -A INPUT -j DROP'
sshpass -p secret ssh root@host iptables -A INPUT -j DROP
sshpass -p secret ssh root@host "iptables -A INPUT -j DROP"
sshpass -f file ssh -o A=b root@host "iptables -A INPUT -j DROP"
adb shell su -c "iptables -A INPUT -j DROP"
adb shell su -c iptables -A INPUT -j DROP
adb shell su 0 iptables -A INPUT -j DROP
adb -s emulator-5554 shell "su -c 'iptables -A INPUT -j DROP'"
sed -i '$ a iptables -A INPUT -j DROP' /etc/rc.local
sed -i '$aiptables -A INPUT -j DROP' /etc/rc.local
sudo sed -i -e "/^exit 0/i\  iptables -A INPUT -j DROP" /etc/rc.local
sed -i '5c\sudo /sbin/iptables -A INPUT -j DROP' x
chroot /mnt iptables -A INPUT -j DROP
chroot --userspec=a:b /mnt /sbin/iptables -A INPUT -j DROP
timeout 5 iptables -A INPUT -j DROP
timeout --signal KILL 5s iptables -A INPUT -j DROP
nice iptables -A INPUT -j DROP
nice -n 10 iptables -A INPUT -j DROP
nice -10 iptables -A INPUT -j DROP
nice --adjustment 5 iptables -A INPUT -j DROP
watch -n 1 iptables -A INPUT -j DROP
watch -d -n1 'iptables -A INPUT -j DROP'
env -i PATH=/sbin iptables -A INPUT -j DROP
env -u X iptables -A INPUT -j DROP
strace -f -e trace=network iptables -A INPUT -j DROP
strace -o out iptables -A INPUT -j DROP
flock /run/lock iptables -A INPUT -j DROP
flock -w 5 /run/lock iptables -A INPUT -j DROP
flock -w 5 /run/lock -c 'iptables -A INPUT -j DROP'
flock --timeout 5 /run/lock iptables -A INPUT -j DROP
firejail --net=none iptables -A INPUT -j DROP
frobnicate iptables -A INPUT -j DROP
frobnicate -x 1 --yes box -- iptables -t filter -A INPUT -j DROP
./with-lock.sh fw iptables -w -A INPUT -j DROP
/opt/bin/foo -- /sbin/iptables -A INPUT -j DROP
$RUN iptables -A INPUT -j DROP
${RUN:-sudo} iptables -A INPUT -j DROP
"$SSH" host iptables -A INPUT -j DROP
log_and_run iptables -A INPUT -j DROP
safe "iptables -A INPUT -j DROP"
machine -- iptables -A INPUT -j DROP
ionice -c2 -n0 iptables -A INPUT -j DROP
setsid -w iptables -A INPUT -j DROP
sudo $(which iptables) -A INPUT -j DROP
`which iptables` -A INPUT -j DROP
$(command -v iptables) -A INPUT -j DROP
IPT=/sbin/iptables; $IPT -A INPUT -j DROP
IPT="sudo iptables -w"; $IPT -A INPUT -j DROP
FW=$(which iptables); $FW -A INPUT -j DROP
FW=`which iptables`; $FW -A INPUT -j DROP
FW="$(command -v iptables)"; "$FW" -A INPUT -j DROP
su -c 'iptables -A INPUT -j DROP'
su - root -c "iptables -A INPUT -j DROP"
gcloud compute ssh vm --command "sudo iptables -A INPUT -j DROP"
gcloud compute ssh vm --command="sudo iptables -A INPUT -j DROP"
frobnicate --run='iptables -A INPUT -j DROP'
vagrant ssh -c 'sudo iptables -A INPUT -j DROP'
ansible all -b -m shell -a 'iptables -A INPUT -j DROP'
tmux send-keys "iptables -A INPUT -j DROP" Enter
screen -dm iptables -A INPUT -j DROP
busybox iptables -A INPUT -j DROP
find . -exec iptables -A INPUT -j DROP \;
find . -exec iptables -A INPUT -s {} -j DROP \;
find . -name 'x' -exec sh -c 'iptables -A INPUT -j DROP' \;
find . -execdir sudo iptables -A INPUT -j DROP ';'
parallel iptables -A INPUT -s {} -j DROP ::: 1 2
parallel -j4 --colsep ' ' iptables -A INPUT -s {1} -p {2} -j DROP :::: list
parallel 'iptables -A INPUT -s {} -j DROP' ::: 1 2
cat l | parallel -I% sudo iptables -A INPUT -s % -j DROP
seq 2 | parallel --jobs 2 iptables -A INPUT -j DROP -s
cat l | xargs -n1 iptables -A INPUT -j DROP -s
cat l | xargs -I{} iptables -A INPUT -s {} -j DROP
cat l | xargs -I {} sudo iptables -A INPUT -s {} -j DROP
cat l | xargs -I% iptables -A INPUT -s % -j DROP
cat l | xargs -I % iptables -A INPUT -s %/32 -j DROP
cat l | xargs -I '%' sh -c 'iptables -A INPUT -s % -j DROP'
cat l | xargs -i iptables -A INPUT -s {} -j DROP
cat l | xargs -i% iptables -A INPUT -s % -j DROP
cat l | xargs --replace=IP iptables -A INPUT -s IP -j DROP
cat l | xargs --replace iptables -A INPUT -s {} -j DROP
cat l | xargs -r -d '\n' -L 1 -P 4 iptables -A INPUT -j DROP -s
cat l | xargs -0rn1 -- iptables -A INPUT -j DROP -s
cat l | xargs --max-args 1 --no-run-if-empty iptables -A INPUT -j DROP -s
cat l | xargs -J % iptables -A INPUT -s % -j DROP
cat l | sudo xargs iptables -A INPUT -j DROP -s
xargs -a list -n 1 iptables -A INPUT -j DROP -s
xargs -n1 -I _ip_ iptables -A INPUT -s _ip_ -j DROP < l
! iptables -A INPUT -j DROP
"""


@pytest.mark.parametrize("code", RUN.strip().splitlines())
def test_it_is_found_behind_another(code: str) -> None:
    report = report_of_code(code)

    assert [each.command.words[0].text for each in report.commands()]
    assert not report.is_refused
    assert report_of_code(code.replace("DROP", "DRPO")).is_refused


NOT_RUN = r"""
apt install iptables -y
apt-get install -y iptables -t bookworm-backports
sudo yum -y install iptables -t
which iptables -a
grep iptables -A 3 x
sed -i 's/iptables -A INPUT -j DRPO/x/' f
sed -i '/iptables -A INPUT -j DRPO/d' f
sed -n '/a iptables -A INPUT -j DRPO/p' f
grep -rn iptables -A INPUT x
systemctl restart iptables -n
man iptables -t
echo iptables -A INPUT -j DROP
ps aux | grep iptables -A INPUT
Use iptables -A INPUT -j DRPO for that
then use iptables -A INPUT -j DRPO to add it
sysadmins see the iptables -A INPUT -j DRPO command
die "iptables -A INPUT failed here"
log_error "iptables -L failed"
git commit -m "iptables -A INPUT rule"
useradd iptables -s /bin/false
update-alternatives --install /usr/sbin/iptables iptables /usr/sbin/iptables-legacy 10
deploy ALL=NOPASSWD: /sbin/iptables -A INPUT *
ls -l /sbin/iptables -n
type iptables -P
docker run --name iptables -d image
auditctl -w /sbin/iptables -p x -k fw
if ! command -v iptables; then exit; fi
cat l | xargs iptables
parallel iptables ::: a
"""


@pytest.mark.parametrize("code", NOT_RUN.strip().splitlines())
def test_it_is_not_run_wherever_it_is_named(code: str) -> None:
    assert not list(report_of_code(code).commands())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("xargs -L1 iptables -I INPUT -j DROP -s", "iptables -I INPUT -j DROP -s …"),
        ("xargs -n1 -- iptables -D INPUT", "iptables -D INPUT …"),
        ("xargs -I% iptables -A INPUT -s %/32", "iptables -A INPUT -s %/32"),
        ("xargs -J % iptables -A % -j DROP", "iptables -A % -j DROP …"),
        ("xargs -iIP sh -c 'iptables -A INPUT -s IP'", "iptables -A INPUT -s {}"),
        ("parallel iptables -A INPUT -s ::: a b", "iptables -A INPUT -s …"),
        ("parallel iptables -A INPUT -s {2} -d {1} ::: a ::: b", "iptables -A INPUT -s {2} -d {1}"),
        ("find . -exec iptables -A INPUT -s {} \\; -print", "iptables -A INPUT -s {}"),
    ],
)
def test_what_is_put_in_for_each_argument_is_open(code: str, words: str) -> None:
    (checked,) = report_of_code(code).commands()

    assert " ".join(word.text for word in checked.command.words) == words
    assert checked.status == "open"


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("-u root x", 2), ("-uroot x", 1), ("-Hu root x", 2), ("--user root x", 2), ("--user=root x", 1),
        ("-H -- -x", 2),
        ("A=b -H C=d x", 3), ("x -u root", 0), ("-u", 1), ("--bad x", 1),
    ],
)  # fmt: skip
def test_options_are_skipped_as_getopt_does(words: str, after: int) -> None:
    assert after_options(words.split(), 0, Wrapper("u", "user")) == after


def test_a_guess_is_made_only_where_one_is_asked_for() -> None:
    words = ["frobnicate", "iptables", "-A", "INPUT"]

    assert running(words).at == 1
    assert running(words, may_guess=False).at == 0
    assert running(["ip", "netns", "exec", "blue", *words[1:]], may_guess=False).at == 4


@pytest.mark.parametrize(
    "printed",
    [
        "iptables: No chain/target/match by that name.",
        "iptables v1.8.9 (nf_tables): unknown option",
        "-bash: iptables: command not found",
        "modprobe: FATAL: Module ip_tables not found",
    ],
)
def test_a_hash_is_a_prompt_above_what_a_program_complains_of(printed: str) -> None:
    assert report_of_code(f"# docker exec box iptables -A INPUT -j ACEPT\n{printed}").is_refused


SESSION = "-P PREROUTING ACCEPT\n-N mine\n-A POSTROUTING -j mine"


@pytest.mark.parametrize(
    "before",
    ["", "ip netns exec blue ", "ip net e blue ", "ip -n blue ", "docker exec box ", "nsenter -t 1 -n ", "timeout 5 "],
)
def test_a_hash_before_a_program_that_runs_it_is_a_prompt_of_root(before: str) -> None:
    commands = [each.command for each in report_of_code(f"# {before}iptables -t nat -S\n{SESSION}").commands()]

    assert " ".join(word.text for word in commands[0].words) == "iptables -t nat -S"


@pytest.mark.parametrize(
    "code",
    [
        "# use ip netns exec to run iptables -L there",
        "# docker exec and iptables -A INPUT",
        "# ip netns exec blue iptables -A INPUT -j DRPO\nip netns exec blue iptables -L",
        "# frobnicate iptables -L",
        "# iptables -t mangle  → nft add table inet mangle\n# iptables -A   → nft add rule",
        "# iptables -D INPUT 1  => nft delete rule",
        "# iptables -F -> nft flush ruleset",
        "# iptables -X  — deletes chains",
        "# /etc/sysconfig/iptables — the rules of Red Hat",
        "# /etc/iptables - the folder",
    ],
)
def test_a_comment_is_no_prompt(code: str) -> None:
    assert not report_of_code(code).is_refused


@pytest.mark.parametrize("rest", ["-p tcp — dport 443 -j ACCEPT", "-j DNAT — to-destination 192.0.2.1", "-j ACEPT"])
def test_a_dash_that_was_two_hyphens_explains_nothing(rest: str) -> None:
    assert report_of_code(f"# iptables -A INPUT {rest}").is_refused


@pytest.mark.parametrize("words", ["-exec find .", "x -exec y find", "sudo -exec find", "find find -name x"])
def test_a_search_that_runs_nothing_is_the_program_itself(words: str) -> None:
    run = running(words.split())

    assert 0 <= run.at < run.end


@pytest.mark.parametrize(
    "said",
    [
        "iptables ruleset (cali-boot-* chains): not present",
        "iptables rules - see <link>",
        "iptables 规则 (旧)",
        "iptables chain [OK]",
        "iptables backend $x",
    ],
)
def test_a_word_and_no_option_is_no_command(said: str) -> None:
    assert not report_of_code(f"{said}\niptables -L", "").all_diagnostics()
