"""Names of network interfaces, as `-i`, `-o` and `-m physdev` accept them, in words."""

from __future__ import annotations


def say_interface(name: str) -> str:
    """An interface by its name, or all those whose names begin alike."""
    if name.endswith("+"):
        return f"an interface whose name begins with {name[:-1]}" if len(name) > 1 else "any interface"
    return "lo, where this machine talks to itself" if name == "lo" else name or '""'
