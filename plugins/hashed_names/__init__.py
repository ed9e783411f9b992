"""Files that pages load, under names that change with their content: a Pelican plugin.

A browser may then keep them for a year and need not ask again.
"""

#: The folder below the root of the site that has them, and nothing else: whatever is in it may be kept for ever.
FOLDER = "immutable"
