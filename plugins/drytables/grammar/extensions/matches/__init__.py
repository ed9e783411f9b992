"""Matches (`-m NAME`), one a file, by its name in lower case."""
