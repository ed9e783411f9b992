"""What ssh and rsync say when they fail."""

from ..failures import CONNECTION, FILES, FULL, LOST, SSH, failures

FAILURES_OF_SSH = failures(
    (
        r"allows sftp connections only|account is currently not available|no shell access",
        "{place} does not let you run commands. If it has SFTP, configure that with `rclone config`, and deploy to "
        "rclone:its-name:folder",
    ),
    *SSH,
    *CONNECTION,
    FULL,
    *FILES,
    LOST,
)
FAILURES_OF_RSYNC = failures(
    (
        r"rsync: (?:command )?not found|rsync: no such file|command not found:? .*rsync",
        "rsync is not installed at the host of {place}. Install it there: apt-get install rsync",
    ),
    (
        r"is your shell clean|protocol version mismatch",
        "a start-up file of the shell at {place} prints something, which rsync takes for an answer. Have it print "
        "only on a terminal (test -t 0)",
    ),
    *SSH,
    *CONNECTION,
    FULL,
    *FILES,
    LOST,
)
