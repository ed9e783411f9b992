"""The files that hosts, search engines and researchers read, one notation in each module."""
