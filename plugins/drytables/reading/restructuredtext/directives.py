"""What directives do with the block below them: docutils' own, those of Sphinx and of its common extensions."""

from __future__ import annotations

#: Those whose block is code, in the language that their argument names.
CODE = frozenset({"code", "code-block", "sourcecode", "prompt", "ipython", "code-cell", "code-tab", "tabs-code"})
#: Those whose block is text in which markup is read, but line for line, as code is shown.
PARSED = frozenset({"parsed-literal"})
#: Those whose block is neither code of this page nor text.
OTHER = frozenset({
    "include", "literalinclude", "raw", "math", "graphviz", "digraph", "graph", "mermaid",
    "uml", "plantuml", "blockdiag", "seqdiag", "actdiag", "nwdiag", "rackdiag", "packetdiag", "csv-table", "toctree",
    "autosummary", "index", "meta", "productionlist", "role", "default-role", "replace", "unicode", "date", "image",
    "testcode", "testoutput", "testsetup", "testcleanup", "program-output", "command-output", "highlight",
})  # fmt: skip
#: That which sets the language of all later code that names none.
HIGHLIGHT = "highlight"
