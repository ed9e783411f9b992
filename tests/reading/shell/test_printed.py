"""What echo and printf print for a file or a program, and what a here-string gives to one."""

from __future__ import annotations

import pytest
from one_fence import commands, read, typed

A, F = "iptables -A INPUT -j DROP", "iptables -F"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"echo {A} >> f", [A]),
        (f'echo "{A}" "-v" >> f', [f"{A} -v"]),
        (f"echo -n '{F}' > f", [F]),
        (f"echo -e '{F}\\n{A}' > f", [F, A]),
        (f"printf '{F}\\n{A}\\n' >> f", [F, A]),
        (f"printf -- '{F}' | sh", [F]),
        (f"printf '%s\\n' '{F}' '{A}' | sudo tee f", [F, A]),
        ("printf 'iptables -s %s -j %s\\n' 1 2 3 4 | sh", ["iptables -s 1 -j 2", "iptables -s 3 -j 4"]),
        (f"echo '{F}' | at now", [F]),
        (f"echo '{F}' | ssh host sh", [F]),
        (f"{{ echo '#!/bin/sh'; echo 'if a; then'; echo '{F}'; echo fi; }} > f", [F]),
        (f"echo '#!/bin/sh' > f; echo '{F}' >> f", [F]),
        (f"if a; then echo '{F}'; fi > f", [F]),
        ('WAN=eth0; echo "iptables -i $WAN -o $LAN -s \\$NET" > f', ["iptables -i eth0 -o ? -s ?"]),
        # in the form of the file that it goes to
        (f'echo "ExecStartPost={F} || true" >> f', [f"{F} || true"]),
        (f'echo "PostUp = {A}; {F}" | sudo tee -a /etc/wireguard/wg0.conf > /dev/null', [A, F]),
        (f'(crontab -l; echo "@reboot {F}") | crontab -', [F]),
        (f'echo "*/5 * * * * root {F}" > /etc/cron.d/x', [F]),
        (f"echo '  up {F}' >> /etc/network/interfaces", [F]),
        (f'bash <<< "{F}"', [F]),
        (f"sudo sh <<< $'{F}\\n{A}'", [F, A]),
        (f'sudo tee -a f <<< "{F}"', [F]),
        (f"echo 'alias fw=\"{F}\"' >> ~/.bashrc", [F]),
        (f"alias fw='{F}; {A}' ll='ls -l'", [F, A]),
        (f'echo "ExecStart={F}" >> f; echo "PostUp = {A}" >> f; echo {F} >> f', [F, A, F]),
        # for people
        (f"echo '{F}'; printf '{F}\\n'; echo '{F}' >&2", []),
        (f"echo '{F} failed' >> /var/log/fw.log; echo '{F}' > /dev/kmsg; echo '{F}' | grep x", []),
        (f"x=$(echo '{F}'); echo 'Run {F}' > README; cat <<< '{F}'", []),
        ("alias ipt='sudo iptables'", []),
    ],
)
def test_commands(code: str, found: list[str]) -> None:
    assert commands(code, "sh") == found


@pytest.mark.parametrize(
    "code",
    [
        "printf '*nat\\n-A X -j Y\\nCOMMIT\\n' | iptables-restore",
        "printf '%s\\n' '*nat' '-A X -j Y' COMMIT | sudo iptables-restore -n",
        'echo -e "*nat\\n-A X -j Y\\nCOMMIT" | iptables-restore',
        "( echo '*nat'; echo '-A X -j Y'; echo COMMIT ) | iptables-restore",
        "echo '*nat' > f\necho '-A X -j Y' >> f\necho COMMIT | sudo tee -a f",
        "iptables-restore <<< $'*nat\\n-A X -j Y\\nCOMMIT'",
    ],
)
def test_saved_text(code: str) -> None:
    (part,) = read(code, "sh")[1].saved

    assert part.code.text.strip() == "*nat\n-A X -j Y\nCOMMIT"
    assert part.origin == ("shown" if "> f" in code else "heredoc")


def test_places() -> None:
    assert typed("printf 'iptables \\x2dF\\tx\\n' >> f", "sh") == [["iptables", "\\x2dF", "x"]]
    assert typed("printf '%s\\n' 'iptables -F' | sh", "sh") == [["iptables", "-F"]]
    assert typed("printf 'iptables -F %s\\n' x | sh", "sh") == [["iptables", "-F", "%s"]]
