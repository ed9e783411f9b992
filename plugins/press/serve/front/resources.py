"""Stylesheets, scripts and pictures that were sent to tabs: which of them changed, and when."""

import secrets
from collections import OrderedDict
from collections.abc import Callable

from .one_at_a_time import OneAtATime
from .preview import Preview

#: How many are remembered, the most recently sent first.
REMEMBERED = 1000


class Resources:
    """Counts the changes; a mark says which of them a tab has seen."""

    def __init__(self, preview: Preview, changed: Callable[[], None]) -> None:
        """Take a function to call when one of them changed."""
        self._preview = preview
        self._changed = changed
        self._count = 0
        self._known: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._checks = OneAtATime(self._check)
        # Another preview on the same port counts its own changes: the marks of this one mean nothing to it.
        self._name = secrets.token_hex(4)

    def mark(self) -> str:
        """Return a mark for the present state."""
        return f"{self._name}.{self._count}"

    def changed_since(self, mark: str) -> list[str] | None:
        """Return the addresses of those that changed since a mark; None if the mark is another preview's."""
        name, _, count = mark.partition(".")
        if name != self._name or not count.isascii() or not count.isdigit() or len(count) > 18:
            return None
        return [address for address, (_, changed) in self._known.items() if changed > int(count)]

    def sent(self, address: str, digest: str) -> None:
        """Take note of one that was sent to a tab."""
        known = self._known.pop(address, None)
        is_new = known is not None and known[0] != digest
        self._count += is_new
        self._known[address] = digest, self._count if is_new or known is None else known[1]
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        if is_new:
            self._changed()

    def check(self) -> None:
        """Find out, in the background, which of them have changed since they were sent."""
        self._checks.begin()

    async def _check(self) -> None:
        # Stylesheets first: they are what an author looks at while changing them.
        for address in sorted(self._known, key=lambda address: not address.endswith(".css")):
            digest = await self._preview.digest(address)
            if address in self._known and self._known[address][0] != digest:
                self.sent(address, digest)
