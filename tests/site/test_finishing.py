"""What plugins do when all pages are written is done in one order, whatever the order of PLUGINS."""

import subprocess
import sys
from pathlib import Path

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


#: A site that runs another one, below its own, as plugins do for each language; each tells of what it is given.
_WITHIN = """
from pathlib import Path
from finishing import finish_with
from pelican import Pelican, signals
from pelican.settings import read_settings

def step(pelican, generators):
    name = Path(pelican.output_path).name
    print("finished:", name, all(each.output_path == pelican.output_path for each in generators), bool(generators))

def begin(pelican):
    finish_with("web_host", step, pelican)

def run_another(pelican):
    if not pelican.output_path.endswith("es"):
        Pelican({**pelican.settings, "OUTPUT_PATH": pelican.output_path + "/es"}).run()

signals.initialized.connect(begin)
signals.get_writer.connect(run_another)
Pelican(read_settings(override={"PATH": ".", "OUTPUT_PATH": "output"})).run()
"""


@pytest.mark.starts_programs
def test_each_site_within_another_is_finished_with_its_own_generators(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _WITHIN], cwd=tmp_path, capture_output=True, text=True, check=True)

    said = [line for line in done.stdout.splitlines() if line.startswith("finished:")]
    assert said == ["finished: es True True", "finished: output True True"]


def test_a_step_that_has_no_place_in_the_order_is_refused() -> None:
    class Anything:
        pass

    with pytest.raises(ValueError, match="not in tuple"):
        finishing.finish_with("nobody_knows", lambda *_: None, Anything())
