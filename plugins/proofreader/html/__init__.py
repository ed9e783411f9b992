"""HTML as a browser takes it apart, as far as links and ids need it."""
