"""The laboratory: runs one plan at a time in network namespaces that nobody else sees, and says what was seen.

`python -m proof.lab` runs inside `unshare --net --mount --pid`, reads a plan a line from standard input and writes what
was seen a line to standard output, both as JSON (`plan.py` says what is in them). It holds no name anywhere: when its
process ends, by whatever signal, the kernel ends all that it has started, and with them their namespaces.

Nothing here reads a page or a file of experiments, and nothing outside of it runs a command.

- plan.py        what is to be done, and what was seen: data;
- isolation.py   is this a namespace of our own? Asked before each command;
- messages.py    what is sent: how a message knows its connection;
- headers.py     who sent a packet to whom, from its bytes;
- netlink_log.py what rules and our own observer log, from the kernel;
- marks.py       that observer, which sees the marks with which packets leave;
- receiving.py   the side that listens, on every host;
- sending.py     the side that opens connections;
- host.py        a process in a network namespace of its own, which does what it is asked;
- wiring.py      interfaces, addresses and routes;
- trial.py       one plan, from its hosts to what was seen.
"""
