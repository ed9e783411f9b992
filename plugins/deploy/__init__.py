"""`make deploy` and `make rollback`: puts the published site on its host, and takes it back.

Readers see the old site or the new one, and nothing between, as far as a host can do that; whatever ends a deployment
early, the next one finishes. A kind of host has a room of its own, which knows nothing of the others: `rsync` (a folder
on a server, through ssh), `git_branch` (pages of GitHub, GitLab and Codeberg) and `rclone` (all else). The files here
say what is deployed and what must not be, and know of no host; only `commands` knows both.

The programs are the user's own, with their own configuration and secrets. Nothing here keeps a secret or prints one.
"""
