"""The one error whose message is the whole report."""


class BuildError(Exception):
    """The site cannot be built; the message says why, and what to do."""
