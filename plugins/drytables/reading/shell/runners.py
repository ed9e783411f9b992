"""Programs that run another, and those that only name one: data, and how their options are skipped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..pattern import pattern

ASSIGNMENT = pattern(r"[A-Za-z_]\w*=")


class Wrapper(NamedTuple):
    """A program that runs another: its letters and long options that take the next word, and how many words of its own
    come first.
    """

    letters: str = ""
    long: str = ""
    own: int = 0


WRAPPERS = {
    "sudo": Wrapper("ugpCDhRrTtU", "user group prompt close-from chdir host role type other-user"),
    "doas": Wrapper("uC"), "run0": Wrapper("uDg", "user group unit property slice nice chdir setenv"),
    "exec": Wrapper("a"), "command": Wrapper(), "builtin": Wrapper(), "nohup": Wrapper(), "time": Wrapper("fo"),
    "env": Wrapper("uCS", "unset chdir"), "nice": Wrapper("n", "adjustment"),
    "ionice": Wrapper("cn", "class classdata"),
    "timeout": Wrapper("ks", "kill-after signal", own=1), "setsid": Wrapper(), "stdbuf": Wrapper("ioe"),
    "chroot": Wrapper("", "userspec groups", own=1), "flock": Wrapper("wE", "timeout conflict-exit-code", own=1),
    "unshare": Wrapper("SG"), "nsenter": Wrapper("tSG", "target"), "strace": Wrapper("eopsE"), "busybox": Wrapper(),
    "watch": Wrapper("n", "interval"), "chronic": Wrapper(), "torsocks": Wrapper(), "xtables-multi": Wrapper(),
    "xtables-legacy-multi": Wrapper(), "xtables-nft-multi": Wrapper(), "pkexec": Wrapper("", "user"), "!": Wrapper(),
    "ssh": Wrapper("bcDEeFIiJLlmOopQRSWw", own=1), "gosu": Wrapper(own=1), "su-exec": Wrapper(own=1),
    "taskset": Wrapper("", own=1), "chrt": Wrapper("TPD", own=1), "faketime": Wrapper(own=1), "firejail": Wrapper(),
    # common names of functions in scripts that run their arguments
    "run": Wrapper(), "run_cmd": Wrapper(), "try": Wrapper(), "execute": Wrapper(), "retry": Wrapper(),
}  # fmt: skip
XARGS = Wrapper("adEILnPsJRS", "arg-file delimiter max-args max-procs max-chars process-slot-var")
PARALLEL = Wrapper(
    "aCdIjJLNnPSs",
    "arg-file arg-sep colsep delay delimiter env halt jobs joblog load max-args max-chars max-procs max-replace-args"
    " memfree nice results retries sshlogin sshloginfile timeout tmpdir trc transferfile workdir",
)
#: Programs that run another after words that cannot be told apart: the first that names a program shows where it
#: begins.
_SEEKERS = """
    docker podman nerdctl docker-compose podman-compose kubectl oc crictl ctr k3s minikube kind microk8s lxc incus
    lxc-attach pct qm adb vagrant machinectl systemd-run systemd-nspawn multipass salt salt-ssh ansible gcloud aws az
    ssh sshpass mosh autossh pdsh pssh clush dsh wsl wsl.exe ip tmux screen script setpriv capsh at batch
"""
SEEKERS = frozenset(_SEEKERS.split())
#: Programs whose words may name iptables without running it.
_NAMING = """
    echo printf print cat tac less more head tail grep egrep fgrep zgrep rg ag ack sed awk gawk which whereis type man
    info apropos whatis tldr help apt apt-get apt-cache aptitude apt-mark apk yum dnf zypper pacman emerge brew pkg
    opkg dpkg dpkg-query dpkg-reconfigure rpm snap equery nix-env systemctl service rc-service rc-update update-rc.d
    chkconfig initctl invoke-rc.d insserv sv ls ll stat file cp mv rm ln install chmod chown chattr touch mkdir cd
    find locate test [ [[ hash set export declare typeset local readonly alias unalias source . vi vim nano emacs git
    svn diff comm cmp journalctl dmesg update-alternatives alternatives ps pgrep pkill killall kill pidof modprobe
    insmod rmmod lsmod modinfo ldd strings readlink realpath dirname basename useradd adduser usermod groupadd history
    complete compgen logger mail wall notify-send say read for case select let sort uniq wc cut tr tee column xxd
    md5sum sha256sum tar zip unzip wget curl scp rsync semanage setsebool restorecon audit2allow ausearch auditctl
    aa-complain aa-enforce setcap getcap nft ebtables arptables ufw firewall-cmd iptables-translate
    ip6tables-translate return exit function crontab visudo sudoedit make cmake gcc cargo go pip pip3 npm gem bat
    xdg-open open code subl fail2ban-client monit puppet chef-client
"""
NAMING = frozenset(_NAMING.split())
#: Functions of scripts that tell people something.
_TELLS = pattern(
    r"(?:\w*_)?(?:log|msg|message|info|warn|warning|err|error|die|fail|abort|debug|note|usage|title|step|say)s?\d?"
)
#: Words of sentences.
_OF_SENTENCES = """
    the a an to and or of for with use uses used using via by is are was be will would this that these then than you
    your we our it its can could should must may if when from as at on in into see like through not but e.g. i.e. only
    also now here der die das den dem ein eine und oder mit von zu ist auf als wie de del la el le les los las des et
    con para por pour avec dans est un une il lo di che per sono com em do da os uma não no na
"""
_SENTENCE = frozenset(_OF_SENTENCES.split())
_NAME = pattern(r"(?:\$\{[^{}]*\}|[a-z_.~/$\"{])[\w.+/~${}@()-]*", re.ASCII | re.IGNORECASE)


def only_names(words: Sequence[str]) -> bool:
    """Whether a program, with its words, may well name iptables without running it: it is known to, it tells something
    to people, or is no program but the beginning of a sentence.
    """
    name = words[0].rpartition("/")[2]
    if name in NAMING or _TELLS.fullmatch(name) or not _NAME.fullmatch(words[0]) or words[0][:1].isupper():
        return True
    return reads_as_sentence(words)


def reads_as_sentence(words: Sequence[str]) -> bool:
    """Whether there is a word among these that hardly any command has."""
    return any(word in _SENTENCE or word[-1:] in (":", ",") or not word.isascii() for word in words)


def after_options(words: Sequence[str], at: int, wrapper: Wrapper, given: dict[str, str] | None = None) -> int:
    """The index after the options of a wrapper, which begin at an index, and the assignments it accepts.

    Notes in `given` the value of each letter and long option, empty if it has none.
    """
    given = {} if given is None else given
    long = wrapper.long.split()
    while at < len(words):
        word = words[at]
        if word == "--":
            return at + 1
        if ASSIGNMENT.match(word):
            at += 1
            continue
        if len(word) < 2 or word[0] not in "-+" or (word[0] == "+" and not word[1:].isalpha()):
            break
        at += 1
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if not equals and name in long:
                value, at = words[at] if at < len(words) else "", at + 1
            given[name] = value
            continue
        place = next((i for i, letter in enumerate(word) if i and letter in wrapper.letters), 0)
        given.update(dict.fromkeys(word[1 : place or len(word)], ""))
        if place and place + 1 < len(word):
            given[word[place]] = word[place + 1 :]
        elif place:
            given[word[place]], at = (words[at] if at < len(words) else ""), at + 1
    return min(at, len(words))
