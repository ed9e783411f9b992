"""Makes a complete environment in a new folder, and says how far it is."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from .connection import connect, make_movable
from .faults import normal_name, package_names
from .folder import NAME, Environment
from .progress import Progress
from .setup_error import SetupError

#: How often pip asks again for a file. Beside an old environment, nobody waits long for a new one.
_RETRIES, _RETRIES_BESIDE_OLD = 5, 2
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
#: Settings that may have been made for other projects, with which pip installs elsewhere, or nothing, or more, or does
#: not say what it does.
_FOR_OTHERS = {
    "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_DRY_RUN", "PIP_CONSTRAINT", "PIP_REQUIREMENT",
    "PIP_EDITABLE", "PIP_QUIET",
}  # fmt: skip
#: Those of pip's settings that keep packages from being found, as pip lists them. A value may have a password in it.
_NARROWING = re.compile(
    r"^([:\w-]+\.(?:no-index|index-url|constraint|requirement|editable|no-binary|only-binary|platform|abi))=",
    re.MULTILINE,
)
#: What pip prints for each package that it fetches, and for each that this system does not need.
_FETCHED = re.compile(r"(?:Collecting|Processing) .*?([^/ ]+?)(?:==|-\d|$| )")
_NOT_NEEDED = re.compile(r"Ignoring [\w.-]+: markers ")
#: What pip says when it can reach it, or is told not to, and the package is not there.
_NOT_FOUND = "Could not find a version"
#: What pip says when it cannot reach the registry, with the reason, if it gives one.
_NO_NETWORK = re.compile(
    r"(?:Retrying \(|Connection|connection|Max retries|timed out|resolution|ProxyError|SSLError).*?"
    r"(?:\[Errno -?\d+\] (?P<reason>[^'\")]+)|$)"
)


def install(new: Environment, project: Path, locks: Sequence[str], old: Environment | None, progress: Progress) -> None:
    """Make an environment with all packages that the files `locks` pin, which will be that of the project.

    `old` is an undamaged one, if there is one: with its pip, a missing network is noticed sooner. Raises SetupError if
    the environment cannot be made.
    """
    progress.step("creating it")
    _run(_python(), "-I", "-m", "venv", "--clear", "--without-pip", "--prompt", NAME, str(new.folder))
    for lock in locks:
        new.copy_of(lock).write_bytes((project / lock).read_bytes())
    copies = [new.copy_of(lock) for lock in locks]
    if old is None or not old.has_pip:
        _add_pip(new)
        _fetch_and_install(new, copies, (str(new.python), "-I", "-u", "-m", "pip"), _RETRIES, progress)
    else:
        pip = (str(old.python), "-I", "-u", "-m", "pip", "--python", str(new.python))
        _fetch_and_install(new, copies, pip, _RETRIES_BESIDE_OLD, progress)
        _add_pip(new)
    _refuse_none(new, copies)
    progress.step("compiling them")
    compiler = (str(new.python), "-I", "-m", "compileall", "-qq", "-j", "0")
    with suppress(SetupError):  # some packages have templates that look like modules
        _run(*compiler, str(new.folder / "lib"), str(project / "plugins"))
    make_movable(new)
    new.place.write_bytes(os.fsencode(new.folder) + b"\n")
    connect(new, project)
    packages = new.site_packages
    assert packages is not None, "pip has installed into it"
    new.packages.write_text("".join(f"{name}\n" for name in sorted(package_names(packages))), encoding="utf-8")


def _refuse_none(new: Environment, copies: Sequence[Path]) -> None:
    """Raise SetupError if none of the packages is where it should be: a file of pip's settings may say where else."""
    wanted = {normal_name(name) for copy in copies for name in _PINNED.findall(copy.read_text(encoding="utf-8"))}
    if wanted and (new.site_packages is None or wanted.isdisjoint(package_names(new.site_packages))):
        raise SetupError(
            "pip has put the packages elsewhere. Remove what says where from its settings: pip config list"
        )


