"""The words of a command, read from left to right into a Rule. `parse` is the entry point."""
