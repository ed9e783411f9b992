"""Which release of iptables has what, and which distribution ships which release."""
