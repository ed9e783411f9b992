"""How each kind of published file names addresses: tables of what holds one, and the readers that use them. The tags of
HTML are read here as well.
"""
