"""Who may read a site: everybody, wherever its files are copied to."""

import os
import stat
from pathlib import Path

_FOLDER = stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH
_FILE = stat.S_IRGRP | stat.S_IROTH


def let_everybody_read(folder: Path) -> None:
    """Let everybody read what is in a folder, as a web server must, even if its author's files are private by default
    (umask 077).
    """
    _allow(folder, folder.stat().st_mode, _FOLDER)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                let_everybody_read(Path(entry.path))
            elif not entry.is_symlink():
                _allow(Path(entry.path), entry.stat().st_mode, _FILE)


def _allow(path: Path, mode: int, wanted: int) -> None:
    if mode & wanted != wanted:
        path.chmod(stat.S_IMODE(mode) | wanted)
