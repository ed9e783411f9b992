"""A Pelican site as a function from an address to bytes.

What was read from a source is remembered until that source changes, or a file that it includes, or the settings, a
plugin or a package (memory.py). Pages are noted instead of being written, and rendered on request
(notes.py). `make html` asks for all of them, the preview for the one that the browser wants.

A page that a build has written is kept for the next build (kept_pages.py), which takes it if all is the same that it
depends on: the texts that were read while it was rendered (texts.py), and all else that there is (premises.py).
"""
