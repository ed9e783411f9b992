"""One command line to one frozen Verdict. Nothing here knows of a page, or of another command.

The order is that of the real program: `parsing` reads the words, then `iptables` and `kernel` report what they refuse.
"""