def refuse_unfit(project: Path) -> None:
    """Raise SetupError if this Python cannot make an environment, or if none can be made in this folder."""
    if os.pathsep in str(project):
        raise SetupError(f'Python allows none in a folder with "{os.pathsep}" in its name. Rename {project}')
    if find_spec("ensurepip") is None:
        raise SetupError(
            f"{sys.executable} has no ensurepip. On Debian and Ubuntu, install it with: apt-get install python3-venv"
        )


def _python() -> str:
    """Return this Python by the name that has its version, if there is one.

    After an upgrade of Python, that name is gone, while the others start a Python that has none of the packages.
    """
    versioned = Path(sys.executable).with_name(f"python{sys.version_info.major}.{sys.version_info.minor}")
    return str(versioned if versioned.exists() else sys.executable)


def _add_pip(new: Environment) -> None:
    _run(str(new.python), "-I", "-m", "ensurepip", TMPDIR=str(new.folder))


def _fetch_and_install(
    new: Environment, copies: Sequence[Path], pip: Sequence[str], retries: int, progress: Progress
) -> None:
    total = len({name for copy in copies for name in _PINNED.findall(copy.read_text(encoding="utf-8"))})
    options = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-compile", "--no-user")
    files = [word for copy in copies for word in ("-r", str(copy))]
    command = (*pip, "install", "--require-hashes", "--retries", str(retries), *options, *files)
    progress.step(f"fetching {total} package{'' if total == 1 else 's'}")
    try:
        _follow(_lines_of(*command, TMPDIR=str(new.folder)), total, progress)
    except SetupError as error:
        raise SetupError(f"{error}{_settings_of(pip) if _NOT_FOUND in str(error) else ''}") from None


def _follow(lines: Iterable[str], total: int, progress: Progress) -> None:
    """Tell what pip does, by what it prints."""
    fetched = 0
    for line in lines:
        if found := _FETCHED.match(line.strip()):
            fetched += 1
            progress.count(fetched, total, found[1])
        elif _NOT_NEEDED.match(line.strip()):
            total -= 1
        elif line.startswith("Installing collected packages"):
            progress.step("installing them")


def _settings_of(pip: Sequence[str]) -> str:
    """Return a sentence about the user's settings of pip that may be why it failed; nothing if there are none."""
    with suppress(SetupError):
        names = _NARROWING.findall("".join(_lines_of(*pip, "config", "list")))
        if names:
            return f". Your settings of pip say where it looks (pip config list): {', '.join(names)}"
    return ""


def _run(*command: str, **environment: str) -> None:
    for _ in _lines_of(*command, **environment):
        pass


def _lines_of(*command: str, **environment: str) -> Iterator[str]:
    """Run a program and return its output line by line. Raises SetupError if it fails."""
    # It inherits the lock: if this process is killed, the next make waits until the program has ended as well.
    program = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        close_fds=False,
        env={**{name: value for name, value in os.environ.items() if name not in _FOR_OTHERS}, **environment},
    )
    assert program.stdout is not None
    said: list[str] = []
    try:
        for line in program.stdout:
            said.append(line)
            yield line
        program.wait()
    finally:
        program.kill()
        program.wait()
    if program.returncode:
        if os.environ.get("DEBUG"):
            sys.stderr.writelines(said)
        raise SetupError(_reason(said))


def _reason(said: Sequence[str]) -> str:
    """Return in one line why a program failed."""
    network = [found for line in said if (found := _NO_NETWORK.search(line))]
    if network:
        reasons = [found["reason"] for found in network if found["reason"]]
        why = f" ({reasons[0].strip()})" if reasons else ""
        return f"the packages cannot be fetched{why}. Connect to the network and try again"
    if said and said[0].startswith("Configuration file could not be loaded"):
        return f"pip cannot read its settings: {' '.join(' '.join(said[1:]).split())}"
    errors = [line.removeprefix("ERROR: ") for line in said if line.startswith(("ERROR: ", "Error: "))]
    return (errors or list(said) or ["no reason is given"])[0].strip()
