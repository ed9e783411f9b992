"""What a repository asks of drytables: its `.drytables.toml` or `[tool.drytables]`, found, read, and asked for a file.

Files are read in `find`; `read` makes a Configuration of a text, or says what is wrong with it, and where.
"""
