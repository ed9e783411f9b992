"""The codes of diagnostics, each a constant: what it means, why it matters, and texts with and without the fault.

To add one, add a constant to the file that it belongs to. The texts are run as tests: the bad one must be refused with
exactly this code, and the good one must not.
"""
