"""The operating system's own lock of a file, which ends with the process that holds it, however that ends."""

import sys

if sys.platform == "win32":
    import msvcrt

    def is_taken(lock: int) -> bool:
        """Take the lock of an open file, and return whether it could be had: another process may have it."""
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def is_taken(lock: int) -> bool:
        """Take the lock of an open file, and return whether it could be had: another process may have it."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
