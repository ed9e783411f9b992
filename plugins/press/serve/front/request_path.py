"""Makes an address of the site from what a browser asks for."""

from urllib.parse import unquote_to_bytes

#: In bytes; no file system takes a name, nor Pelican a path, that is nearly as long.
LONGEST = 2000


def address_of(raw_path: bytes) -> str | None:
    """Return the decoded path below the site's root, such as "/2012/03/x/". None if there can be nothing: it is too
    long, is not UTF-8, leads upwards, or has characters that are in no file's name.
    """
    if len(raw_path) > LONGEST:
        return None
    try:
        path = unquote_to_bytes(raw_path).decode("utf-8")
    except UnicodeDecodeError:
        return None
    inner = path.removeprefix("/").removesuffix("/").split("/")
    is_sound = path.startswith("/") and (path == "/" or not {"", ".", ".."}.intersection(inner))
    return path if is_sound and not any(letter < " " or letter in "\x7f\\" for letter in path) else None
