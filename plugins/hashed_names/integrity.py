"""The digests in `integrity` attributes, which a browser compares with the file that it loads."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

_DIGEST = re.compile(r"(?P<algorithm>sha(?:256|384|512))-(?P<digest>[A-Za-z0-9+/_=-]++)")


def kept_true(integrity: str, before: bytes, after: bytes) -> str:
    """Return the value of an `integrity` attribute for a file that was changed from `before` to `after`. A digest that
    was not true before is left as it is: the browser should refuse the file as it did.
    """

    def of_digest(found: re.Match[str]) -> str:
        if found["digest"] != _digest(found["algorithm"], before):
            return found[0]
        return f"{found['algorithm']}-{_digest(found['algorithm'], after)}"

    return _DIGEST.sub(of_digest, integrity)


def _digest(algorithm: str, content: bytes) -> str:
    return b64encode(hashlib.new(algorithm, content).digest()).decode()
