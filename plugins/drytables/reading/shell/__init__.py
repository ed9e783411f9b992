"""The commands in a piece of shell text. `script` is the way in, and says in which order the others work; `line` reads
a single line without any of them.
"""
