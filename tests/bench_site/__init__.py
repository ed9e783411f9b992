"""Sites of many posts, built and served by us and beside us by others: `make bench-site`."""
