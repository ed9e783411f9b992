"""The made-up posts."""

from __future__ import annotations

import re

from drytables import Source, check

from bench_site.posts import Post, post, posts
from bench_site.subjects import SUBJECTS

#: Each subject at several places.
MADE = [*posts(6 * len(SUBJECTS))]


def test_a_post_is_the_same_in_every_folder() -> None:
    assert post(7) == [*posts(8)][7] == [*posts(20)][7]


def test_each_has_three_commands_and_nothing_is_reported_of_them() -> None:
    reports = [check(Source(f"{made.slug}.md", made.for_pelican())) for made in MADE]

    assert {len([*report.commands()]) for report in reports} == {3}
    assert [str(found.message) for report in reports for found in report.all_diagnostics()] == []


def test_they_are_alike_in_size_and_have_what_posts_have() -> None:
    assert all(2000 < len(made.text) < 4000 for made in MADE)
    assert all(made.text.count("\n## ") >= 4 and "\n- " in made.text and "](https://" in made.text for made in MADE)
    assert len([made for made in MADE if "| --- |" in made.text]) == len(MADE) / 3
    assert not [made for made in MADE if re.search(r"[{}]", made.text + made.summary + made.title)]


def test_no_two_have_one_address_or_one_day() -> None:
    many = [*posts(5000)]

    assert len({made.slug for made in many}) == len({made.day for made in many}) == 5000
    assert 30 <= len({tag for made in many for tag in made.tags}) <= 60
    assert {made.day.year for made in many[:100]} == {*range(2012, 2027)}


def test_a_header_is_read_as_it_was_meant() -> None:
    made = Post("a-b", 'A "b" \\ c', post(0).day, ("x y",), "S: t", "Text.\n")

    assert made.with_yaml(layout="post.njk") == (
        '---\ntitle: "A \\"b\\" \\\\ c"\ndate: 2012-01-01\nslug: a-b\ntags: ["x y"]\nsummary: "S: t"\n'
        "layout: post.njk\n---\n\nText.\n"
    )
    assert made.for_pelican() == ('Title: A "b" \\ c\nDate: 2012-01-01\nSlug: a-b\nTags: x y\nSummary: S: t\n\nText.\n')
