"""Other sites take it up as they would: installed by pip, in a stock Pelican site, by pre-commit, in a workflow."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT, need
from drytables.commands.files import PAGES
from identify.identify import tags_from_filename
from packaging.requirements import Requirement

pytestmark = pytest.mark.starts_programs

GOOD = "```sh\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n"
BAD = "```sh\niptables -A INPUT -p tcp --dport 99999 -j ACCEPT\n```\n"
_NOT_COPIED = shutil.ignore_patterns(
    *(".venv", ".git", "node_modules", "output", "output.new*", "output.old*", "build", "__pycache__", "*.egg-info"),
    *(".*_cache", ".hypothesis"),
)


def run(*command: str | Path, folder: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command, without what the tests' own environment brings along."""
    # Python shall compile what is run, and pip not all the rest: most of what is installed is never loaded.
    ours = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    clean = {name: value for name, value in os.environ.items() if name not in ours} | {"PIP_NO_COMPILE": "1"}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=clean | environment,
        timeout=300,
    )


def installed(answer: subprocess.CompletedProcess[str]) -> None:
    """Skip where the registry of packages cannot be reached; any other failure is one."""
    offline = re.search(
        r"Could not find a version|ConnectionError|NewConnectionError|No matching distribution", answer.stderr
    )
    need(None if answer.returncode and offline else True, "a registry of Python packages", "connect to the network")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as somebody else gets it."""
    copy = tmp_path_factory.mktemp("project") / "drytables"
    shutil.copytree(PROJECT, copy, ignore=_NOT_COPIED)
    return copy


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that pip makes of it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ".")
    made = run(sys.executable, "-m", "pip", *build, folder=project)
    assert made.returncode == 0, made.stderr
    (file,) = folder.glob("drytables-*.whl")
    return file


def environment(folder: Path) -> Path:
    """Make an environment with a pip, and return the folder of its programs."""
    venv.create(folder, symlinks=True)
    programs = folder / "bin"
    pip = programs / "pip"  # ours, working there: to give it one of its own takes as long as the rest
    pip.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pip --python "{programs}/python" "$@"\n')
    pip.chmod(0o755)
    return programs


@pytest.fixture(scope="module")
def programs(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a fresh environment, into which it was installed with what its plugin needs."""
    programs = environment(tmp_path_factory.mktemp("environment"))
    installed(run(programs / "pip", "install", "--quiet", ".[pelican]", folder=project))
    return programs


