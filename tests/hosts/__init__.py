"""What the tests of `make deploy` deploy; the real servers on this machine that they deploy to, and that show sites."""
