"""drytables: iptables that never gets wet. Judges every iptables command in a text as iptables and the kernel would."""
