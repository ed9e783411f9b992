"""The whole server, in Neovim set up as EDITORS.md says: a fault is shown, explained and mended, and gone."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, need

from commands.run import COMMAND, ENVIRONMENT

#: What a person would do, in Neovim's own words. Each answer is a line of JSON.
SESSION = """
local function tell(what) io.stdout:write(vim.fn.json_encode(what) .. "\\n") end
local function wait(what, is_there)
  if not vim.wait(60000, is_there, 10) then error("waited in vain for " .. what) end
end
vim.ui.select = function(items, _, choose) choose(items[1], 1) end

vim.cmd("edit post.md")
vim.cmd("setfiletype markdown")
wait("a fault", function() return #vim.diagnostic.get(0) > 0 end)
local fault = vim.diagnostic.get(0)[1]
tell({ fault.code, fault.message })
vim.api.nvim_win_set_cursor(0, { fault.lnum + 1, fault.col })
tell(vim.api.nvim_get_current_line():sub(fault.col + 1, fault.end_col))

local place = vim.lsp.util.make_position_params()
for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/hover", place, 60000)) do
  tell(answer.result.contents.value)
end

vim.lsp.buf.code_action()
wait("the repair", function() return #vim.diagnostic.get(0) == 0 end)
tell(vim.api.nvim_get_current_line())

vim.api.nvim_buf_set_lines(0, 4, 4, true, { "iptables -A INPUT -j DORP" })
wait("the fault that was typed", function() return #vim.diagnostic.get(0) == 1 end)
tell(vim.diagnostic.get(0)[1].code)

local client = vim.lsp.get_active_clients()[1].id
vim.lsp.stop_client(client)
wait("the end of the server", function() return vim.lsp.client_is_stopped(client) end)
vim.cmd("qall!")
"""

PAGE = """\
# 防火墙 😀

```sh
echo "😀防"; iptables -t nat -A POSTROUTING -m statistic --mode nth --every 3 -j MASQUERADE
```
"""


def in_neovim(session: str, folder: Path, **pages: str) -> list[object]:
    """What a session tells, in Neovim set up as EDITORS.md says, in a folder with some pages."""
    editor = need(shutil.which("nvim"), "Neovim", "apt-get install neovim")
    setup = re.findall(r"^```lua\n(.*?)^```$", (PROJECT / "EDITORS.md").read_text(), re.DOTALL | re.MULTILINE)
    program = folder / "bin" / "drytables"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
    program.chmod(0o755)
    (folder / "init.lua").write_text(next(each for each in setup if "start_client" in each))
    (folder / "session.lua").write_text(session)
    for ending, page in pages.items():
        (folder / f"post.{ending}").write_text(page)
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), str(folder))
    path = f"{program.parent}{os.pathsep}{ENVIRONMENT['PATH']}"

    run = subprocess.run(
        [editor, "--headless", "-u", "init.lua", "-c", "luafile session.lua", "-c", "cquit"],
        cwd=folder,
        env=ENVIRONMENT | homes | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )

    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.starts_programs
def test_a_fault_is_shown_explained_and_mended(tmp_path: Path) -> None:
    (code, message), place, hovered, mended, typed = in_neovim(SESSION, tmp_path, md=PAGE)  # type: ignore[misc]
    assert (code, place) == ("also-requires", "--every 3")
    assert message.startswith("`--every` also requires `--packet`\n")
    assert "`--every 3`: match one packet in every 3" in hovered
    assert "\n- `-j MASQUERADE`: " in hovered
    assert mended == PAGE.splitlines()[3].replace("--every 3", "--every 3 --packet 0")
    assert typed == "unknown-target"


#: The first fault in a page of another format, shown by what the filetype of its file starts.
SHORT_SESSION = """
for _, name in ipairs({ "post.rst", "post.adoc" }) do
  vim.cmd("edit " .. name)
  vim.cmd("setfiletype " .. (name == "post.rst" and "rst" or "asciidoc"))
  if not vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 10) then error("no fault in " .. name) end
  local fault = vim.diagnostic.get(0)[1]
  io.stdout:write(vim.fn.json_encode({ fault.code, fault.lnum + 1 }) .. "\\n")
end
vim.cmd("qall!")
"""


@pytest.mark.starts_programs
def test_other_formats_are_checked_as_well(tmp_path: Path) -> None:
    bad = "iptables -A INPUT -s 192.0.2.300 -j DROP"
    pages = {"rst": f".. code-block:: sh\n\n   {bad}\n", "adoc": f"[source,sh]\n----\n{bad}\n----\n"}

    assert in_neovim(SHORT_SESSION, tmp_path, **pages) == [["bad-value", 3], ["bad-value", 3]]
