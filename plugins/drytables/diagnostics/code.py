"""The code of a diagnostic, and what is known of it."""

from __future__ import annotations

from typing import Literal

#: What a fault with a code is about, if something depends on that: the `value` of an option, the `table` that was named
#: or assumed, a missing `part`, or the `shell`, which never starts iptables.
About = Literal["value", "table", "part", "shell"]
#: Where a fault shows, and so how its texts are judged: as a command alone, as a page, or as a page on which
#: `advice` is asked for. One of a notebook, a site, `settings` or a `packet` has no texts, and nor has one about the
#: `length` of a command, since they would fill pages.
Place = Literal["command", "page", "advice", "notebook", "site", "settings", "packet", "length"]


class Code(str):
    """The name of a fault, such as `bad-value`, with a `sentence` on what it means and one on `why` it matters.

    `bad` and `good` are texts with and without the fault, judged as `release` or else as the newest.
    """

    __slots__ = ("about", "bad", "good", "on", "release", "sentence", "why")

    def __new__(
        cls,
        name: str,
        sentence: str = "",
        why: str = "",
        bad: str = "",
        good: str = "",
        *,
        on: Place = "command",
        release: str = "",
        about: tuple[About, ...] = (),
    ) -> Code:
        """Create a code; `name` is enough for comparisons, but a test requires the rest of every constant."""
        code = super().__new__(cls, name)
        code.sentence, code.why, code.bad, code.good = sentence, why, bad, good
        code.on, code.release, code.about = on, release, about
        return code

    sentence: str
    why: str
    bad: str
    good: str
    on: Place
    release: str
    about: tuple[About, ...]
