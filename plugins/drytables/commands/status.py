"""The exit statuses of the command line."""

#: Nothing was found; something was; wrong usage, or a file that cannot be read.
CLEAN, FINDINGS, USAGE = 0, 1, 2

#: The user stopped it, as shells show it (128 and the number of SIGINT).
INTERRUPTED = 130