@pytest.fixture(scope="module")
def stock(project: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, but what it says that it needs is taken from where the tests have it: to fetch that takes longer."""
    programs = environment(tmp_path_factory.mktemp("stock"))
    (packages,) = programs.parent.glob("lib/python*/site-packages")
    declared = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    ours = Path(sysconfig.get_path("purelib"))
    for name in files_of([*declared["dependencies"], *declared["optional-dependencies"]["pelican"]]):
        (packages / name).symlink_to(ours / name)
    installed(run(programs / "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, folder=project))
    for name, module in (("pelican", "pelican"), ("pelican-quickstart", "pelican.tools.pelican_quickstart")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{programs}/python" -m {module} "$@"\n')
        (programs / name).chmod(0o755)
    return programs


def files_of(requirements: list[str]) -> set[str]:
    """The files and folders of packages and of all that they need, as they are called where packages are."""
    found, wanted, known = set[str](), [*map(Requirement, requirements)], set[str]()
    for each in wanted:
        if each.name not in known and (each.marker is None or each.marker.evaluate({"extra": ""})):
            known.add(each.name)
            package = distribution(each.name)
            found |= {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}
            wanted += map(Requirement, package.requires or ())
    return found


def test_the_wheel_holds_all_that_it_reads(project: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info" not in name}

    package = project / "plugins"
    whole = [path for path in (package / "drytables").rglob("*") if path.is_file() and path.name != "README.md"]
    files = {path.relative_to(package).as_posix() for path in whole}
    assert held == files
    data = {
        "py.typed",
        "grammar/history/history.json",
        "grammar/history/distributions.json",
        "formats/html/snippets.css",
    }
    assert {f"drytables/{name}" for name in data} <= held


def test_the_command_works_wherever_it_is_installed(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(BAD)

    checked = run(programs / "drytables", "check", "post.md", folder=tmp_path)
    explained = run(programs / "drytables", "explain", "iptables -A INPUT -j ACCEPT", folder=tmp_path)
    ruled = run(programs / "drytables", "rules", folder=tmp_path, stdin="iptables -A INPUT -j ACCEPT\n")

    assert (checked.returncode, explained.returncode, ruled.returncode) == (1, 0, 0)
    assert "post.md:2:34" in checked.stdout


# A stock Pelican site


@pytest.fixture
def quickstart(stock: Path, tmp_path: Path) -> Path:
    """A site as pelican-quickstart makes it, with the plugin."""
    answers = [".", "A site", "An author", "en", "n", "n", "Europe/Madrid", "n", "n"]
    made = run(stock / "pelican-quickstart", folder=tmp_path, stdin="\n".join(answers) + "\n")
    assert (tmp_path / "pelicanconf.py").exists(), made.stdout + made.stderr
    with (tmp_path / "pelicanconf.py").open("a") as settings:
        settings.write('PLUGINS = ["drytables"]\n')
    return tmp_path


def build(site: Path, programs: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build it with the command that Pelican's documentation gives."""
    return run(programs / "pelican", "content", "-s", "pelicanconf.py", *options, folder=site)


def post(site: Path, name: str, text: str) -> None:
    """Write a post."""
    (site / "content" / f"{name}.md").write_text(f"Title: {name}\nDate: 2026-01-01\n\nWords.\n\n{text}")


@pytest.mark.parametrize(
    ("environment", "theme"), [("stock", "notmyidea"), ("stock", "simple"), ("programs", "notmyidea")]
)
def test_a_stock_site_is_built_with_what_was_found_out(
    quickstart: Path, request: pytest.FixtureRequest, environment: str, theme: str
) -> None:
    post(quickstart, "good", GOOD)

    built = build(quickstart, request.getfixturevalue(environment), "-t", theme)

    assert built.returncode == 0, built.stderr
    assert "1 post, 0 pages; 1 iptables command checked, 0 refused" in built.stdout
    shown = (quickstart / "output" / "good.html").read_text()
    assert 'class="snippet snippet-accepted' in shown
    assert "drytables-" not in re.sub(r'(class|id|href)="[^"]*"', "", shown)


def test_a_stock_site_shows_the_figures_as_here(quickstart: Path, stock: Path) -> None:
    """With the lines of CHECKING.md: two for the settings, and a link in the head of the theme's pages."""
    page = (PROJECT / "CHECKING.md").read_text(encoding="utf-8")
    setting = re.search(r"`(THEME_STATIC_PATHS = .*?)`", page)
    link = re.search(r"`(<link rel=.*?snippets\.css.*?)`", page)
    assert setting and link
    post(quickstart, "good", GOOD)
    with (quickstart / "pelicanconf.py").open("a") as settings:
        settings.write(f'import drytables\n{setting[1]}\nTHEME_TEMPLATES_OVERRIDES = ["templates"]\n')
    (quickstart / "templates").mkdir()
    head = "{% block head %}{{ super() }}" + link[1] + "{% endblock %}"
    (quickstart / "templates" / "base.html").write_text('{% extends "!theme/base.html" %}' + head)

    built = build(quickstart, stock)

    assert built.returncode == 0, built.stderr
    assert 'href="/theme/snippets.css"' in (quickstart / "output" / "good.html").read_text()
    shipped = (PROJECT / "plugins" / "drytables" / "formats" / "html" / "snippets.css").read_text()
    assert (quickstart / "output" / "theme" / "snippets.css").read_text() == shipped
    assert (quickstart / "output" / "theme" / "css" / "main.css").exists()


def test_a_refused_command_fails_a_stock_build(quickstart: Path, stock: Path) -> None:
    post(quickstart, "bad", BAD)

    built = build(quickstart, stock)

    assert built.returncode == 1
    assert "error[bad-value]: `99999` is not a valid value for `--dport`" in built.stderr
    assert "Traceback" not in built.stderr
    assert not (quickstart / "output" / "bad.html").exists()


def test_a_stock_site_is_read_with_the_markdown_that_it_has(quickstart: Path, stock: Path) -> None:
    """Pelican's own settings have no superfences: a fence in a list is prose there."""
    post(quickstart, "list", "1.  Step\n\n    ```sh\n    iptables -L\n    ```\n")

    built = build(quickstart, stock)

    assert built.returncode == 1
    assert "unseen-fence" in built.stderr


def test_a_stock_build_judges_just_what_pelican_publishes(quickstart: Path, stock: Path) -> None:
    """Pelican's own settings publish a hidden file; an excluded folder and a folder of pages that is not there are
    left.
    """
    post(quickstart, ".hidden", GOOD)
    (quickstart / "content" / "attic").mkdir()
    post(quickstart, "attic/old", BAD)
    with (quickstart / "pelicanconf.py").open("a") as settings:
        settings.write('ARTICLE_EXCLUDES = ["attic"]\n')
    (quickstart / "content" / "said.rst").write_text("Said\n####\n\n:date: 2026-01-01\n\nOf iptables.\n")

    built = build(quickstart, stock)

    assert built.returncode == 0, built.stderr
    assert "2 posts, 0 pages; 1 iptables command checked, 0 refused" in built.stdout

    post(quickstart, ".hidden", BAD)
    (quickstart / "content" / ".#locked.md").symlink_to("nobody@host.1")
    built = build(quickstart, stock)
    assert built.returncode == 1
    assert "content/.hidden.md:7:34" in built.stderr
    assert "content/.#locked.md is a broken link" in built.stderr


# pre-commit


def test_pre_commit_names_each_kind_of_page_that_a_check_of_a_folder_finds() -> None:
    """And nothing else; it may not take any for something other than text."""
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    for hook in hooks:
        named = [name for name in ("page.txt", "Makefile", "a.rules.j2", *PAGES) if re.search(hook["files"], name)]
        assert named == [*PAGES]
        assert [each for each in PAGES if "binary" in tags_from_filename(f"page{each}")] == []
        assert hook["types"] == ["text"]


def git(*words: str, folder: Path) -> None:
    """Run git as nobody in particular."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = run("git", *who, *words, folder=folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("hook", "name", "text", "status", "says"),
    [
        ("drytables", "post.md", GOOD, 0, "Passed"),
        ("drytables", "post.md", BAD, 1, "post.md:2:34: error[bad-value]"),
        ("drytables", "rules.v4", "*filter\n-A INPUT -s 192.0.2.300\nCOMMIT\n", 1, "rules.v4:2:13: error[bad-value]"),
        ("drytables", "99-net.rules", 'SUBSYSTEM=="net", RUN+="/sbin/iptables -A INPUT -j X"\n', 0, "Passed"),
        ("drytables-fix", "post.md", GOOD.replace("INPUT", "INPTU"), 1, "files were modified by this hook"),
    ],
)
def test_pre_commit_runs_it(
    project: Path, tmp_path: Path, hook: str, name: str, text: str, status: int, says: str
) -> None:
    if not (project / ".git").exists():
        git("init", "-q", folder=project)
        git("add", ".", folder=project)
        git("commit", "-q", "-m", "All of it", folder=project)
        git("tag", "v1", folder=project)
    (tmp_path / name).write_text(text)
    hooks = {"repos": [{"repo": str(project), "rev": "v1", "hooks": [{"id": hook}]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(hooks))
    git("init", "-q", folder=tmp_path)
    git("add", ".", folder=tmp_path)

    ran = run(
        sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never",
        folder=tmp_path, PRE_COMMIT_HOME=str(project.parent / "pre-commit"),
    )  # fmt: skip

    offline = "Could not find a version" in ran.stdout
    need(None if offline else True, "a registry of Python packages", "connect to the network")
    assert ran.returncode == status, ran.stdout + ran.stderr
    assert says in ran.stdout


# A workflow


def test_the_workflows_steps_are_what_runs_here(project: Path, programs: Path) -> None:
    workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    jobs = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in workflow["jobs"].items()}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"

    assert shutil.which("pip", path=path) == str(programs / "pip")
    assert jobs["tests"] == ['sudo env "PATH=$PATH" sh .ci/run']
    for step in jobs["commands"]:
        done = run("sh", "-c", step, folder=project, PATH=path)
        assert done.returncode == 0, f"{step}: {done.stdout}{done.stderr}"
