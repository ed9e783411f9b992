"""EDITORS.md: what is to be pasted into settings can be read, and starts the language server.

Neovim's is run in tests/commands/language_server/test_in_neovim.py. That of Emacs was tried by hand in Emacs 28 with
Eglot 1.9; no test downloads an editor of that size.
"""

import json
import re
import tomllib

import pytest
from conftest import PROJECT

TEXT = (PROJECT / "EDITORS.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def words_of(language: str, code: str) -> object:
    """The program and its arguments, as some settings name them."""
    if language == "toml":
        server = tomllib.loads(code)["language-server"]["drytables"]
        return [server["command"], *server["args"]]
    settings = json.loads(code)
    if "servers" in settings:
        return settings["servers"]["markdown"]["command"]
    return [settings["glspc.server.command"], *settings["glspc.server.commandArguments"]]


@pytest.mark.parametrize(("language", "code"), [each for each in BLOCKS if each[0] in ("json", "toml")])
def test_settings_start_the_server(language: str, code: str) -> None:
    assert words_of(language, code) == ["drytables", "lsp"]


def test_programs_start_the_server() -> None:
    """In Lua and Emacs Lisp, with the brackets that they open closed."""
    programs = [code for language, code in BLOCKS if language in ("lua", "elisp")]

    assert len(programs) == 3
    for code in programs:
        assert re.search(r'"drytables",? "lsp"', code)
        assert [code.count(each) for each in "({"] == [code.count(each) for each in ")}"]
