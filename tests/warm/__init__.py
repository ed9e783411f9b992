"""Python programs that start warm: each in a copy of a process that has loaded what nearly all of them load.

The tests build hundreds of sites, and most of each build would go into loading Pelican and the plugins, compiling
regular expressions, and translating templates. `program.py` is the tests' side, `source.py` the process that copies
itself, `beginning.py` what a copy does first, and `child.py` what it starts in turn, such as the process of a preview
that has the site. `plugins.py` and `templates.py` have what a copy need not make again, as long as it would become the
same. `test_warm.py` holds a copy to finding itself as a program does that was started in the usual way.
"""
