"""Judges a command as iptables and the kernel do: its words become a rule, the rule is verified, a verdict is given."""
