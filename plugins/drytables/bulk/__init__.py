"""Many command lines of one shape, judged once: `shapes` finds them, `slots` knows which of a line's values matter.

How it works, and why it is safe: the second line of a shape is judged with probes in the place of its values
(`Setting.known` in grammar/rule.py). A check that asks a probe for its value gives itself away, and that value is then
part of the shape. Whatever nobody asked for cannot have changed the verdict.
"""
