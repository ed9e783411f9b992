"""The characters that XML may contain: no program reads a feed or a drawing with any other."""

import re

#: XML 1.0, 2.2.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    """Return a text without the characters that an XML document may not contain; raises nothing."""
    return _NOT_XML.sub("", text)
