"""A Pelican site as a function from an address to bytes.

What was read from a source is remembered until that source changes, or a file that it includes, or the settings, a
plugin or a package. Pages are noted instead of being written, and rendered on request: `press build` asks for all of
them, the preview for the one that the browser wants. A page that a build has written is kept for the next one, which
takes it if everything that it depends on is the same.

- site.py, account.py, round.py, reading.py, generators.py   a site, a round of Pelican over it with what goes wrong
  there, and the Pelican that makes one
- loading.py, pelican_class.py, moved_output.py   its settings and plugins, its own class, and where its output is
- despite_errors.py, unread.py   rounds that go on despite an error, and folders that cannot be read
- read_ahead.py, compiling_ahead.py, processes.py   sources and templates, on all processors
- opened.py, shared_files.py, plugin_state.py, source_warnings.py   what happens while a source is read
- memory.py, snapshot.py, digests.py, description.py   what is remembered of it
- stamps.py, tree.py, fingerprint.py, cache_folder.py   when it is still valid, and where it is kept
- notes.py, templates.py, early.py, watching.py   pages: noted, rendered, shown early, or looked at by a plugin
- kept_pages.py, texts.py, premises.py   pages of earlier builds, and what they depend on
- spare.py, copies.py, placed.py   these pages as files, ready to be moved into an output
- astray.py, witness.py, asking.py   files that plugins write past the output, or look for there
- media_types.py   what a file is to a browser
"""
