"""What the checks find, as diagnostics with their places."""
