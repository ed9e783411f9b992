"""The exit statuses of the command line."""

#: No findings; findings; wrong usage, or a file that cannot be read.
CLEAN, FINDINGS, USAGE = 0, 1, 2

#: The user interrupted it, as shells report it (128 plus the number of SIGINT).
INTERRUPTED = 130
