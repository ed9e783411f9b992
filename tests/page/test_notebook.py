"""page/notebook.py: a fault is told with its cell and line, and its repair leaves the file JSON."""

import json

from drytables.commands.fix import repair
from drytables.configuration.settings import Settings
from drytables.diagnostics.source import Source
from drytables.page.check import check

CELLS = [
    {"cell_type": "markdown", "metadata": {}, "source": ["# A firewall\n"]},
    {"cell_type": "code", "metadata": {}, "source": ["x = 1\n", '!iptables -m comment --comment "é" -A INPUT –j DROP']},
]


def test_a_fault_is_told_with_its_cell() -> None:
    source = Source("a.ipynb", json.dumps({"cells": CELLS}, indent=1, ensure_ascii=False))
    (found,) = check(source, dialect="notebook").all_diagnostics()

    assert found.notes[0] == "this is line 2 of cell 2"
    assert source.slice(found.span).startswith("–")


def test_a_repair_leaves_it_json() -> None:
    source = Source("a.ipynb", json.dumps({"cells": CELLS}, indent=1))
    text, mended, left = repair(source, Settings(markdown="notebook"))

    assert (len(mended), left) == (1, 0)
    assert json.loads(text)["cells"][1]["source"][1] == '!iptables -m comment --comment "é" -A INPUT -j DROP'


def test_a_notebook_that_is_not_json_is_told_where_it_breaks() -> None:
    text = "<<<<<<< HEAD\n" + json.dumps({"cells": CELLS})
    (found,) = check(Source("a.ipynb", text), dialect="notebook").all_diagnostics()
    assert (found.code, found.severity, found.span.start) == ("not-json", "error", 0)

    (cut,) = check(Source("a.ipynb", json.dumps({"cells": CELLS})[:-1]), dialect="notebook").all_diagnostics()
    assert cut.code == "not-json"


def test_what_says_nothing_of_iptables_may_be_anything() -> None:
    for text in ("", "{", "no notebook", json.dumps({"cells": CELLS[:1]})):
        assert not check(Source("a.ipynb", text), dialect="notebook").all_diagnostics()
