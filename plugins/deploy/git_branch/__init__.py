"""A branch that a host of repositories shows as a site: GitHub, GitLab, Codeberg, and whoever else does so.

A release is a commit, and readers see the last one. Nothing is ever forced on the branch: to go back is a new commit
with the files of a former one, so that the history stays, and of two deployments at once the second is turned away.
All is done in a repository of its own, which is removed in the end; that of the project is only asked how to reach the
host.
"""
