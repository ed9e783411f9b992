"""Where the sources of a site name addresses elsewhere."""
