"""What a few extensions have in common."""
