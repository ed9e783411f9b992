"""The process that has the port, the open tabs and the terminal. Pelican and plugins are never imported here."""
