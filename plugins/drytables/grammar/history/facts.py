"""Facts that the package carries as JSON beside its modules."""

from __future__ import annotations

import json
from typing import Any


def read_facts(name: str) -> Any:
    """The facts in a file of this folder, wherever the package was loaded from."""
    # pkgutil.get_data does just this, but takes longer to load than this takes to read and parse the file.
    folder = __file__.rpartition("facts")[0]
    return json.loads(__loader__.get_data(folder + name))  # type: ignore[name-defined]  # every module has it
