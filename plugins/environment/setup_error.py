"""The one error whose message is the whole report."""


class SetupError(Exception):
    """`.venv` cannot be made; the message says why, and what to do."""
