"""What the tests of `make deploy` deploy, and the real servers on this machine that they deploy to."""
