"""A Report in one format each: for a terminal, for programs, for code hosts, and for readers of a page (html)."""
