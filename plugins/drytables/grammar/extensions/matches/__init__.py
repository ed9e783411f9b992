"""Matches (`-m NAME`), one per file, named after it in lower case."""
