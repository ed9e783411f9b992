"""From a Jupyter notebook to its code: `cells` is the way in.

A notebook is JSON, in which each line of a cell is a string. Every character of a cell knows its place in the file, so
that a fault is shown there, and a repair leaves the file JSON.
"""
