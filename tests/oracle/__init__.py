"""The real iptables as oracle: it runs in a network namespace of its own, and its answers are held against ours."""
