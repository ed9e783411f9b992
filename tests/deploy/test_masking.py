"""plugins/deploy/masking.py: no secret is printed."""

import pytest
from deploy.masking import without_secrets


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("at https://ann:p@ss@host/x", "at https://***@host/x"),
        ("at https://t0ken@host/x, and https://host/x", "at https://***@host/x, and https://host/x"),
        ("ssh://git@host/x and git@host:x", "ssh://git@host/x and git@host:x"),
        ("ssh://git:secret@host/x", "ssh://***@host/x"),
        (":s3,access_key_id=x,secret='a,b':bucket", ":s3,access_key_id=***,secret=***:bucket"),
        ("mail ann@example.org", "mail ann@example.org"),
        ("said: from-the-environment!", "said: ***!"),
        ("said: from-the-environment-too!", "said: ***!"),
    ],
)
def test_secrets(text: str, masked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "from-the-environment")
    monkeypatch.setenv("OTHER_TOKEN", "from-the-environment-too")
    assert without_secrets(text) == masked
