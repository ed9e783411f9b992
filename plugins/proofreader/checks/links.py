"""Where does a link of a source lead, and is there anything?"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin

from drytables.diagnostics.code import Code
from pelican.urlwrappers import Author, Category, Tag

from ..codes import DEAD_ANCHOR, DEAD_LINK
from ..facts.references import Facts, Reference
from ..facts.targets import FILES, INDEX, LISTS, OWN_DISK, SOURCES, WORDS, site_of, target
from ..site.site_map import SiteMap
from .nearest import Suggestions

#: The things that have pages of their own, as Pelican's words call them: what they are, where they are kept in the
#: context, and which setting gives them pages.
_THINGS = {
    "author": (Author, "authors", "AUTHOR_SAVE_AS"),
    "category": (Category, "categories", "CATEGORY_SAVE_AS"),
    "tag": (Tag, "tags", "TAG_SAVE_AS"),
}
#: Browsers go to the top of the page for these.
_TOP = frozenset({"", "top"})
#: Addresses elsewhere that lack their beginning: of a web page, of one with a slip, and of someone's mail.
_HOST = re.compile(r"(?:www\.|(?:[\w-]++\.)++(?:com|org|net|info|edu|gov|io|dev|app|eu)(?:[/:]|\Z))", re.IGNORECASE)
_SLIP = re.compile(r"(?P<scheme>https?)/+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@/]++@[^\s@/]++\Z")
#: Endings of what a host shows as a page.
_PAGES = frozenset({"", ".html", ".htm"})


class Complaint(NamedTuple):
    """What is wrong with a reference: the `message` makes sense alone, the `label` stands beside the link."""

    code: Code
    message: str
    label: str
    help: str = ""


class Links:
    """Judges references against what a site will have."""

    def __init__(self, site_map: SiteMap, content_folder: str) -> None:
        """`content_folder` is the absolute path of the content."""
        self.map, self.folder = site_map, content_folder
        self._site = site_of(site_map.settings)
        here = os.getcwd() + os.sep  # noqa: PTH109
        self._shown_folder = content_folder.removeprefix(here) + "/" if content_folder.startswith(here) else ""
        self.suggestions = Suggestions()
        self._good: set[tuple[str, str, str, str]] = set()
        self._things: dict[str, set[str]] = {}

    def complaints(self, content: Any, facts: Facts) -> list[tuple[Reference, Complaint]]:
        """Return the references of a post or page that lead nowhere, each with what is wrong."""
        written = {each.value: each.written for each in facts.nearby if each.written != each.value}
        found = []
        for reference in facts.references:
            word, path, fragment = reference.target
            # What is at an address from the root is there for all, and so is what one of Pelican's words stands for.
            key = (word, path, fragment, reference.element) if path.startswith("/") else None
            if key in self._good:
                continue
            complaint = self._judged(reference, content, facts, written.get(reference.value, ""))
            if complaint is not None:
                found.append((reference, complaint))
            elif key is not None and reference.value not in written:
                self._good.add(key)
        return found

    def _judged(self, reference: Reference, content: Any, facts: Facts, written: str) -> Complaint | None:
        word, path, fragment = reference.target
        if written:
            leads_to = target(written, self._site)
            assert leads_to is not None
            word, path, _ = leads_to
        if word in SOURCES:
            return self._source(reference, path, fragment, content)
        if word in FILES:
            return self._file(reference, path, content)
        if word in LISTS:
            return self._thing(reference, word, path)
        if word == INDEX:
            return self._index(reference)
        if word:
            return self._unknown_word(reference, word)
        if not path:
            return self._same_page(reference, fragment, facts)
        return self._address(reference, path, fragment, content)

    def _source(self, reference: Reference, path: str, fragment: str, content: Any) -> Complaint | None:
        name, known = self._named(path, content, self.map.context["generated_content"])
        if name in known:
            linked = self.map.sources.get(name)
            if linked is not None:
                return self._anchor(reference, fragment, linked.save_as, self._shown(name))
            if name in self.map.left_out:
                return self._left_out(reference, name)
            if known[name] is None:
                return None  # it could not be read, which is reported
            return _dead(reference, f"{self._shown(name)} is not published")
        if self._named(path, content, self.map.context["static_content"])[0] in self.map.context["static_content"]:
            return None
        if os.path.isfile(f"{self.folder}/{name}"):  # noqa: PTH113
            return _dead(reference, f"no reader takes {self._shown(name)}", "link to a file with {static}")
        return _dead(
            reference, f"there is no {self._shown(name)}", self._meant(reference, name, self.map.sources, content)
        )

    def _left_out(self, reference: Reference, name: str) -> Complaint:
        """A link to a post that has no page yet, or no page there."""
        due = getattr(self.map.left_out.get(name) or self.map.sources[name], "due", None)
        if name in self.map.left_out:
            state, remedy = "is left out of this site", "publish it too, or leave the link out"
        else:
            state, remedy = (
                "does not have this address yet",
                f"link to `{{filename}}/{name}`, which leads to it",
            )
        why = "is a draft and" if due is None else f"is due on {due:%Y-%m-%d} and"
        return _dead(reference, f"{self._shown(name)} {why} {state}", remedy)

    def _file(self, reference: Reference, path: str, content: Any) -> Complaint | None:
        name, known = self._named(path, content, self.map.context["static_content"])
        if os.path.isfile(f"{self.folder}/{name}"):  # noqa: PTH113
            if name in known:
                return None
            if name in self.map.sources:
                here = f"{self._shown(name)} is a source, and no file that is copied"
                return _dead(reference, here, "link to a source with {filename}")
            return None
        others = [each for each in self.map.files if each not in self.map.sources]
        return _dead(reference, self._why_no_file(name), self._meant(reference, name, others, content))

    def _named(self, path: str, content: Any, known: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The path below the content that Pelican makes of what follows one of its words, as written or decoded,
        and what is there.
        """
        folder = "" if path.startswith("/") else _folder(content)
        name = posixpath.normpath(posixpath.join(folder, path.removeprefix("/")))
        return name if name in known else unquote(name), known

    def _thing(self, reference: Reference, kind: str, name: str) -> Complaint | None:
        thing, plural, setting = _THINGS[kind]
        if not self.map.settings[setting]:
            remedy = f"set {setting} for such pages, or leave the link out"
            return _dead(reference, f"this site has no pages of {plural}: {setting} is empty", remedy)
        if kind not in self._things:
            self._things[kind] = {each.slug for each, _ in self.map.context[plural]}
        if thing(name, self.map.settings).slug in self._things[kind]:
            return None
        names = {each.name: each for each, _ in self.map.context[plural]}
        meant = self.suggestions.nearest(name, names)
        remedy = f"did you mean `{{{kind}}}{meant}`?" if meant else ""
        return _dead(reference, f"no post has the {kind} `{name}`", remedy)

    def _index(self, reference: Reference) -> Complaint | None:
        name = str(self.map.settings["INDEX_SAVE_AS"])
        return None if self.map.name_at(name) is not None else _dead(reference, "this site has no such page")

    def _unknown_word(self, reference: Reference, word: str) -> Complaint:
        meant = self.suggestions.nearest(word, WORDS)
        every = ", ".join(f"{{{each}}}" for each in WORDS)
        remedy = f"did you mean `{{{meant}}}{reference.target.path}`?" if meant else f"Pelican knows {every}"
        return _dead(reference, f"Pelican knows no {{{word}}}", remedy)

    def _same_page(self, reference: Reference, fragment: str, facts: Facts) -> Complaint | None:
        if not reference.value.strip() and (reference.element, reference.attribute) in {("a", "href"), ("img", "src")}:
            return _dead(reference, "its address is empty", "write where it leads")
        if reference.field or not reference.value.startswith("#"):
            return None
        return self._among(reference, fragment, facts.ids, "this page")

    def _address(self, reference: Reference, path: str, fragment: str, content: Any) -> Complaint | None:
        if OWN_DISK.match(reference.value):
            name = re.split(r"[\\/]", path)[-1]
            remedy = f"copy the file beside the source of the page, and write `{name}`"
            return _dead(reference, "only your own computer has it", remedy)
        address = path if path.startswith("/") else urljoin(f"/{content.url}", path)
        decoded = unquote(posixpath.normpath(address) + "/" * (address.endswith("/") and address != "/"))
        decoded = decoded.lstrip("/")
        name = self.map.name_at(decoded)
        if name is not None:
            return self._anchor(reference, fragment, name, f"/{decoded}")
        if draft := self.map.awaited.get(decoded.strip("/")):
            return self._left_out(reference, draft)
        if path.startswith("/") and self._is_perhaps_written(decoded):
            return None
        return _dead(reference, self._why_nothing(path, decoded, content), self.meant(reference, content))

    def _is_perhaps_written(self, address: str) -> bool:
        """Whether a plugin may write a file there that nobody knows of yet: in no folder of the content are such."""
        folder, ending = posixpath.dirname(address), posixpath.splitext(address)[1]
        return ending not in _PAGES and not (folder and os.path.isdir(f"{self.folder}/{folder}"))  # noqa: PTH112

    def _why_nothing(self, path: str, address: str, content: Any) -> str:
        nothing = f"nothing is at the address /{address}"
        folder = "" if path.startswith("/") else _folder(content)
        name = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))
        if self._is_folder(name):
            return self._why_no_file(name)
        if path.startswith("/") or not posixpath.splitext(path)[1]:
            return nothing
        return f"{self._why_no_file(name)}, and {nothing}"

    def _why_no_file(self, name: str) -> str:
        if self._is_folder(name):
            return f"{self._shown(name)} is a folder, and a link needs a page or a file"
        return f"there is no {self._shown(name)}"

    def _is_folder(self, name: str) -> bool:
        return name != os.curdir and os.path.isdir(f"{self.folder}/{name}")  # noqa: PTH112

    def meant(self, reference: Reference, content: Any) -> str:
        """Return what to write in the place of an address within the site that leads nowhere; empty if nobody knows."""
        elsewhere = _address_elsewhere(reference.value.strip())
        if elsewhere:
            return f"did you mean `{elsewhere}`?"
        path = unquote(reference.target.path)
        is_at_root = path.startswith("/")
        if not is_at_root or posixpath.splitext(path)[1] not in _PAGES:
            folder = "" if is_at_root else _folder(content)
            name = posixpath.normpath(posixpath.join(folder, path.lstrip("/").replace("\\", "/")))
            remedy = self._meant(reference, name, self.map.files, content)
            if remedy:
                return remedy
        meant = self.suggestions.nearest(path, self.map.addresses)
        return f"did you mean `{meant}`?" if meant else ""

    def _anchor(self, reference: Reference, fragment: str, name: str, shown: str) -> Complaint | None:
        if not fragment or not reference.is_link or posixpath.splitext(name)[1] not in _PAGES:
            return None
        ids = self.map.ids_at(name)
        return None if ids is None else self._among(reference, fragment, ids, shown)

    def _among(self, reference: Reference, fragment: str, ids: Any, shown: str) -> Complaint | None:
        """Whether the place that a link leads to is among the ids of a page or of its template."""
        wanted = unquote(fragment)
        if fragment in ids or wanted in ids or wanted.lower() in _TOP or self.map.theme_ids.may_have(wanted):
            return None
        meant = self.suggestions.nearest(wanted, [*ids])
        remedy = f"did you mean `#{meant}`?" if meant else _listed(ids)
        where = "the page" if shown == "this page" else shown
        message = f"`{reference.value}` leads to a place that {where} does not have"
        return Complaint(DEAD_ANCHOR, message, f"nothing on {shown} has the id `{wanted}`", remedy)

    def _meant(self, reference: Reference, name: str, known: Collection[str], content: Any) -> str:
        """A suggestion for a file of the content, written as the author writes such."""
        meant = self.suggestions.nearest(name, known)
        if meant is None:
            return ""
        word, path, _ = reference.target
        written = f"/{meant}" if path.startswith("/") else posixpath.relpath(meant, _folder(content) or ".")
        return f"did you mean `{f'{{{word}}}' if word else ''}{written}`?"

    def _shown(self, name: str) -> str:
        """A file of the content as the author knows it."""
        return posixpath.normpath(self._shown_folder + name)


def _address_elsewhere(written: str) -> str:
    """What an address elsewhere would be that lacks its beginning; empty if it does not look like one."""
    if slip := _SLIP.match(written):
        return f"{slip['scheme'].lower()}://{written[slip.end() :]}"
    if _HOST.match(written):
        return f"https://{written}"
    return f"mailto:{written}" if _MAIL.match(written) else ""


def _folder(content: Any) -> str:
    """The folder of a source, below the content."""
    return posixpath.dirname(str(content.get_relative_source_path()))


def _dead(reference: Reference, label: str, remedy: str = "") -> Complaint:
    value = f"`{reference.value}`" if reference.value.strip() else "a link without an address"
    return Complaint(DEAD_LINK, f"{value} {'leads nowhere' if reference.is_link else 'is not there'}", label, remedy)


def _listed(ids: Any) -> str:
    """The ids of a page, if they are few."""
    some = [each for each in ids if ":" not in each][:8]
    return f"its ids are {', '.join(f'`{each}`' for each in some)}" if some else ""
