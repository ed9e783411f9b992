"""From a page in reStructuredText to its code: `blocks` is the way in.

Read by a reader of its own, and not by docutils, which is here only where Pelican is. docutils reads a page to print
it: its nodes know a line at most, often the one after, and no column; what Sphinx adds to it (tabs, `only`, versions,
`code-block` with options) is an error to it that takes the code along; and `include` reads other files. For our purpose
only blocks matter, which a few rules of indentation tell. tests/reading/restructuredtext compares the two: over texts
that nobody wrote, the code that docutils finds is the code that is found here.
"""
