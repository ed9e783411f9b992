"""Tells what a rule is: as `iptables -S` prints it, in words, as a page shows it."""
