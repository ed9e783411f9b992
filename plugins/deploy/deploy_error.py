"""The one error whose message is the whole report."""


class DeployError(Exception):
    """The site cannot be deployed or taken back; the message says why, and what to do."""
