"""Every code by its name, for listing and explaining them."""

from __future__ import annotations

from ..code import Code
from . import advice, baseline, command, configuration, damage, packet, page, ruleset, saved, site

#: Every code by its name, in the order in which they are listed.
CODES: dict[str, Code] = {
    code: code
    for module in (command, saved, ruleset, advice, damage, page, site, configuration, baseline, packet)
    for code in vars(module).values()
    if isinstance(code, Code)
}
