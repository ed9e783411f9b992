"""What can be said about a source text: where (source), what (diagnostic, codes), and how it looks (render)."""
