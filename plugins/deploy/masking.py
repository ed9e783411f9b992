"""Keeps secrets out of what is printed: those in addresses and those in environment variables."""

import os
import re

_MASK = "***"
#: `user:password@` or `token@` in `https://user:password@host`; the `git@host` of ssh has no `//` before it.
_IN_ADDRESS = re.compile(r"(?<=://)[^\s/]*@")
#: An account's name, with which `ssh://git@host` begins.
_ONLY_A_NAME = re.compile(r"(?i)(?<=ssh://)[a-z0-9._-]+@")
#: What rclone takes within the name of a remote: `:s3,secret_access_key=...:bucket`.
_IN_REMOTE = re.compile(r"(,[a-z0-9_]+=)(\"[^\"]*\"|'[^']*'|[^,:\s]*)", re.IGNORECASE)
_NAMES_OF_SECRETS = re.compile(r"TOKEN|PASSW|SECRET|_KEY|_PASS\b|CREDENTIAL", re.IGNORECASE)
#: Anything shorter is likely to be an ordinary word in the output.
_SHORTEST_SECRET = 6


def without_secrets(text: str) -> str:
    """Return a text with every secret in it replaced by `***`."""
    secrets = {value for name, value in os.environ.items() if _NAMES_OF_SECRETS.search(name)}
    for secret in sorted(secrets, key=len, reverse=True):  # one may have another in it
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, _MASK)
    text = _IN_ADDRESS.sub(_masked_account, text)
    return _IN_REMOTE.sub(rf"\1{_MASK}", text)


def _masked_account(found: re.Match[str]) -> str:
    return found[0] if _ONLY_A_NAME.match(found.string, found.start()) else f"{_MASK}@"
