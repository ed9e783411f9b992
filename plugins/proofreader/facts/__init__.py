"""What is found out about a source when it is read: small, and remembered with what was read."""
