"""The formats of a Report: for a terminal, for programs, for code hosts, and for readers of a page (html)."""
