"""An SVG as a PNG or an .ico file. It is redrawn only if it has changed: it is kept under the digest of the SVG."""

import functools
import hashlib
import struct
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import font_source_serif_pro
from press.atomic_write import write_atomically

# The package's own lists are empty if a folder above it has brackets in its name.
#: The fonts that every machine has that builds the site.
OWN_FONTS = [
    str(Path(font_source_serif_pro.font_directory, f"SourceSerifPro-{weight}.otf")) for weight in ("Bold", "Regular")
]
#: In bytes.
_PROOF, _LONGEST_KEY = 16, hashlib.blake2b.MAX_KEY_SIZE


@functools.cache
def drawn_with() -> str:
    """Return the versions of what an image depends on besides its SVG."""
    return f"{version('resvg-py')} {version('font-source-serif-pro')}"


@functools.cache
def digest(file: str) -> str:
    """Return what a file contains, in a few letters: a font is known by it, and not by its name."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16]


def png(svg: str, size: tuple[int, int], cache: Path, fonts: Sequence[str] = ()) -> bytes:
    """Return an SVG as a PNG of a size in pixels, from the cache if it was drawn before.

    `fonts` are files of fonts besides Source Serif. Those of the system are not looked at: which it has would show.
    """
    known = " ".join([drawn_with(), str(size), *map(digest, fonts)])
    kept = cache / (hashlib.sha256(f"{known}\n{svg}".encode()).hexdigest() + ".png")
    image = _kept_in(kept)
    if image is not None:
        return image
    import resvg_py

    image = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=size[0], height=size[1], font_files=[*OWN_FONTS, *fonts], skip_system_fonts=True
        )
    )
    with suppress(OSError):  # a cache that cannot be written is done without
        write_atomically(kept, image + _proof(kept, image))
    return image


def _kept_in(file: Path) -> bytes | None:
    """The image in a file of the cache, or None if there is none, or it is damaged."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    image, proof = content[:-_PROOF], content[-_PROOF:]
    return image if proof == _proof(file, image) else None


def _proof(file: Path, image: bytes) -> bytes:
    """What follows an image in the cache, where programs that show it look no more: a digest of it and of its name."""
    return hashlib.blake2b(image, key=file.name.encode()[:_LONGEST_KEY], digest_size=_PROOF).digest()


def ico(image: bytes, size: int) -> bytes:
    """Return a PNG wrapped in an .ico file, as browsers have read since 2009 (one entry, 32 bits per pixel)."""
    directory = struct.pack("<HHH", 0, 1, 1)
    return directory + struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), len(directory) + 16) + image
