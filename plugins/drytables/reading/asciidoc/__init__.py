"""From a page in AsciiDoc to its code: `blocks` is the way in.

No reader of AsciiDoc in Python is kept and knows where its blocks stand; Asciidoctor is a program in Ruby.
"""
