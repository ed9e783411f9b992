"""plugins/headers/other_formats.py: what Pelican is given of a header that is not in Markdown."""

from types import SimpleNamespace
from typing import Any

import pytest
from headers.other_formats import translate_metadata
from pelican.settings import DEFAULT_CONFIG

SAID = [
    # What Pelican's reader has found => what else, or instead of it, there is.
    ({"draft": "true"}, {"status": "draft"}),
    ({"published": "No"}, {"status": "draft"}),
    ({"draft": "true", "status": "Hidden"}, {"status": "draft"}),
    ({"draft": "false", "status": "hidden"}, {"status": "hidden"}),
    ({"status": "publish"}, {"status": "published"}),
    ({"draft": "perhaps"}, {}),
    ({"draft": "true", "status": "finished"}, {}),
    ({"description": "Words", "language": "es"}, {"summary": "Words", "lang": "es"}),
    ({"description": "Words", "summary": "Others"}, {}),
    ({"tag": "a, b"}, {"tags": ["a", "b"]}),
    ({"lastmod": "2026-10-02"}, {"modified": "2026-10-02 00:00:00"}),
]


@pytest.mark.parametrize(("found", "more"), SAID)
def test_a_field_says_what_it_says_in_markdown(found: dict[str, str], more: dict[str, Any]) -> None:
    metadata: dict[str, Any] = dict(found)
    translate_metadata(SimpleNamespace(settings=DEFAULT_CONFIG), metadata)

    said = {name: [str(tag) for tag in value] if name == "tags" else str(value) for name, value in metadata.items()}
    assert said == found | more
