"""From raw text to commands of words: fences, then the shell in them, and iptables-save text; no grammar here."""
