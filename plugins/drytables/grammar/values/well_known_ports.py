"""The services that an engineer knows by their ports, under the names that are used for them in speech.

Only these are named beside a port. The registry in `grammar/registries.py` has hundreds more, of which most are not
what runs on that port today (`8081` is `tproxy` there), and it lacks some that everybody knows.
"""

from __future__ import annotations

#: Lines of `NAME PORT[,PORT...] PROTOCOL[,PROTOCOL...]`.
_TABLE = """
ftp-data 20 tcp
ftp 21 tcp
ssh 22 tcp
telnet 23 tcp
smtp 25 tcp
dns 53 tcp,udp
dhcp 67,68 udp
tftp 69 udp
http 80 tcp
kerberos 88 tcp,udp
pop3 110 tcp
portmapper 111 tcp,udp
ident 113 tcp
ntp 123 udp
netbios 137,138 udp
netbios 139 tcp
imap 143 tcp
snmp 161,162 udp
bgp 179 tcp
ldap 389 tcp
https 443 tcp
quic 443 udp
smb 445 tcp
smtps 465 tcp
ike 500 udp
syslog 514 udp
rip 520 udp
dhcpv6 546,547 udp
rtsp 554 tcp
submission 587 tcp
ipp 631 tcp
ldaps 636 tcp
dns over tls 853 tcp
rsync 873 tcp
imaps 993 tcp
pop3s 995 tcp
openvpn 1194 tcp,udp
l2tp 1701 udp
pptp 1723 tcp
radius 1812,1813 udp
ssdp 1900 udp
nfs 2049 tcp,udp
squid 3128 tcp
iscsi 3260 tcp
mysql 3306 tcp
stun 3478 udp
rdp 3389 tcp
ipsec nat-t 4500 udp
sip 5060 tcp,udp
mdns 5353 udp
postgresql 5432 tcp
vnc 5900 tcp
redis 6379 tcp
kubernetes 6443 tcp
irc 6667 tcp
git 9418 tcp
memcached 11211 tcp,udp
mongodb 27017 tcp
wireguard 51820 udp
"""


def _read() -> dict[tuple[int, str], str]:
    names = {}
    for line in _TABLE.strip().splitlines():
        name, ports, protocols = line.rsplit(" ", 2)
        names.update({(int(port), each): name for port in ports.split(",") for each in protocols.split(",")})
    return names


_NAMES = _read()


def well_known(port: int, protocol: str) -> str:
    """What everybody takes a port for, in a protocol by its name or in whichever has it; empty if that is not known."""
    protocols = (protocol,) if protocol else ("tcp", "udp")
    return next((_NAMES[port, each] for each in protocols if (port, each) in _NAMES), "")
