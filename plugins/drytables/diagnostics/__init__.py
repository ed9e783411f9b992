"""What can be said about a source text: where (source), what (diagnostic, codes). Nothing here is printed."""
