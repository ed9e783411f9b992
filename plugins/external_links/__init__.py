"""Tries the links that lead out of the site: `make links`. No build does that or waits for it.

From the ground up:

- mentions/     which addresses the sources name, and where;
- trying/       what a host answers, asked politely;
- limits.py, memory.py, codes.py   how long, what was good recently, and what may be wrong;
- report.py     what is told about each address, at its places;
- __main__.py   does it.
"""
