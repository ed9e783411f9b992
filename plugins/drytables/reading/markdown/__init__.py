"""The code in a Markdown page: where each fence begins and ends, and what its header and marks say."""
