"""plugins/press/serve/front/page.py"""

import re

import pytest
from press.serve.front.page import with_script

ORIGIN = "http://localhost:8000"
OWN = f"{ORIGIN}/.press/"


def scripted(page: str) -> str:
    """Return the page with its script replaced by SCRIPT."""
    changed = with_script(page.encode(), ORIGIN, "d", "m", is_report=False).decode()
    script = f'<script src="{OWN}follow.js" data-digest="d" data-mark="m" defer></script>'
    assert changed.count(script) == 1
    return changed.replace(script, "SCRIPT")


@pytest.mark.parametrize(
    ("page", "changed"),
    [
        ("<body>x</body></html>", "<body>xSCRIPT</body></html>"),
        ("<BODY>x</BODY >", "<BODY>xSCRIPT</BODY >"),
        ("<pre>&lt;/body></pre><p>'</body>'</p></body>", "<pre>&lt;/body></pre><p>'</body>'</p>SCRIPT</body>"),
        ("no end", "no endSCRIPT"),
        ("", "SCRIPT"),
    ],
)  # fmt: skip
def test_the_script_is_the_last_thing_on_a_page(page: str, changed: str) -> None:
    assert scripted(page) == changed


@pytest.mark.parametrize(
    ("policy", "amended"),
    [
        ("default-src 'none'", f"default-src 'none'; script-src {OWN}; connect-src {OWN}"),
        ("script-src 'self'; img-src *", f"script-src 'self' {OWN}; img-src *"),
        ("script-src-elem 'none'; script-src a", f"script-src-elem {OWN}; script-src a"),
        ("connect-src b", f"connect-src b {OWN}"),
        ("img-src 'self'", "img-src 'self'"),
    ],
)  # fmt: skip
def test_a_policy_in_a_page_lets_the_script_in_and_no_other(policy: str, amended: str) -> None:
    for written in (policy, policy.replace("'", "&#39;")):
        page = scripted(f'<meta http-equiv="Content-Security-Policy" content="{written}">')
        found = re.search(r'content="([^"]*)"', page)
        assert found
        assert found[1].replace("&#x27;", "'") == amended
