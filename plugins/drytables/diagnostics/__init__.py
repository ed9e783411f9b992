"""Statements about a source text: where (source) and what (diagnostic, codes). Nothing here is printed."""
