"""Many command lines of one shape, judged once: `shapes` recognizes them, `meaning.slots` finds which of the values
matter.

How it works, and why it is safe: the second line of a shape is judged with probes in place of its values
(`Setting.known` in grammar/rule.py). A check that asks a probe for its value is noticed, and that value is then part of
the shape. A value that no check asked for cannot have changed the verdict.
"""
