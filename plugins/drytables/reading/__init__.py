"""From raw text to command lines. Nothing here knows any iptables option or judges anything.

`markdown` finds the code in a page, `shell` the commands in a piece of code, `saved` the rules in iptables-save output.
"""
