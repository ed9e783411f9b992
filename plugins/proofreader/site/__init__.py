"""What the site will have when it is written, known before anything is."""
