"""What is wrong with the description of a packet, which `drytables trace` is given."""

from __future__ import annotations

from ..code import Code

BAD_PACKET = Code(
    "bad-packet",
    "A packet is described by something that no packet is.",
    "Where such a packet would go means nothing.",
    on="packet",
)
