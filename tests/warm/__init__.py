"""Python programs that start warm: each in a copy of a process that has loaded what nearly all of them load.

The tests build hundreds of sites, and half a second of each build would go into loading Pelican and compiling regular
expressions. `program.py` is the tests' side, `source.py` the process that copies itself, `beginning.py` what a copy
does first, and `child.py` what it starts in turn, such as the process of a preview that has the site. `test_warm.py`
holds a copy to finding itself as a program does that was started in the usual way.
"""
