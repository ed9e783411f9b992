"""The codes of diagnostics, each a constant: what it means, why it matters, and a text with the fault and one without.

To add one, add a constant to the file that it belongs to. The texts are run as tests, so the bad one must be refused
with just this code, and the good one must not.
"""
