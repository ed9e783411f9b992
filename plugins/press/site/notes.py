"""Pages that are noted instead of being written, and written on request.

A note is a call of Pelican's writer with all that it was given. The writer that then renders and writes the page is
Pelican's own, or that of a plugin, so that whatever either does to a page is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pelican.paginator import Paginator
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from ..progress import shown
from .kept_pages import KeptPages, Page
from .opened import Opened, opened
from .processes import spread
from .source_warnings import noted
from .texts import forget_made, read_in_a_page
from .watching import is_told_of_pages, wrote_besides

#: A process takes about as long to start as to render this many pages.
_WORTH_A_PROCESS = 40
#: How many pages a process renders before another takes its place: each looks at many posts, and copies them.
_PAGES_IN_ONE_LIFE = 128
#: And as to copy this many.
_WORTH_A_PROCESS_THAT_COPIES = 300


def has_own_pages(writer: Writer) -> bool:
    """Whether a writer is that of a plugin which writes pages in its own way: it must be given them as Pelican does."""
    return type(writer).write_file is not Writer.write_file


class Note(NamedTuple):
    """One file to be written: the method of the writer that does it, and what that is called with."""

    method: Literal["write_file", "write_feed"]
    arguments: dict[str, Any]

    def write(self, writer: Writer) -> None:
        """Render the file, and write it below the writer's own output."""
        getattr(writer, self.method)(**self.arguments)

    @property
    def subject(self) -> Any:
        """The post or page whose own page this is; None if it is another."""
        return self.arguments.get("article") or self.arguments.get("page")

    def posts(self) -> Iterator[Any]:
        """The posts whose whole content is in the file."""
        yield from self.arguments.get("elements", ())
        yield from (self.arguments[name] for name in ("article", "page") if name in self.arguments)


class Rendered(NamedTuple):
    """Pages that were written, the keys of the texts that were read meanwhile for an unknown purpose, and what else
    happened.
    """

    pages: list[Page]
    elsewhere: set[str]
    happened: Opened


