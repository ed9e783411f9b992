"""drytables as a Pelican plugin: `signals` is the entry point."""
