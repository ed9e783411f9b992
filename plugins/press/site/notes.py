"""Pages that are noted instead of being written, and written when somebody asks for them.

A note is a call of Pelican's writer with all that it was given. The writer that then renders and writes the page is
Pelican's own, or that of a plugin, so that whatever either does to a page is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from pelican import signals
from pelican.paginator import Paginator
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from ..progress import shown
from .processes import spread

#: A process takes about as long to start as to render this many pages.
_WORTH_A_PROCESS = 40


class Note(NamedTuple):
    """One file to be written: the method of the writer that does it, and what that is called with."""

    method: Literal["write_file", "write_feed"]
    arguments: dict[str, Any]

    def write(self, writer: Writer) -> None:
        """Render the file, and write it below the writer's own output."""
        getattr(writer, self.method)(**self.arguments)

    def posts(self) -> Iterator[Any]:
        """The posts whose whole content is in the file."""
        yield from self.arguments.get("elements", ())
        yield from (self.arguments[name] for name in ("article", "page") if name in self.arguments)


class NotingWriter:
    """What Pelican's generators are given as a writer. `make` makes the one that writes, and `is_lazy` leaves it to
    others to write. `shared` is the context that all posts have. `copies` are the files to be copied, by their places
    below the output, if it is left to others to copy them.
    """

    def __init__(self, make: Callable[[], Writer], settings: dict[str, Any], is_lazy: bool) -> None:
        self.make, self.settings, self.is_lazy = make, settings, is_lazy
        self.output_path = make().output_path
        self.shared: dict[str, Any] = {}
        self.notes: dict[str, Note] = {}
        self.copies: dict[str, str] = {}
        self._overridden: set[str] = set()
        self._unwritten: dict[str, None] = {}

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **named: Any,
    ) -> None:
        """Note a page, or each page of a list that is spread over several; the arguments are those of Pelican's."""
        if not name:
            return
        lists: dict[str, Any] = paginated or {}
        if paginated is None:
            lists = {each: named[each] for each in ("articles", "dates") if each in named}
        per_page = self.settings["PAGINATED_TEMPLATES"].get(template_name, False) if lists else False
        if per_page is False:
            pages = [(name, named)]
        else:
            pages = [*self._pages(name, url, lists, per_page or self.settings["DEFAULT_PAGINATION"], named)]
        for save_as, with_page in pages:
            arguments = {
                "name": save_as, "template": template, "context": context, "relative_urls": relative_urls,
                "paginated": {}, "template_name": template_name, "override_output": override_output, "url": url,
            }  # fmt: skip
            self._note(save_as, override_output, Note("write_file", arguments | with_page))

    def _pages(
        self, name: str, url: str | None, lists: dict[str, Any], per_page: int, named: dict[str, Any]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """The pages of a list, each with its file and what its template is given, as Pelican's writer has it."""
        paginators = {key: Paginator(name, url, each, self.settings, per_page) for key, each in lists.items()}
        count = next(iter(paginators.values())).num_pages
        for number in range(1, count + 1):
            given, page = dict(named), None
            for key, paginator in paginators.items():
                page = paginator.page(number)
                given[f"{key}_paginator"] = paginator
                given[f"{key}_page"] = page
                given[f"{key}_previous_page"] = paginator.page(number - 1) if number > 1 else None
                given[f"{key}_next_page"] = paginator.page(number + 1) if number < paginator.num_pages else None
            assert page is not None
            yield page.save_as, given

    def write_feed(
        self,
        elements: Sequence[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Any:
        """Note a feed; the arguments are those of Pelican's. Without a path it is not written but returned."""
        arguments = {
            "elements": elements, "context": context, "path": path, "url": url, "feed_type": feed_type,
            "override_output": override_output, "feed_title": feed_title,
        }  # fmt: skip
        if not path:
            return self.make().write_feed(**arguments)
        self._note(path, override_output, Note("write_feed", arguments))
        return None

    def _note(self, name: str, override: bool, note: Note) -> None:
        """Keep a note, unless another page has the file; by the rules of Pelican's writer, and with its words."""
        if name.startswith(("/", "\\")) or ".." in name or ":" in name:
            sanitised_join(self.output_path, name)
        if name in self._overridden:
            if override:
                raise FileOverwriteFailedError(
                    f'Failed to overwrite "{name}" a second time (was previously overwritten)'
                )
            return
        if name in self.notes and not override:
            raise FileOverwriteFailedError(
                f'Failed to overwrite "{name}" as Pelican has already written to it previously '
                "(set `override=True` if intended)"
            )
        if override:
            self._overridden.add(name)
        self.notes[name] = note
        self._unwritten[name] = None

    def resolve_attachments(self) -> None:
        """Have every `{attach}` decide where its file goes, in the order in which Pelican would write the posts."""
        for note in self.notes.values():
            for post in note.posts():
                if post.get_static_links() and "attach" in post._content:
                    post.get_content(self.settings["SITEURL"])

    def write_noted(self) -> None:
        """Write what was noted since the last time, on all processors unless a plugin watches what is written."""
        if self.is_lazy:
            return
        names, self._unwritten = [*self._unwritten], {}
        is_watched = signals.content_written.receivers or signals.feed_written.receivers
        written = spread(self._write_some, names, len(names) if is_watched else _WORTH_A_PROCESS)
        for _ in shown("Writing files:", written, len(names)):
            pass

    def _write_some(self, names: Sequence[str]) -> None:
        for name in names:
            self.write(name, self.make())

    def write(self, name: str, writer: Writer) -> None:
        """Render one file that was noted, and write it below the output of a writer.

        Pelican leaves it to the page that was written last which address the links in a post are relative to.
        """
        note = self.notes[name]
        is_relative = bool(note.arguments.get("relative_urls"))
        self.shared["localsiteurl"] = path_to_url(get_relative_path(name)) if is_relative else self.settings["SITEURL"]
        note.write(writer)
