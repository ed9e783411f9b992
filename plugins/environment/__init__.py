"""Makes `.venv`, in which every command of the Makefile runs, and repairs it.

A new environment is made beside the old one, and replaces it when it is complete. Nothing in it depends on where the
project is, so the project's folder can be moved or copied together with it.

`ensure.sh` looks at `.venv` before each command, in a few milliseconds, and starts `__main__` only if something is not
as it should be. All of this runs before anything is installed: it uses nothing but Python's standard library.
"""
