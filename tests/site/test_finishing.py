"""What plugins do when all pages are written is done in one order, whatever the order of PLUGINS."""

import finishing
import pytest
from conftest import Site

#: A plugin of a site, which tells of a step and of what it finds.
_PLUGIN = """
from pathlib import Path
from finishing import finish_with
from pelican import signals

def step(pelican, generators):
    there = sorted(file.name for file in Path(pelican.output_path).glob("*.step"))
    Path(pelican.output_path, "{name}.step").write_text(f"{{there}} {{len(generators) > 1}}")

def late(pelican):
    Path(pelican.output_path, "late.step").touch()

def register():
    signals.initialized.connect(begin)
    signals.finalized.connect(late)

def begin(pelican):
    finish_with("{name}", step, pelican)
"""


def test_steps_are_taken_in_their_order_after_all_files_are_written(site: Site) -> None:
    names = [name for name in finishing.ORDER if name != "proofreader"]
    for name in names:
        (site.folder / "plugins" / f"own_{name}.py").write_text(_PLUGIN.format(name=name), encoding="utf-8")
    ours = [f"own_{name}" for name in reversed(names)]
    site.settings(f"PLUGINS = {ours} + [each for each in PLUGINS if each not in {names}]")
    site.post("one")

    output = site.built()

    found = {file.stem: file.read_text(encoding="utf-8") for file in output.glob("*.step")}
    before = {name: sorted(["late.step", *(f"{each}.step" for each in names[:at])]) for at, name in enumerate(names)}
    assert found == {"late": ""} | {name: f"{there} True" for name, there in before.items()}


def test_a_step_that_has_no_place_in_the_order_is_refused() -> None:
    class Anything:
        pass

    with pytest.raises(ValueError, match="not in tuple"):
        finishing.finish_with("nobody_knows", lambda *_: None, Anything())
