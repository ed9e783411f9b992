"""A whole page to a Report. `check` is the way in, and shows the order of work. Nothing here is printed."""
