"""The kinds of value that options take. `base` says what a kind must do, and holds the simple ones."""
