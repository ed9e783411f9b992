"""The commands of the command line, one a file; `cli` says how they are called."""
