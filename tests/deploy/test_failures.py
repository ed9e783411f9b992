"""What programs say when they fail, and what the user is told to do."""

from collections.abc import Sequence

import pytest
from deploy.failures import Failure
from deploy.git_branch.failures import FAILURES as OF_GIT
from deploy.programs import Program
from deploy.rclone.failures import FAILURES as OF_RCLONE
from deploy.rsync.failures import FAILURES_OF_RSYNC as OF_RSYNC
from deploy.rsync.failures import FAILURES_OF_SSH as OF_SSH

SAID = [
    (OF_SSH, "ssh: Could not resolve hostname hots: Name or service not known", "typo"),
    (OF_SSH, "ssh: Could not resolve hostname hots: nodename nor servname provided, or not known", "typo"),
    (OF_SSH, "ssh: connect to host x port 22: Connection timed out", "does not answer"),
    (OF_SSH, "Host key verification failed.", "Connect once by hand"),
    (OF_SSH, "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", "ssh-keygen -R"),
    (OF_SSH, "ann@host: Permission denied (publickey,password).", "ssh-copy-id"),
    (OF_SSH, "This service allows sftp connections only.", "rclone config"),
    (OF_SSH, "mkdir: cannot create directory './x': Permission denied", "chown"),
    (OF_SSH, "mkdir: can't create directory 'x': Read-only file system", "can only be read"),
    (OF_SSH, "client_loop: send disconnect: Broken pipe", "Deploy again"),
    (OF_RSYNC, "bash: line 1: rsync: command not found", "Install it there"),
    (OF_RSYNC, "sh: rsync: not found\nrsync error: error in rsync protocol data stream (code 12)", "Install it there"),
    (OF_RSYNC, "zsh:1: command not found: rsync", "Install it there"),
    (OF_RSYNC, "protocol version mismatch -- is your shell clean?", "start-up file"),
    (OF_RSYNC, 'rsync: write failed on "/srv/x": No space left on device (28)', "is full"),
    (OF_RSYNC, "rsync: connection unexpectedly closed (0 bytes received so far)", "Deploy again"),
    (
        OF_GIT,
        "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
        "typo",
    ),
    (OF_GIT, "fatal: could not read Username for 'https://github.com': No such device or address", "credential"),
    (OF_GIT, "git@github.com: Permission denied (publickey).", "ssh-add"),
    (OF_GIT, "remote: Permission to a/b.git denied to github-actions[bot].\nerror: 403", "contents: write"),
    (OF_GIT, "! [remote rejected] x -> gh-pages (protected branch hook declined)", "protects the branch"),
    (OF_GIT, "! [rejected] x -> gh-pages (fetch first)", "meanwhile"),
    (OF_RCLONE, 'Failed to create file system for "x:": didn\'t find section in config file', "rclone listremotes"),
    (OF_RCLONE, "NoSuchBucket: The specified bucket does not exist", "bucket"),
    (OF_RCLONE, "AccessDenied: Access Denied\n\tstatus code: 403", "allowed to"),
    (OF_RCLONE, "InvalidAccessKeyId: The AWS Access Key Id does not exist\n\tstatus code: 403", "rclone config"),
    (OF_RCLONE, "read metadata failed: Unauthorized: 401 Unauthorized", "rclone config"),
    (OF_RCLONE, "Insufficient Storage: 507 Insufficient Storage", "is full"),
    (OF_RCLONE, "dial tcp: lookup x.invalid: no such host", "typo"),
]


@pytest.mark.parametrize(("failures", "said", "advice"), SAID)
def test_advice(failures: Sequence[Failure], said: str, advice: str) -> None:
    told = str(Program("program", "the-host:/srv", failures).failure("sending the site", said, 1))

    assert advice in told.splitlines()[0]
    assert told.startswith("sending the site failed: ") and f"said: {said.splitlines()[-1].strip()}" in told


def test_what_nobody_has_foreseen_is_shown_as_it_is() -> None:
    told = str(Program("git", "host", OF_GIT).failure("looking at host", "fatal: the moon is full\n", 128))

    assert told == "looking at host failed (exit status 128)\n  git said: fatal: the moon is full"
