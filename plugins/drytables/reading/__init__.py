"""From raw text to command lines. Nothing here knows an option of iptables, or judges anything.

`markdown` finds the code in a page, `shell` the commands in a piece of code, `saved` the rules in what iptables-save
prints.
"""
