"""A preview that many tests ask, and one of a site that a test may change."""

from collections.abc import Iterator

import pytest
from conftest import Site
from previews import Preview, preview_of


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Return the preview of a site with one post, for tests that only ask."""
    site = Site(tmp_path_factory.mktemp("standing"))
    site.post("first", "alpha\n")
    with preview_of(site) as preview:
        yield preview


@pytest.fixture
def preview(site: Site) -> Iterator[Preview]:
    """Return the preview of a site with one post, for one test."""
    site.post("first", "alpha\n")
    with preview_of(site) as preview:
        yield preview