class NotingWriter:
    """What Pelican's generators are given as a writer. `is_lazy` leaves it to others to write. `shared` is the context
    that all posts have. `copies` are the files to be copied, by their places below the output, if it is left to others
    to copy them. `kept` are the pages of the last build; without it all are rendered. With `stopped`, that is called
    with the reason why a page is left out, which is raised otherwise.
    """

    def __init__(self, writer: Writer, settings: dict[str, Any], is_lazy: bool, kept: KeptPages | None = None) -> None:
        """Take the writer that writes in the end."""
        self._kept = kept
        self.stopped: Callable[[BaseException], None] | None = None
        self.settings, self.is_lazy = settings, is_lazy
        self.output_path = writer.output_path
        self._writer = writer
        self._is_deferring = False
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
        if has_own_pages(self._writer):
            self._writer.write_file(
                name, template, context, relative_urls, paginated, template_name, override_output, url, **named
            )
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
            return self._writer.write_feed(**arguments)
        self._note(path, override_output, Note("write_feed", arguments))
        return None

    def make(self) -> Writer:
        """A writer of the same kind with nothing noted yet."""
        return type(self._writer)(self.output_path, settings=self.settings)

    def _note(self, name: str, override: bool, note: Note) -> None:
        """Keep a note, unless another page has the file; by the rules of Pelican's writer, and with its words."""
        if name.startswith(("/", "\\")) or ".." in name or ":" in name:
            sanitised_join(self.output_path, name)
        if name in self._overridden:
            if override:
                self._leave_out(f'Failed to overwrite "{name}" a second time (was previously overwritten)')
            return
        if name in self.notes and not override:
            self._leave_out(
                f'Failed to overwrite "{name}" as Pelican has already written to it previously '
                "(set `override=True` if intended)"
            )
            return
        if override:
            self._overridden.add(name)
        self.notes[name] = note
        if self._is_deferring:
            self._unwritten[name] = None
        elif self.is_lazy:
            return
        elif self._kept is None:
            self.write(name, self._writer)
        else:
            self._write_all([name])

    def _leave_out(self, why: str) -> None:
        error = FileOverwriteFailedError(why)
        if self.stopped is None:
            raise error
        self.stopped(error)

    def defer(self) -> None:
        """Leave what is noted from now on to be written together, unless a plugin wants to know of each page."""
        self._is_deferring = not self.is_lazy and not is_told_of_pages()

    def write_deferred(self) -> None:
        """Write what was left, on all processors, and defer no more."""
        self._is_deferring = False
        names, self._unwritten = [*self._unwritten], {}
        self.resolve_attachments(names)
        self._write_all(names)

    def _write_all(self, names: Sequence[str]) -> None:
        """Write some pages: those that are kept as they are, and the others on all processors."""
        output = Path(self.output_path)
        kept = {page.name: page for page in self._put(names)}
        for page in kept.values():
            _say_again(page)
        names = [name for name in names if name not in kept]
        ones = self._one_of_each_template(names)
        first = self._write_some(ones)
        others = [name for name in names if name not in {*ones}]
        is_alone = wrote_besides(self.output_path, ones, first.happened)
        at_least = len(names) if is_alone else _WORTH_A_PROCESS
        written = spread(self._write_some, others, at_least, _PAGES_IN_ONE_LIFE)
        for rendered in shown("Writing files:", chain([(len(ones), first)], written), len(names)):
            for page in rendered.pages:
                _say_again(page)
            if self._kept:
                self._kept.keep(*rendered, output)

    def _put(self, names: Sequence[str]) -> Iterator[Page]:
        """Put those pages into the output that are kept as they are, and yield them: most lie ready, and the others are
        written on all processors.
        """
        kept, output = self._kept, Path(self.output_path)
        if kept is None:
            return
        true = kept.true(names)
        ready = kept.take(true, names, output)
        yield from (page for page in true if page.name in ready)
        missing = [page for page in true if page.name not in ready]
        for _, pages in spread(lambda some: [*kept.put(some, output)], missing, _WORTH_A_PROCESS_THAT_COPIES):
            kept.note_written(pages, output)
            yield from pages

    def _one_of_each_template(self, names: Iterable[str]) -> list[str]:
        """Pages to be written before the others: the templates are then compiled for all processes."""
        return [*{id(self.notes[name].arguments.get("template")): name for name in names}.values()]

    def resolve_attachments(self, names: Iterable[str]) -> None:
        """Have every `{attach}` decide where its file goes, in the order in which Pelican would write the posts: what
        another process finds out is lost.
        """
        for name in names:
            for post in self.notes[name].posts():
                if post.get_static_links() and "attach" in post._content:
                    post.get_content(self.settings["SITEURL"])

    def _write_some(self, names: Iterable[str]) -> Rendered:
        pages, elsewhere = [], set[str]()
        with opened() as happened:
            for name in names:
                with noted() as said, read_in_a_page() as reads:
                    self.write(name, self.make())
                pages.append(Page(name, said, frozenset(reads.shown)))
                elsewhere |= reads.elsewhere
        # A summary is short, long in the making, and on many lists; unless it is the whole text.
        forget_made(but_summaries=self.settings["SUMMARY_MAX_LENGTH"] is not None)
        return Rendered(pages, elsewhere, happened)

    def write(self, name: str, writer: Writer) -> None:
        """Render one file that was noted, and write it below the output of a writer.

        Pelican leaves it to the page that was written last which address the links in a post are relative to.
        """
        note = self.notes[name]
        is_relative = bool(note.arguments.get("relative_urls"))
        self.shared["localsiteurl"] = path_to_url(get_relative_path(name)) if is_relative else self.settings["SITEURL"]
        note.write(writer)


def _say_again(page: Page) -> None:
    for each in page.said:
        each.again()
