"""The kinds of value that options accept. `base` says what a kind must do, and contains the simple ones; `wording` has
what their forms for people are made of.
"""
