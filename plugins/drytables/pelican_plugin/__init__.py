"""drytables as a Pelican plugin: `signals` is the way in."""
