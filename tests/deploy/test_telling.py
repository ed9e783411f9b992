"""plugins/deploy/telling.py: what a user is told to do."""

from __future__ import annotations

import pytest
from deploy.manifest import Changes
from deploy.orders import Outcome
from deploy.target import target_of
from deploy.telling import of_deployment, of_rollback


@pytest.mark.parametrize(
    ("to", "changed", "is_told"),
    [
        ("ann@example.org:/srv/blog", (".host/Caddyfile", "index.html"), True),
        ("ann@example.org:/srv/blog", ("index.html",), False),
        ("rclone:store:blog", (".host/Caddyfile",), False),
    ],
)
def test_a_web_server_is_to_be_reloaded_when_what_it_includes_has_changed(
    to: str, changed: tuple[str, ...], is_told: bool
) -> None:
    outcome, target = Outcome(Changes(changed=changed), "a release"), target_of(to)
    for lines in (of_deployment(outcome, target, "https://example.org", True), of_rollback(outcome, target)):
        assert any("reload" in line for line in lines) is is_told
