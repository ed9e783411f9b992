"""What each match that remembers packets keeps of them, and its answer for the next one: a file for each match."""
