"""Nothing is lost in silence: a Pelican plugin that reports what is in the sources of a site but not on its pages.

Links that lead nowhere, missing pictures, two sources for one address, files that no reader takes: each is named with
its place in the source, in the report of the build, which drytables prints. Links as people write them for other
programs work: to the source of another post, and to a picture beside a post.

From the ground up:

- kinds/       the tags of HTML, and how each kind of file that is published names addresses: tables;
- facts/       what is found out about a source when it is read, and remembered with it;
- site/        what the site will have: its addresses, its files, the ids on its pages;
- checks/      what is wrong, one kind a file, as facts;
- places/      where that is in a source, a template or the settings;
- the files beside this one speak to Pelican.
"""

from __future__ import annotations

#: What depends on the text of a post, and is in no other page than its own (press/site/texts.py).
TEXT_FACTS = ("proofread",)


def register() -> None:
    """Connect to Pelican, which calls this."""
    from .signals import connect

    connect()
