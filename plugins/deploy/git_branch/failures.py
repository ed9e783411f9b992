"""What git says when it fails."""

from ..failures import CONNECTION, FILES, FULL, LOST, SSH, failures

FAILURES = failures(
    (
        r"fetch first|non-fast-forward|stale info|cannot lock ref|incorrect old value|failed to update ref",
        "someone else has deployed to {place} meanwhile. Look at the site, and deploy again",
    ),
    (
        r"could not read (?:username|password)|authentication failed|invalid username or|invalid credentials|"
        r"support for password authentication",
        "{place} does not let you in. Give git a token with a credential helper (git config credential.helper), or use "
        "an address of ssh, git+git@host:owner/name.git",
    ),
    (
        r"repository not found|repository .* not found|does not appear to be a git repository|not a git repository|"
        r"project you were looking for|does not exist",
        "there is no repository at {place}, or you may not see it. Check its name for a typo",
    ),
    *SSH,
    (
        r"protected branch|pre-receive hook declined|hook declined|gh006|gh013|remote rejected",
        "{place} does not take it. Look at what protects the branch there, and at what it says",
    ),
    (
        r"write access .* not granted|permission to .* denied|not allowed to push|insufficient permission|\b403\b|"
        r"deny updating",
        "you may not write to {place}. Ask its owner, or use a token that may (in CI: permissions: contents: write)",
    ),
    *CONNECTION,
    FULL,
    *FILES,
    LOST,
)
