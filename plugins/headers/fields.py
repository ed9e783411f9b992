"""What each field of a header means here: a table, by the names of fields as `header.key_of` has them.

MOVING.md shows it to those who move in; tests/headers/test_fields.py holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

#: What Pelican itself, or one of this project's plugins, does with a field of this name. They keep their values.
OWN = frozenset({
    "title", "date", "modified", "tags", "category", "author", "authors", "slug", "summary", "lang", "translation",
    "status", "template", "save_as", "url", "timezone", "date_format", "date_precision", "iptables_needs", "reader",
    "menu", "sortorder", "robots", "noindex",
})  # fmt: skip

#: Fields with the meaning of one of those, or of a further one of ours, the most telling first: of several in a header,
#: the first counts.
MEANINGS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": (
        "date", "publish_date", "publishdate", "published_at", "published_on", "pub_date", "pubdate", "pub_datetime",
        "date_published", "post_date", "created", "created_at", "creation_date", "date_created",
    ),
    "waits_until": ("publish_date", "publishdate"),
    "modified": (
        "modified", "lastmod", "last_modified_at", "last_modified", "last_modified_on", "updated", "updated_at",
        "updated_on", "updated_date", "update", "last_updated", "last_update", "modified_at", "modified_date",
        "date_modified", "date_updated", "mod_datetime", "edited",
    ),
    "tags": ("tags", "tag"),
    "category": ("category", "categories"),
    "authors": ("authors", "author"),
    "slug": ("slug", "post_name", "basename"),
    "url": ("permalink", "path"),
    "summary": ("summary", "description", "excerpt", "abstract", "lead"),
    "lang": ("lang", "language", "locale"),
    "status": ("status",),
    "series": ("series",),
    "series_index": ("series_index", "series_order", "series_weight"),
    "aliases": ("aliases", "alias", "redirect_from", "redirects", "old_urls"),
}  # fmt: skip

#: Fields that are true or false, and the status that a post has if they are one of the two.
SWITCHES: dict[str, tuple[bool, str]] = {
    "draft": (True, "draft"),
    "published": (False, "draft"),
    "publish": (False, "draft"),
    "is_draft": (True, "draft"),
    "is_published": (False, "draft"),
    "render": (False, "skip"),
    "private": (True, "draft"),
    "hidden": (True, "hidden"),
    "unlisted": (True, "hidden"),
    "public": (False, "draft"),
    "headless": (True, "skip"),
    "eleventy_exclude_from_collections": (True, "hidden"),
}

#: Fields beside `status` that hold one: WordPress' and Ghost's.
FURTHER_STATUSES = ("post_status", "visibility")

#: What other values withhold: of a field that is the address otherwise (Eleventy's), or of fields in a table (Hugo's).
WITHHOLDING: dict[tuple[str, str], dict[str, str]] = {
    ("permalink", ""): {"false": "skip"},
    ("build", "render"): {"never": "skip", "false": "skip", "link": "skip"},
    ("build", "list"): {"never": "hidden", "false": "hidden"},
    ("_build", "render"): {"never": "skip", "false": "skip", "link": "skip"},
    ("_build", "list"): {"never": "hidden", "false": "hidden"},
}

#: Fields with which a post is not for everybody, whatever their value: a static page cannot ask for it.
PROTECTING = ("password",)

#: What others call a status of Pelican's.
STATUSES = {
    "publish": "published",
    "public": "published",
    "live": "published",
    "future": "published",
    "pending": "draft",
    "private": "draft",
    "unlisted": "hidden",
    "auto-draft": "draft",
    "members": "draft",
    "paid": "draft",
    "tiers": "draft",
    "password": "draft",
}

#: Tables whose fields are read as if they stood outside: Zola's.
OPENED = ("taxonomies",)

#: Fields of other generators that say how a page looks, how its site is made, or what is said otherwise here. They do
#: nothing, and nobody would miss them.
_OF_GENERATORS = {
    "Hugo": """
        type layout kind section weight markup toc show_toc showtoc tocopen toc_open show_reading_time showreadingtime
        reading_time cover images image featured_image featured thumbnail banner hero photo params menus
        main sitemap outputs resources cascade build _build keywords linktitle link_title
        iscjklanguage is_cjklanguage is_cjk_language translation_key translationkey draft_note author_link
        disable_share share sharing comments comment show_date show_breadcrumbs search_hidden hide_meta
        hide_summary editpost edit_post lightgallery license libraries slides
        summary_length hide
    """,
    "Jekyll": """
        id guid permalink_old sidebar header excerpt_separator teaser classes meta nav_order parent
        has_children has_toc seo pin img_path media_subdirectory read_time related author_profile disqus
        footer tagline bigimg css js collection order sitemap_exclude
    """,
    "Zola": """
        extra in_search_index insert_anchor_links sort_by page_template generate_feed generate_feeds
        authors_list transparent paginate_by updated_by
    """,
    "Obsidian": """
        cssclass cssclasses css_classes kanban_plugin up down prev next uid publish_css
    """,
    "WordPress": """
        post_type post_id wordpress_id wp_id cover_image coverimage attachments attachment post_format
        ping_status comment_status disqus_identifier disqus_title disqus_url
        author_login author_email post_parent menu_order dsq_thread_id geo_public
        wp_parent_id blogger_blog blogger_author blogger_permalink
    """,
    "many": """
        abbrlink copyright top sticky image_alt icon emoji color colour stylesheets scripts
    """,
}
NOT_NEEDED = frozenset(name for names in _OF_GENERATORS.values() for name in names.split())

#: Fields that change what readers get where they come from, and what to do about them here.
MISSED: dict[str, str] = {
    "expiry_date": "remove the post when its time has come",
    "expirydate": "remove the post when its time has come",
    "expires": "remove the post when its time has come",
    "redirect_to": "let the web host redirect the address",
    "redirect": "let the web host redirect the address",
    "math": "formulas are shown as they are typed",
    "mathjax": "formulas are shown as they are typed",
    "katex": "formulas are shown as they are typed",
    "mermaid": "diagrams are shown as they are typed",
    "subtitle": "put it into `Summary:` or into the text",
    "canonical": "a post names its own address as the canonical one",
    "canonical_url": "a post names its own address as the canonical one",
    "canonicalurl": "a post names its own address as the canonical one",
    "external_url": "write the link into the text",
    "externalurl": "write the link into the text",
    "link": "write the link into the text",
}

#: What Pelican's content objects have under a name of their own: a field must not take their place.
RESERVED = frozenset({
    "content", "settings", "metadata", "translations", "source_path", "relative_source_path", "in_default_lang",
    "locale_date", "locale_modified", "header", "found_in_source", "raw_title", "drytables", "get_content",
    "get_summary", "is_valid", "url_format", "override_url", "override_save_as", "default_template", "default_status",
    "allowed_statuses", "mandatory_properties", "attach_to", "filename", "older", "newer", "due", "in_series",
})  # fmt: skip

#: Settings that name fields, alone or in lists.
_NAMING = ("ARTICLE_ORDER_BY", "PAGE_ORDER_BY", "ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID", "FORMATTED_FIELDS")


def known_by(settings: dict[str, Any]) -> frozenset[str]:
    """The fields that a site's settings know: KNOWN_FIELDS, to which plugins add theirs, and those of others."""
    names: list[str] = [*map(str, settings.get("KNOWN_FIELDS", ())), *settings.get("DEFAULT_METADATA", {})]
    for setting in _NAMING:
        value = settings.get(setting) or ()
        names += [value] if isinstance(value, str) else [str(each) for each in value] if _is_list(value) else []
    for setting, value in settings.items():
        if setting.endswith(("_URL", "_SAVE_AS")) and isinstance(value, str):
            names += _placeholders(value)
    return frozenset(name.removeprefix("reversed-").lower().replace("-", "_") for name in names)


def is_about_status(name: str) -> bool:
    """Whether a field says whether a post is published, and is not `status` itself."""
    return name in SWITCHES or name in FURTHER_STATUSES or name in PROTECTING


def meant(name: str) -> str:
    """The field of ours that one means; empty if none."""
    return _MEANT.get(name, "")


def all_known() -> Iterator[str]:
    """Every name in these tables, in the order in which a near miss is looked for."""
    yield from sorted(OWN)
    yield from (name for names in MEANINGS.values() for name in names)
    yield from SWITCHES
    yield from (*FURTHER_STATUSES, *PROTECTING, *OPENED, *sorted(NOT_NEEDED), *MISSED)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def _placeholders(pattern: str) -> Iterable[str]:
    try:
        return [name.split(".")[0] for _, name, _, _ in Formatter().parse(pattern) if name]
    except ValueError:  # a brace that is never closed, which Pelican reports
        return []


_MEANT = {name: ours for ours, names in MEANINGS.items() for name in names}
