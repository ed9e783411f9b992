"""What rclone says when it fails."""

from ..failures import CONNECTION, FILES, FULL, LOST, SSH, failures

FAILURES = failures(
    (
        r"didn't find section in config file",
        "rclone knows no such remote. `rclone listremotes` names those that there are, and `rclone config` makes one",
    ),
    (
        r"unable to decrypt configuration|couldn't decrypt configuration",
        "rclone needs the password of its configuration: set RCLONE_CONFIG_PASS, or RCLONE_PASSWORD_COMMAND",
    ),
    (
        r"nosuchbucket|bucket .*does not exist|container .*not found",
        "{place} names a bucket that does not exist. Check its name for a typo, or create it",
    ),
    (
        r"invalidaccesskeyid|signaturedoesnotmatch|invalid_grant|token expired|couldn't fetch token|"
        r"\b401\b|unauthorized|unable to authenticate|handshake failed",
        "{place} does not know you. Look at the account with `rclone config`, or renew it: `rclone config reconnect`",
    ),
    (r"accessdenied|\b403\b|forbidden", "you may not do that at {place}. Look at what the account is allowed to"),
    *SSH,
    *CONNECTION,
    FULL,
    *FILES,
    LOST,
)
