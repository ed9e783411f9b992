"""What is wrong with a site, one kind a file. Nothing is printed here."""
