"""`python -m drytables`: the command line."""

from .cli import run

run()
