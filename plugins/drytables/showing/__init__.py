"""A report shown to others: as records for programs, as a line for people, as figures for readers of a page."""
