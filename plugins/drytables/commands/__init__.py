"""The commands of the command line, one per file; `cli` says how they are called."""
