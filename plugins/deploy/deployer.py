"""The name of whoever deploys, for the messages that others see."""

import getpass
import socket


def user() -> str:
    """The name of the user, if this machine has one for them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # in a container with a number for a user
        return "somebody"


def user_and_machine() -> str:
    """The user, and the machine that they sit at."""
    return f"{user()}@{socket.gethostname()}"
